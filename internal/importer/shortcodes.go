package importer

import (
	"fmt"
	"path"
	"strings"

	"publish/internal/pattern"
)

// Hugo's tags in the texts.

// shortcode is a tag of Hugo's in a text.
var shortcode = pattern.New(`\{\{([<%])\s*(/?)\s*([\w./-]+)((?:\s[^{}]*?)?)\s*(/?)\s*[>%]\}\}`)

var shortcodeArgument = pattern.New("(?:([\\w-]+)\\s*=\\s*)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|([^\\s\"`]+))")

// arguments reads the arguments of a shortcode, by their names or places.
func arguments(text string) map[string]string {
	found := map[string]string{}
	place := 0
	for _, m := range shortcodeArgument.FindAllStringSubmatch(text, -1) {
		key := m[1]
		if key == "" {
			key = fmt.Sprint(place)
			place++
		}
		found[key] = strings.ReplaceAll(m[2]+m[3]+m[4], `\"`, `"`)
	}
	return found
}

// shortcodes writes out the tags whose meaning is plain. The others stay, and
// are told.
func (h *hugo) shortcodes(d *document) {
	hidden := blankCode(d.body)
	var b strings.Builder
	done := 0
	for _, at := range shortcode.FindAllStringSubmatchIndex(hidden, -1) {
		name, text := hidden[at[6]:at[7]], d.body[at[8]:at[9]]
		with, ok := "", false
		if at[4] == at[5] { // it opens
			with, ok = h.shortcodeText(d, strings.ToLower(strings.TrimSuffix(name, ".html")), arguments(text))
			ok = ok && (!strings.Contains(with, markOpen) || inDestination(d.body[:at[0]]))
		}
		if !ok {
			h.r.left("shortcode "+name, "the text, as written")
			h.r.note(d.from, "line %d: the shortcode %s stays as it is", d.first+strings.Count(d.body[:at[0]], "\n"), d.body[at[0]:at[1]])
			continue
		}
		h.r.went("shortcode "+name, "Markdown")
		b.WriteString(d.body[done:at[0]] + with)
		done = at[1]
	}
	d.body = b.String() + d.body[done:]
}

// shortcodeText is the Markdown of a shortcode.
func (h *hugo) shortcodeText(d *document, name string, a map[string]string) (string, bool) {
	switch name {
	case "track": // cState's stamp of an update
		return a["0"], a["0"] != ""
	case "ref", "relref":
		dest := a["0"] + a["path"]
		file, anchor, _ := strings.Cut(dest, "#")
		if anchor != "" {
			anchor = "#" + anchor
		}
		if other := h.named(d, file); other != nil {
			return linkTo(other.from) + anchor, true
		}
		return anchor, file == "" && anchor != ""
	case "figure":
		return figure(a), a["src"] != ""
	case "youtube":
		return autolink("https://www.youtube.com/watch?v=" + a["0"] + a["id"]), a["0"]+a["id"] != ""
	case "vimeo":
		return autolink("https://vimeo.com/" + a["0"] + a["id"]), a["0"]+a["id"] != ""
	case "gist":
		return autolink("https://gist.github.com/" + a["0"] + "/" + a["1"]), a["1"] != ""
	}
	return "", false
}

// inDestination says whether text ends where the destination of a link begins.
// In prose a path would tell readers nothing.
func inDestination(before string) bool {
	return before != "" && strings.ContainsAny(before[len(before)-1:], `("'<`) || strings.HasSuffix(strings.TrimRight(before, " \t"), "]:")
}

func autolink(address string) string { return "<" + address + ">" }

func figure(a map[string]string) string {
	alt := a["alt"]
	if alt == "" {
		alt = a["caption"]
	}
	text := "![" + strings.NewReplacer("[", `\[`, "]", `\]`, "\n", " ").Replace(alt) + "](" + strings.ReplaceAll(a["src"], " ", "%20")
	if caption := a["caption"] + a["title"]; caption != "" && caption != alt {
		text += ` "` + strings.ReplaceAll(caption, `"`, "'") + `"`
	}
	text += ")"
	if a["link"] != "" {
		return "[" + text + "](" + a["link"] + ")"
	}
	return text
}

// named finds the text that a ref names: from its own folder, from the top, or
// by a name that no other text has.
func (h *hugo) named(d *document, file string) *document {
	file = strings.TrimSuffix(file, "/")
	for _, dir := range []string{path.Dir(d.from), h.contentDir} {
		for _, end := range []string{"", ".md", "/index.md", "/_index.md"} {
			if other := h.texts[path.Join(dir, file)+end]; other != nil && file != "" {
				return other
			}
		}
	}
	var found *document
	for _, other := range h.docs {
		base := path.Base(other.from)
		if base == file || strings.TrimSuffix(base, path.Ext(base)) == file || path.Dir(other.from) == path.Join(h.contentDir, file) {
			if found != nil {
				return nil
			}
			found = other
		}
	}
	return found
}

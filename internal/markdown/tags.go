package markdown

import (
	"bytes"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// tag is a tag of another tool's template language, put aside by the rewriter.
type tag struct {
	written   string
	name      string
	arguments string
	at        int // in the original text
	meaning   meaning
	value     string // what stands for it, by its meaning
}

// meaning says what becomes of a tag.
type meaning uint8

const (
	unknown meaning = iota // kept as text, with a warning
	dropped                // left out, with a warning
	silent                 // left out
	asText                 // its value is text
	root                   // the site's root, in a destination
	address                // its value is a destination
)

// maxTag is the length above which something that looks like a tag is none.
const maxTag = 4096

// tagAt deals with a tag that may begin at i, and gives where to go on.
func (r *rewriter) tagAt(i int) int {
	for n, c := range r.closing {
		if c.from == i {
			r.closing = append(r.closing[:n], r.closing[n+1:]...)
			r.replace(c.from, c.to, c.with)
			return c.to
		}
	}
	if i < r.rawUntil {
		return r.commentInHighlight(i)
	}
	rest := r.original[i:min(len(r.original), i+maxTag)]
	switch {
	case bytes.HasPrefix(rest, []byte("<%")):
		if stop := bytes.Index(rest[2:], []byte("%>")); stop >= 0 {
			return r.putAside(i, i+stop+4, tag{name: "<%", meaning: dropped})
		}
	case bytes.HasPrefix(rest, []byte("{{<")), bytes.HasPrefix(rest, []byte("{{%")):
		if stop := bytes.Index(rest[3:], append([]byte{mirrored(rest[2])}, "}}"...)); stop >= 0 {
			return r.putAside(i, i+stop+6, shortcode(string(rest[3:stop+3]), string(rest[2:3])))
		}
	case !r.jekyll:
	case bytes.HasPrefix(rest, []byte("{{")):
		if stop := bytes.Index(rest, []byte("}}")); stop > 0 {
			return r.putAside(i, i+stop+2, liquidValue(string(rest[2:stop])))
		}
	case bytes.HasPrefix(rest, []byte("{%")):
		return r.liquidTag(i)
	case bytes.HasPrefix(rest, []byte("{::comment")):
		return r.spanComment(i)
	case bytes.HasPrefix(rest, []byte("{:")) && i > 0 && bytes.IndexByte([]byte(")*_`]>"), r.original[i-1]) >= 0:
		// An attribute list behind a link or an image: kramdown's, dropped.
		if stop := bytes.IndexAny(rest, "}\n"); stop > 0 && attributeSpan.Match(rest[:stop+1]) {
			return r.putAside(i, i+stop+1, tag{meaning: silent})
		}
	}
	return i
}

// commentInHighlight leaves out a comment in Jekyll's block of code.
func (r *rewriter) commentInHighlight(i int) int {
	if t, to, ok := r.liquidAt(i); ok && i < r.opaqueUntil && t.name == "comment" {
		if stop := r.endOfComment(to); stop >= 0 && stop <= r.rawUntil {
			return r.liquidComment(i, stop)
		}
	}
	return i
}

func mirrored(c byte) byte {
	if c == '<' {
		return '>'
	}
	return c
}

// shortcode reads the inside of Hugo's {{< name "argument" >}}.
func shortcode(inside, bracket string) tag {
	if comment, ok := strings.CutPrefix(inside, "/*"); ok { // Hugo's way to show one
		return tag{meaning: asText, value: "{{" + bracket + strings.TrimSuffix(comment, "*/") + string(mirrored(bracket[0])) + "}}"}
	}
	name, arguments, _ := strings.Cut(strings.TrimSpace(inside), " ")
	value := strings.Trim(strings.TrimSpace(arguments), "\"'`")
	t := tag{name: name, arguments: arguments, value: value}
	switch name {
	case "track": // cState stamps its updates with it
		t.meaning = asText
	case "ref", "relref":
		t.meaning = address
	}
	return t
}

var (
	siteRoot     = pattern.New(`^site\.(baseurl|url|github\.url|base_?path)$`)
	rootedPath   = pattern.New(`^["']([^"']*)["']\s*\|\s*(relative_url|absolute_url|prepend:\s*site\.(base)?url)(\s*\|\s*prepend:\s*site\.url)?$`)
	appendedPath = pattern.New(`^site\.(?:base)?url\s*\|\s*append:\s*["']([^"']*)["']$`)
)

// liquidValue reads the inside of {{ … }} in a Jekyll text.
func liquidValue(inside string) tag {
	inside = strings.TrimSpace(strings.Trim(inside, "-"))
	t := tag{name: inside}
	if siteRoot.MatchString(inside) {
		t.meaning = root
	} else if m := rootedPath.FindStringSubmatch(inside); m != nil {
		t.meaning, t.value = address, "/"+strings.TrimPrefix(m[1], "/")
	} else if m := appendedPath.FindStringSubmatch(inside); m != nil {
		t.meaning, t.value = address, "/"+strings.TrimPrefix(m[1], "/")
	}
	return t
}

// liquidAt reads a `{% … %}` tag at i and gives where it ends.
func (r *rewriter) liquidAt(i int) (tag, int, bool) {
	rest, ok := bytes.CutPrefix(r.original[i:min(len(r.original), i+maxTag)], []byte("{%"))
	stop := bytes.Index(rest, []byte("%}"))
	if !ok || stop < 0 {
		return tag{}, i, false
	}
	inside := strings.TrimSpace(strings.Trim(string(rest[:stop]), "-"))
	name, arguments, _ := strings.Cut(inside, " ")
	return tag{name: name, arguments: strings.TrimSpace(arguments)}, i + stop + 4, true
}

// find looks from i on for the `{% name %}` tag and gives its ends, or -1.
func (r *rewriter) find(i int, name string) (from, to int) {
	if from, known := r.absent[name]; known && i >= from {
		return -1, -1
	}
	for begin := i; ; {
		n := bytes.Index(r.original[i:], []byte("{%"))
		if n < 0 {
			r.noteAbsent(name, begin)
			return -1, -1
		}
		t, end, ok := r.liquidAt(i + n)
		if ok && t.name == name {
			return i + n, end
		}
		i += n + 2
		if ok && t.name == "comment" && name != "endraw" { // what it holds ends nothing
			i = max(i, r.endOfComment(end))
		}
	}
}

// liquidTag deals with a `{% … %}` tag of a Jekyll text.
func (r *rewriter) liquidTag(i int) int {
	t, to, ok := r.liquidAt(i)
	if !ok {
		return i
	}
	if containerTag(t.name) && !lineHasTextBefore(r.original, i) &&
		len(bytes.TrimSpace(r.original[to:max(to, lineEnd(r.original, to))])) == 0 {
		return i // a block of GitBook's, which has its own parser
	}
	switch t.name {
	case "raw":
		if stop, stopEnd := r.find(to, "endraw"); stop >= 0 {
			r.rawUntil = stop
			stop, stopEnd = r.alone(stop, stopEnd)
			r.closing = append(r.closing, closing{stop, stopEnd, ""})
			i, to = r.alone(i, to)
			r.replace(i, to, "")
			return to
		}
	case "comment":
		if stop := r.endOfComment(to); stop >= 0 {
			return r.liquidComment(i, stop)
		}
	case "post_url":
		t.meaning, t.value = address, "post_url:"+t.arguments
	case "link":
		t.meaning, t.value = address, "link:"+t.arguments
	}
	return r.putAside(i, to, t)
}

// alone widens a raw marker to its whole line if it has one of its own inside
// code, where an empty line would stay visible.
func (r *rewriter) alone(from, to int) (int, int) {
	end := lineEnd(r.original, to)
	if r.fence == 0 || lineHasTextBefore(r.original, from) || len(bytes.TrimSpace(r.original[to:end])) > 0 {
		return from, to
	}
	return from, min(end+1, len(r.original))
}

// inDestination puts tags into the destination of a link: Jekyll's ways to
// name the site's root give a path from the root.
func (w *writer) inDestination(dest string) string {
	rooted := false
	dest = w.src.eachTag(dest, func(t *tag) string {
		switch t.meaning {
		case root:
			rooted = true
			return ""
		case address, asText:
			return t.value
		case silent:
			return ""
		}
		w.tagWarning(t)
		return t.written
	})
	if rooted && !strings.HasPrefix(dest, "/") && schemeOf(dest) == "" && !strings.Contains(dest, "post_url:") {
		dest = "/" + dest
	}
	return dest
}

// inText says what a tag in running text becomes.
func (w *writer) inText(t *tag) string {
	switch t.meaning {
	case asText:
		return t.value
	case silent:
		return ""
	}
	w.tagWarning(t)
	if t.meaning == dropped {
		return ""
	}
	return t.written
}

func (w *writer) tagWarning(t *tag) {
	hint := "write out what it stands for; tags of other tools are not run"
	if t.meaning == dropped {
		w.report(diag.TagUnknown, w.src.originalPos(t.at), hint, "the template tag %q is left out", t.written)
		return
	}
	w.report(diag.TagUnknown, w.src.originalPos(t.at), hint, "the template tag %q is shown as text", t.written)
}

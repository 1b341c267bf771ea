package importer

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/tree"
)

// Hugo: content/ with front matter in YAML, TOML or JSON, static/ at the root
// of the site, shortcodes in the texts. https://gohugo.io/content-management/

// hugoFiles are where Hugo's settings stand, the first that is there.
var hugoFiles = []string{
	"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
	"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml", "config/_default/config.yaml", "config/_default/config.yml",
}

func hugoEvidence(s *source) string {
	for _, name := range hugoFiles {
		own := strings.Contains(name, "hugo.")
		if s.isFile(name) && (own || s.isDir("content")) {
			if own {
				return fmt.Sprintf("it has a file %q", name)
			}
			return fmt.Sprintf("it has a file %q beside a folder %q", name, "content")
		}
	}
	if s.isDir("content") && (s.isDir("archetypes") || s.isFile("theme.toml")) {
		return `it has a folder "content" beside "archetypes"`
	}
	return ""
}

func readHugo(_ context.Context, src *source, r *Result) error {
	h, err := newHugo(src, r)
	if err != nil {
		return err
	}
	if err := h.readTexts(); err != nil {
		return err
	}
	h.siteSettings()
	r.setting("feed", mapNode(entry("aliases", listNode("/index.xml"))), "index.xml, where Hugo keeps the feed")
	return h.finish(h.shortcodes)
}

// hugo is a Hugo site while it is read.
type hugo struct {
	move
	root       *tree.Node // settings; nil where there are none
	file       string
	written    []byte
	contentDir string
	cascades   []cascade
	docs       []*document // in the order of their paths
}

// cascade is front matter that an _index.md, or the settings, give to all
// texts below a folder.
type cascade struct {
	dir, from string
	entries   []tree.Entry
	of        *document // nil for the settings
}

func newHugo(src *source, r *Result) (*hugo, error) {
	root, file, written, err := src.settings(hugoFiles...)
	if err != nil {
		return nil, err
	}
	h := &hugo{root: root, file: file, written: written, contentDir: "content"}
	if dir := getText(root, "contentDir"); dir != "" {
		h.contentDir = path.Clean(dir)
	} else if !src.isDir("content") {
		h.contentDir = "."
	}
	h.move = move{
		src: src, r: r, texts: map[string]*document{}, byAddress: map[string]*document{}, address: map[*document]string{},
		roots: []string{"static", h.contentDir, "assets"},
	}
	h.assetTo = func(name string) string {
		for _, root := range h.roots {
			if below, ok := strings.CutPrefix(name, root+"/"); ok {
				return r.inContent(below)
			}
		}
		return r.inContent(name)
	}
	if base := getText(root, "baseURL"); base != "" {
		h.hosts = append(h.hosts, hostOf(base))
	}
	h.cascade(nil, "", h.file, get(root, "cascade"))
	return h, nil
}

// readTexts reads every text of the content folder.
func (h *hugo) readTexts() error {
	names, err := h.src.files()
	if err != nil {
		return err
	}
	for _, name := range names {
		below, ok := strings.CutPrefix(name, h.contentDir+"/")
		if h.contentDir == "." {
			below, ok = name, true
		}
		switch {
		case strings.HasPrefix(path.Base(name), "."):
		case name == h.file:
		case !ok && (strings.HasPrefix(name, "static/") || strings.HasPrefix(name, "assets/")):
			// taken along where a text shows it
		case !ok:
			h.passFolder(name)
		case isText(name):
			if err := h.readText(name, below); err != nil {
				return err
			}
		case strings.EqualFold(path.Ext(name), ".html"):
			h.r.pass(name, "HTML: only Markdown is read")
		case !runs(name):
			h.take(name) // lies beside a text, which may show it in many ways
		}
	}
	h.applyCascades()
	for _, d := range h.docs {
		h.claim(d, h.hugoAddress(d))
	}
	return nil
}

// passFolder says once of a folder that it was not taken.
func (h *hugo) passFolder(name string) {
	folder, _, deeper := strings.Cut(name, "/")
	if deeper {
		folder += "/"
	}
	note := Note{folder, "not content: themes, layouts and programs stay behind"}
	if !slices.Contains(h.r.Passed, note) {
		h.r.Passed = append(h.r.Passed, note)
	}
}

func (h *hugo) readText(name, below string) error {
	data, err := h.src.file(name)
	if err != nil {
		return err
	}
	d := readDocument(name, data, h.r)
	d.to = h.r.inContent(below)
	if strings.EqualFold(path.Base(below), "_index.md") {
		h.cascade(d, path.Dir(name), name, d.get("cascade"))
		d.to = h.r.inContent(path.Join(path.Dir(below), "index.md"))
	}
	h.texts[name] = d
	h.docs = append(h.docs, d)
	return nil
}

// cascade notes what is given to all below. A list is of targets, each with
// its own values.
func (h *hugo) cascade(of *document, dir, from string, n *tree.Node) {
	switch {
	case n == nil:
	case n.Kind == tree.Sequence:
		for _, item := range n.Items {
			h.cascade(of, dir, from, item)
		}
	case get(n, "_target") != nil || get(n, "target") != nil:
		h.r.note(from, "a `cascade` with a target is not followed: look whether it held something back")
	default:
		entries := n.Entries
		if params := get(n, "params"); params != nil {
			entries = append(slices.Clone(entries), params.Entries...)
		}
		h.cascades = append(h.cascades, cascade{dir, from, entries, of})
	}
}

func (h *hugo) applyCascades() {
	// The nearest folder counts first.
	slices.SortStableFunc(h.cascades, func(a, b cascade) int { return len(b.dir) - len(a.dir) })
	for _, d := range h.docs {
		for _, c := range h.cascades {
			if c.dir == "" || c.dir == "." || strings.HasPrefix(d.from, c.dir+"/") {
				d.fill(h.r, c.from+": cascade", c.entries)
			}
		}
	}
	for _, c := range h.cascades {
		if c.of != nil {
			c.of.cutCascade()
		}
	}
}

// cutCascade leaves in a cascade what was not given on, since it means nothing
// here. The rest would look as if it held the page of the folder back.
func (d *document) cutCascade() {
	n := d.get("cascade")
	if n == nil || n.Kind != tree.Mapping {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(n.Entries), func(e tree.Entry) bool {
		name, _ := meaning(e)
		return name != "" && name != "layout" || postmortem.HidesElsewhere(e)
	})
	if len(rest) == 0 {
		d.remove(d.keyOf("cascade"))
		return
	}
	d.put(d.keyOf("cascade"), mapNode(rest...))
}

// fill gives a document the values that its tool would give it from elsewhere,
// as far as they mean something here.
func (d *document) fill(r *Result, from string, entries []tree.Entry) {
	for _, e := range entries {
		name, _ := meaning(e)
		hides := postmortem.HidesElsewhere(e)
		if name == "" && !hides || name == "layout" || d.get(e.Key.Value) != nil {
			continue
		}
		d.put(e.Key.Value, e.Value)
		if name != "" {
			r.went(from+"."+e.Key.Value, name)
		}
	}
}

// claim notes the address that a text had.
func (m *move) claim(d *document, address string) {
	m.address[d] = address
	if address != "" && m.byAddress[addressKey(address)] == nil {
		m.byAddress[addressKey(address)] = d
	}
}

// finish makes files of the documents. Convert rewrites what is no Markdown.
func (m *move) finish(convert func(*document)) error {
	byPath := make([]string, 0, len(m.texts))
	for name := range m.texts {
		byPath = append(byPath, name)
	}
	slices.Sort(byPath)
	for _, name := range byPath {
		d := m.texts[name]
		convert(d)
		d.body = m.relink(d)
		m.sayLost(d)
		m.matterFiles(d)
		d.holdBack(m.r)
		m.keepAddress(d)
		d.settle(m.r)
		m.r.add(File{Path: d.to, Data: d.bytes(), Kind: Text, From: d.from})
	}
	return nil
}

// keepAddress keeps the old address of a text. One with capitals stays the
// text's own: an alias that differs from it in case alone could not stand
// beside it on every disk.
func (m *move) keepAddress(d *document) {
	address := m.address[d]
	switch {
	case address == "" || d.raw != nil || !m.needsAlias(d, address):
	case address != strings.ToLower(address):
		d.put("permalink", textNode(address))
		m.r.went("address of the page (it has capitals)", "permalink")
	case d.addAlias(address):
		m.r.went("address of the page", "aliases")
	}
}

// needsAlias says whether an old address has to be kept: a permalink of the
// text's own keeps it already.
func (m *move) needsAlias(d *document, address string) bool {
	if isIndexName(d.to) && addressKey(address) == addressKey("/"+strings.TrimPrefix(path.Dir(d.to), m.r.content)) {
		return false // the page of a folder has the folder's address here too
	}
	for _, key := range []string{"permalink", "url", "path"} {
		if own := d.text(key); own != "" && addressKey(own) == addressKey(address) {
			return false
		}
	}
	return true
}

// holdBack makes a draft of a text that its tool did not show for a reason
// that does not count here.
func (d *document) holdBack(r *Result) {
	for _, e := range d.entries {
		if postmortem.HidesElsewhere(e.Entry) {
			r.note(d.from, "`%s` kept it from being seen; here it is a draft", e.Key.Value)
			r.went(e.Key.Value+" (hides the page)", "draft: true")
			d.put("draft", plainNode("true"))
			return
		}
	}
}

// matterFiles takes along the images that front matter names.
func (m *move) matterFiles(d *document) {
	var visit func(n *tree.Node)
	visit = func(n *tree.Node) {
		if n == nil {
			return
		}
		if n.Kind == tree.Scalar && isImage(n.Value) && !hasScheme(n.Value) {
			for _, candidate := range m.candidates(d, unescaped(n.Value)) {
				if m.src.isFile(candidate) {
					m.take(candidate)
					return
				}
			}
		}
		for _, item := range n.Items {
			visit(item)
		}
		for _, e := range n.Entries {
			visit(e.Value)
		}
	}
	for _, e := range d.entries {
		visit(e.Value)
	}
}

func isImage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp":
		return true
	}
	return false
}

// siteSettings takes over what the settings say of the site, and keeps the
// file as it is.
func (h *hugo) siteSettings() {
	if h.root == nil {
		return
	}
	r := h.r
	title := func(key string, from ...string) {
		if v := getText(h.root, from...); v != "" {
			r.setting(key, textNode(v), h.file+": "+strings.Join(from, "."))
		}
	}
	title("title", "title")
	title("description", "params", "description")
	if base := getText(h.root, "baseURL"); isSiteAddress(base) {
		r.setting("base_url", textNode(base), h.file+": baseURL")
	}
	if lang := getText(h.root, "languageCode"); languageTag.MatchString(lang) {
		r.setting("language", textNode(strings.ReplaceAll(lang, "_", "-")), h.file+": languageCode")
	} else if lang := getText(h.root, "defaultContentLanguage"); languageTag.MatchString(lang) {
		r.setting("language", textNode(lang), h.file+": defaultContentLanguage")
	}
	title("timezone", "timeZone")
	taken := []string{"title", "baseurl", "languagecode", "timezone", "contentdir", "permalinks", "cascade"}
	for _, e := range h.root.Entries {
		if !slices.Contains(taken, strings.ToLower(e.Key.Value)) {
			r.left(h.file+": "+e.Key.Value, "leftovers/"+path.Base(h.file))
		}
	}
	r.leftover(path.Base(h.file), h.written, h.file)
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`)

// isSiteAddress says whether an address is one that people use.
func isSiteAddress(address string) bool {
	host := hostOf(address)
	return strings.HasPrefix(address, "http") && host != "" && host != "localhost" && host != "example.com" &&
		!strings.HasSuffix(host, ".example.com") && !strings.HasPrefix(host, "127.") && strings.Contains(host, ".")
}

// shortcode is a tag of Hugo's in a text.
var shortcode = regexp.MustCompile(`\{\{([<%])\s*(/?)\s*([\w./-]+)((?:\s[^{}]*?)?)\s*(/?)\s*[>%]\}\}`)

var shortcodeArgument = regexp.MustCompile("(?:([\\w-]+)\\s*=\\s*)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|([^\\s\"`]+))")

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

// hugoAddress is the address that Hugo gave a page.
func (h *hugo) hugoAddress(d *document) string {
	below := strings.TrimPrefix(d.from, h.contentDir+"/")
	dir, base := path.Split(below)
	dir = strings.Trim(dir, "/")
	stem := strings.TrimSuffix(base, path.Ext(base))
	section, _, _ := strings.Cut(dir, "/")
	if strings.EqualFold(stem, "index") || strings.EqualFold(stem, "_index") {
		section, _, _ = strings.Cut(dir, "/")
		if stem = path.Base(dir); dir == "" {
			return "/"
		}
		if dir = path.Dir(dir); dir == "." {
			dir = ""
		}
	}
	if own := d.text("url"); own != "" {
		return "/" + strings.TrimPrefix(own, "/")
	}
	slug := stem
	if own := d.text("slug"); own != "" {
		slug = own
	}
	address := "/" + path.Join(dir, slug)
	if pattern := h.permalinkOf(section); pattern != "" && !strings.EqualFold(base, "_index.md") {
		expanded, ok := expandHugo(pattern, d, section, dir, slug, stem)
		if !ok {
			h.r.note(d.from, "its address by Hugo's pattern %q is not known; no alias is written", pattern)
			return ""
		}
		address = expanded
	}
	address = strings.ToLower(strings.ReplaceAll(address, " ", "-"))
	if strings.EqualFold(getText(h.root, "uglyURLs"), "true") && !strings.HasSuffix(address, "/") {
		return address + ".html"
	}
	return "/" + strings.Trim(address, "/") + "/"
}

func (h *hugo) permalinkOf(section string) string {
	for _, where := range []*tree.Node{get(h.root, "permalinks", "page"), get(h.root, "permalinks")} {
		if pattern := getText(where, section); pattern != "" {
			return pattern
		}
	}
	return ""
}

var hugoPlaceholder = regexp.MustCompile(`:[a-z]+`)

// expandHugo fills in a pattern of Hugo's `permalinks`; ok is false where a
// part is not known.
func expandHugo(pattern string, d *document, section, dir, slug, stem string) (address string, ok bool) {
	date, hasDate := postmortem.FindDate(d.text("date"))
	title := strings.Trim(nonWords.ReplaceAllString(strings.ToLower(d.text("title")), "-"), "-")
	ok = true
	address = hugoPlaceholder.ReplaceAllStringFunc(pattern, func(p string) string {
		switch p {
		case ":year", ":month", ":day":
			ok = ok && hasDate
			return map[string]string{":year": date.Time.Format("2006"), ":month": date.Time.Format("01"), ":day": date.Time.Format("02")}[p]
		case ":section":
			return section
		case ":sections":
			return dir
		case ":slug":
			if d.text("slug") == "" && title != "" {
				return title
			}
			return slug
		case ":title":
			return title
		case ":slugorfilename", ":slugorcontentbasename":
			return slug
		case ":filename", ":contentbasename":
			return stem
		}
		ok = false
		return p
	})
	return address, ok
}

var nonWords = regexp.MustCompile(`[^\pL\pN_]+`)

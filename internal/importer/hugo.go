package importer

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"publish/internal/pattern"
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
	limit, err := h.feed(dated)
	if err != nil {
		return err
	}
	r.keepFeed("index.xml, where Hugo keeps the feed", limit, "/index.xml")
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
	if rest, ok := strings.CutPrefix(path.Base(below), "_index."); ok {
		h.cascade(d, path.Dir(name), name, d.get("cascade"))
		d.to = h.r.inContent(path.Join(path.Dir(below), "index."+rest)) // index.fr.md of a translation
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

var languageTag = pattern.New(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`)

// isSiteAddress says whether an address is one that people use.
func isSiteAddress(address string) bool {
	host := hostOf(address)
	return strings.HasPrefix(address, "http") && host != "" && host != "localhost" && host != "example.com" &&
		!strings.HasSuffix(host, ".example.com") && !strings.HasPrefix(host, "127.") && strings.Contains(host, ".")
}

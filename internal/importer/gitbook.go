package importer

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"publish/internal/pattern"
	"publish/internal/tree"
)

// GitBook: Markdown with SUMMARY.md as its table of contents, files in
// .gitbook/assets, blocks between {% … %} tags, and redirects in .gitbook.yaml.
// https://gitbook.com/docs/getting-started/git-sync

func gitbookEvidence(s *source) string {
	switch {
	case s.isFile(".gitbook.yaml"):
		return `it has a file ".gitbook.yaml"`
	case s.isDir(".gitbook"):
		return `it has a folder ".gitbook"`
	case s.isFile("SUMMARY.md"):
		return `it has a table of contents, "SUMMARY.md"`
	case s.isFile("book.json") && s.isFile("README.md"):
		return `it has a file "book.json" beside "README.md"`
	}
	return ""
}

// gitbook is a book while it is read.
type gitbook struct {
	move
	root     string // folder of the texts, "." or with a slash at its end
	settings *tree.Node
	file     string // of the settings
	docs     []*document
}

func readGitBook(_ context.Context, src *source, r *Result) error {
	settings, file, written, err := src.settings(".gitbook.yaml", ".gitbook.yml", "book.json")
	if err != nil {
		return err
	}
	g := &gitbook{settings: settings, file: file, root: "."}
	if root := path.Clean(strings.TrimPrefix(getText(settings, "root"), "./")); getText(settings, "root") != "" && root != "." {
		g.root = root
	}
	g.move = move{
		src: src, r: r, texts: map[string]*document{}, byAddress: map[string]*document{}, address: map[*document]string{},
		roots: []string{g.root}, assetTo: g.assetPath,
	}
	if err := g.readTexts(); err != nil {
		return err
	}
	if err := g.holdUnlisted(); err != nil {
		return err
	}
	g.redirects()
	kept := strings.TrimPrefix(file, ".")
	for _, e := range entriesIn(settings) {
		switch key := e.Key.Value; key {
		case "root", "redirects":
		case "title", "description", "language": // of book.json, which GitBook had before
			r.setting(key, textNode(e.Value.Value), file+": "+key)
		default:
			r.left(file+": "+key, "leftovers/"+kept)
		}
	}
	if settings != nil {
		r.leftover(kept, written, file)
	}
	if getText(settings, "title") == "" {
		r.note("", "GitBook has no feed and keeps the site's title to itself: write `title:` in publish.yaml")
	}
	return g.finish(g.convert)
}

// below is a path from the root of the book.
func (g *gitbook) below(name string) (string, bool) {
	if g.root == "." {
		return name, true
	}
	return strings.CutPrefix(name, g.root+"/")
}

// assetPath keeps files where they are as seen from the texts; those beside the
// root of the book, where GitBook keeps its assets, come into the content.
func (g *gitbook) assetPath(name string) string {
	if below, ok := g.below(name); ok {
		return g.r.inContent(below)
	}
	return g.r.inContent(name)
}

func (g *gitbook) readTexts() error {
	names, err := g.src.files()
	if err != nil {
		return err
	}
	for _, name := range names {
		below, inBook := g.below(name)
		assets := strings.Contains("/"+name, "/.gitbook/assets/")
		hidden := strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
		switch {
		case assets:
			g.take(name) // texts name them in more ways than one
		case hidden || name == g.file:
		case !inBook:
			g.r.pass(name, "outside the folder of the book (`root: %s`)", g.root)
		case isText(name):
			if err := g.readText(name, below); err != nil {
				return err
			}
		case !runs(name) && !isImage(name):
			g.r.pass(name, "taken along only where a text shows it")
		}
	}
	return nil
}

func (g *gitbook) readText(name, below string) error {
	data, err := g.src.file(name)
	if err != nil {
		return err
	}
	d := readDocument(name, data, g.r)
	d.to = g.r.inContent(below)
	g.texts[name] = d
	g.docs = append(g.docs, d)
	if strings.EqualFold(path.Base(below), "SUMMARY.md") {
		g.r.went("SUMMARY.md", "SUMMARY.md, the navigation")
		return nil
	}
	g.claim(d, bookAddress(below))
	return nil
}

// holdUnlisted makes drafts of the texts that the table of contents leaves out:
// GitBook shows them to nobody.
func (g *gitbook) holdUnlisted() error {
	name := path.Join(g.root, "SUMMARY.md")
	if own := getText(g.settings, "structure", "summary"); own != "" {
		name = path.Join(g.root, own)
	}
	if !g.src.isFile(name) {
		return nil // GitBook lists everything then
	}
	data, err := g.src.file(name)
	if err != nil {
		return err
	}
	listed := map[string]bool{name: true, path.Join(g.root, "README.md"): true}
	for _, re := range destinations[:2] {
		for _, m := range re.FindAllStringSubmatch(string(data), -1) {
			file, _, _ := strings.Cut(strings.Trim(m[1], "<>"), "#")
			listed[path.Join(path.Dir(name), unescaped(backslash.ReplaceAllString(file, "$1")))] = true
		}
	}
	var held []string
	for _, d := range g.docs {
		if !listed[d.from] && d.get("draft") == nil && d.raw == nil {
			d.put("draft", plainNode("true"))
			held = append(held, d.to)
			g.r.went("not in the table of contents", "draft")
		}
	}
	if len(held) > 0 {
		g.r.note(name, "it does not list %s, so GitBook shows them to nobody: they are drafts; take `draft: true` out of those that all may read", named(held))
	}
	return nil
}

// named lists the first few of many names.
func named(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// bookAddress is the address of a page in GitBook: its path, of a README its
// folder's.
func bookAddress(below string) string {
	stem := strings.TrimSuffix(below, path.Ext(below))
	if base := strings.ToLower(path.Base(stem)); base == "readme" {
		if stem = path.Dir(stem); stem == "." {
			return "/"
		}
	}
	return "/" + stem + "/"
}

// redirects are the old addresses that the book knew already.
func (g *gitbook) redirects() {
	for _, e := range entriesIn(get(g.settings, "redirects")) {
		file := strings.TrimPrefix(strings.TrimPrefix(e.Value.Value, "./"), "/")
		from := "/" + strings.Trim(e.Key.Value, "/") + "/"
		d := g.texts[path.Join(g.root, file)]
		if d == nil {
			g.r.note(".gitbook.yaml", "the redirect of %q leads to %q, which is not there", e.Key.Value, e.Value.Value)
			g.r.left(".gitbook.yaml: redirects", "leftovers/gitbook.yaml")
			continue
		}
		d.addAlias(from)
		g.r.went(".gitbook.yaml: redirects", "aliases")
	}
}

var (
	bookTag      = pattern.New(`^([ \t>]*)\{%-?\s*([a-z_-]+)((?:\s[^%]*|%[^}])*?)\s*-?%\}[ \t]*$`)
	bookArgument = pattern.New(`([a-zA-Z_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))`)
)

// hintKinds are GitBook's styles of hints as the alerts of Markdown on GitHub.
var hintKinds = map[string]string{"info": "NOTE", "success": "TIP", "warning": "WARNING", "danger": "CAUTION"}

// convert writes GitBook's blocks in the Markdown that GitHub shows: hints as
// alerts, tabs under their titles, embeds and files as links. What the tags
// hold stays where it stands.
func (g *gitbook) convert(d *document) {
	hidden := strings.Split(blankCode(d.body), "\n")
	w := &bookWriter{}
	for i, line := range strings.Split(d.body, "\n") {
		if strings.TrimSpace(line) == "" && len(w.lines) > 0 && i > 0 && bookTag.MatchString(hidden[i-1]) {
			w.apart()
			continue
		}
		m := bookTag.FindStringSubmatch(hidden[i])
		if m == nil {
			w.emit(line)
			continue
		}
		name := m[2]
		if ended, ends := strings.CutPrefix(name, "end"); ends {
			if !w.close(ended) {
				w.emit(line)
			}
			continue
		}
		text, block, ok := bookBlock(name, bookArguments(line))
		if !ok {
			g.r.left("tag "+name, "the text, as written")
			g.r.note(d.from, "line %d: %s is no block that publish knows; it stays as it is", d.first+i, strings.TrimSpace(line))
			w.emit(line)
			continue
		}
		g.r.went("block "+name, bookMeanings[name])
		w.apart()
		if block {
			w.open = append(w.open, name)
		}
		if name == "hint" {
			w.hints++
		}
		for _, l := range text {
			w.emit(m[1] + l)
		}
	}
	d.body = strings.Join(w.lines, "\n")
}

// bookWriter gathers the lines of a text whose blocks are converted.
type bookWriter struct {
	lines []string
	open  []string // the blocks that are open
	hints int      // those of them that are hints, whose lines are quoted
}

func (w *bookWriter) emit(line string) {
	if w.hints > 0 {
		line = strings.TrimRight(strings.Repeat("> ", w.hints)+line, " ")
	}
	w.lines = append(w.lines, line)
}

// apart adds an empty line, if there is none.
func (w *bookWriter) apart() {
	if len(w.lines) > 0 && strings.Trim(w.lines[len(w.lines)-1], "> \t") != "" {
		w.emit("")
	}
}

// close ends the innermost block of a name; ok is false if none is open.
func (w *bookWriter) close(name string) (ok bool) {
	at := len(w.open) - 1
	for at >= 0 && w.open[at] != name {
		at--
	}
	if at < 0 {
		return false
	}
	w.open = slices.Delete(w.open, at, at+1)
	if name == "hint" {
		w.hints--
		w.lines = append(w.lines, "")
	}
	w.apart()
	return true
}

var bookMeanings = map[string]string{
	"hint": "an alert of Markdown (> [!NOTE])", "tabs": "its tabs, one below the other", "tab": "its title in bold, and its text",
	"code": "its title in bold, and the code", "content-ref": "the link that it holds", "stepper": "its steps", "step": "its text",
	"columns": "its columns, one below the other", "column": "its text", "embed": "a link", "file": "a link",
}

// bookBlock gives the lines that stand for the beginning of a block, and
// whether it has an end.
func bookBlock(name string, a map[string]string) (lines []string, block, ok bool) {
	switch name {
	case "hint":
		kind := hintKinds[a["style"]]
		if kind == "" {
			kind = "NOTE"
		}
		return []string{"[!" + kind + "]"}, true, true
	case "tab", "code":
		if a["title"] != "" {
			lines = []string{"**" + strings.ReplaceAll(a["title"], "*", `\*`) + "**", ""}
		}
		return lines, true, true
	case "tabs", "content-ref", "stepper", "step", "columns", "column":
		return nil, true, true
	case "embed":
		return []string{bookLink(a["url"], a["caption"])}, false, a["url"] != ""
	case "file":
		return []string{bookLink(a["src"], a["caption"])}, false, a["src"] != ""
	}
	return nil, false, false
}

// bookLink is a link with the words of its caption, else of its address.
func bookLink(address, caption string) string {
	if caption == "" && hasScheme(address) {
		return autolink(address)
	}
	if caption == "" {
		caption = path.Base(address)
	}
	return fmt.Sprintf("[%s](<%s>)", strings.NewReplacer("[", `\[`, "]", `\]`).Replace(caption), address)
}

func bookArguments(line string) map[string]string {
	found := map[string]string{}
	for _, m := range bookArgument.FindAllStringSubmatch(line, -1) {
		found[m[1]] = m[2] + m[3] + m[4]
	}
	return found
}

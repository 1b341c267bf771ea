package main

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/render"
	"publish/internal/site"
)

func (p *program) explainCommand() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "explain PATH-OR-URL",
		Short: "say where a page comes from, or why a file is not published",
		Long: `explain says what publish makes of a file, or which file makes an address: its
kind and the evidence for it, where its title and date were found, whether it is
public and why not, its address, and how each field of its front matter was
read. With --format json it is one object.`,
		Example: `  publish explain content/2021-04-29-outage.md
  publish explain /2021/04/29/outage/
  publish explain /archive/ --format json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one file or one address", "`publish explain` takes one file or address")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return p.explain(c.Context(), f, args[0]) },
	}
	f.addTo(c)
	c.Flags().Lookup("format").Usage = "how to print: text or json (default text)"
	return c
}

func (p *program) explain(ctx context.Context, f *flags, subject string) error {
	if f.format != "" && !slices.Contains(fewFormats, f.format) {
		return usagef(meant("format", f.format, fewFormats, "use text or json"), "`publish explain` has no format \"%s\"", f.format)
	}
	l, err := p.loadUntil(ctx, f)
	if err != nil {
		return err
	}
	out, err := p.reporter(f, l)
	if err != nil {
		return err
	}
	if l.table == nil {
		return out.stop("there is no site to explain")
	}
	e := l.explain(subject)
	if e == nil {
		return l.nothingKnown(subject)
	}
	about := slices.DeleteFunc(slices.Clone(out.list), func(d diag.Diagnostic) bool {
		return d.File != e.File || e.File == "" || isLeftOut(d) && d.Hint == ""
	})
	if f.format == "json" {
		return e.printJSON(p.stdout, about)
	}
	e.printText(p.answer())
	printer := diag.Printer{Format: diag.Text, Source: l.source, Color: p.color(p.colorOut)}
	_ = printer.Print(p.answer(), about)
	return nil
}

// explain finds what a file or an address is; nil if nothing is known of it.
func (l *loaded) explain(subject string) *explanation {
	if address := l.written(subject); address != "" {
		subject = address
	}
	for _, name := range l.names(subject) {
		if d := l.folder.Document(name); d != nil {
			return l.explainDocument(d)
		}
		if e := l.explainFile(name); e != nil {
			return e
		}
	}
	for _, address := range l.addresses(subject) {
		if page := l.site.PageAt(address); page != nil {
			return l.explainDocument(page.Document)
		}
		r := l.table.Get(address)
		if r == nil {
			continue
		}
		if d := l.folder.Document(r.Source); d != nil {
			return l.explainDocument(d) // a page that was withdrawn
		}
		return &explanation{Address: address, MadeFrom: r.Source, Type: r.MediaType(), Public: true}
	}
	return nil
}

// nothingKnown is the answer to a subject that is neither a file nor an
// address, with the file that was probably meant.
func (l *loaded) nothingKnown(subject string) error {
	hint := "name a file of the site folder or an address such as /archive/"
	if dir, first := l.folderOf(subject); dir != "" {
		if first != "" {
			hint = "name a file in it, such as \"" + first + "\""
		}
		return usagef(hint, "\"%s\" is a folder", subject)
	}
	if near := l.nearest(subject); near != "" {
		hint = "did you mean \"" + near + "\"?"
	}
	return usagef(hint, "nothing is known of \"%s\"", subject)
}

// nearest is the file that a subject most likely means, be it a path, a name by
// itself, an id or an address; "" if none is near.
func (l *loaded) nearest(subject string) string {
	var known, files []string
	add := func(name, file string) { known, files = append(known, name), append(files, file) }
	for _, d := range l.folder.Documents {
		base := path.Base(d.Path)
		add(d.Path, d.Path)
		add(base, d.Path)
		add(strings.TrimSuffix(base, path.Ext(base)), d.Path)
		if page := l.site.PageOf(d.Path); page != nil {
			add(page.ID, d.Path)
			add(page.Path, d.Path)
		}
	}
	if near := diag.Nearest(subject, known); near != "" {
		return files[slices.Index(known, near)]
	}
	return l.only(subject)
}

// only is the document whose path or title holds a subject, if one alone does.
func (l *loaded) only(subject string) (file string) {
	word := locale.Fold(subject)
	for _, d := range l.folder.Documents {
		if !strings.Contains(locale.Fold(d.Path), word) && !strings.Contains(locale.Fold(d.Title), word) {
			continue
		}
		if file != "" {
			return ""
		}
		file = d.Path
	}
	return file
}

// folderOf says whether a subject is a folder of the site, and the first document
// in it.
func (l *loaded) folderOf(subject string) (dir, first string) {
	for _, name := range l.names(subject) {
		info, err := os.Stat(filepath.Join(l.dir, filepath.FromSlash(name)))
		if err != nil || !info.IsDir() || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		for _, d := range l.folder.Documents {
			if name == "." || strings.HasPrefix(d.Path, name+"/") {
				return name, d.Path
			}
		}
		return name, ""
	}
	return "", ""
}

// written is the address of a file of the output folder, "" if it is none.
func (l *loaded) written(subject string) string {
	output := path.Clean(l.config.Output)
	for _, name := range l.names(subject) {
		if file, ok := strings.CutPrefix(name, output+"/"); ok {
			if r := l.table.GetFile(file); r != nil {
				return r.Path
			}
		}
	}
	return ""
}

// names are the paths from the site folder that a subject may mean: as given,
// from the current folder, and in the content folder.
func (l *loaded) names(subject string) []string {
	slashed := norm.NFC.String(filepath.ToSlash(subject))
	names := []string{path.Clean(slashed), path.Join(l.folder.Root, slashed)}
	if abs, err := filepath.Abs(subject); err == nil {
		if rel, err := filepath.Rel(l.dir, abs); err == nil {
			names = append(names, norm.NFC.String(filepath.ToSlash(rel)))
		}
	}
	return names
}

// addresses are the routes that a subject may mean.
func (l *loaded) addresses(subject string) []string {
	address := subject
	if u, err := url.Parse(subject); err == nil {
		address = u.Path
	}
	address = "/" + strings.TrimPrefix(address, "/")
	short := "/" + strings.TrimPrefix(address, l.site.Links.BasePath())
	var out []string
	for _, a := range []string{address, short} {
		out = append(out, a, a+"/", a+".html", strings.TrimSuffix(a, "index.html"))
	}
	return out
}

// explainFile explains a file that is no document; nil if there is none.
func (l *loaded) explainFile(name string) *explanation {
	for _, s := range l.site.Passed {
		if s.Path == name || strings.HasPrefix(name, s.Path+"/") {
			return &explanation{File: name, Reason: s.Reason}
		}
	}
	if e := l.explainTheme(name); e != nil {
		return e
	}
	f := l.folder.File(name)
	if f == nil {
		return nil
	}
	for _, a := range l.site.Assets {
		if a.Path == f.Path {
			return &explanation{File: f.Path, Public: true, Reason: "a published page refers to it", Address: a.Route}
		}
	}
	return &explanation{File: f.Path, Reason: "no published page refers to it"}
}

// explainTheme explains a file of static/ or layouts/; nil if it is none.
func (l *loaded) explainTheme(name string) *explanation {
	if !strings.HasPrefix(name, "static/") && !strings.HasPrefix(name, "layouts/") {
		return nil
	}
	if address := l.look.Address(name); address != "" {
		return &explanation{File: name, Public: true, Reason: "files of static/ are published as they are", Address: address}
	}
	if _, err := os.Lstat(filepath.Join(l.dir, filepath.FromSlash(name))); err != nil {
		return nil
	}
	switch {
	case render.Leftover(name):
		return &explanation{File: name, Reason: "an editor or the system left it there"}
	case l.look.IsLayout(name):
		return &explanation{File: name, Reason: "it is a layout, with which pages are made"}
	}
	return nil
}

func (l *loaded) explainDocument(d *content.Document) *explanation {
	grounds := d.Grounds()
	e := &explanation{
		File: d.Path, Kind: string(d.Kind), Evidence: grounds.Evidence,
		Title: d.Title, TitleFrom: cmp.Or(grounds.TitleFrom, "file name"),
		Language: d.Lang, LanguageFrom: "from its front matter",
	}
	if e.TitleFrom == "title" {
		e.TitleFrom = "front matter"
	}
	e.Translates = d.Translates
	switch {
	case d.Meta().Lang == "" && d.Lang != "" && d.LangFromName:
		e.LanguageFrom = "from the file name"
	case d.LangGuessed:
		e.LanguageFrom = "guessed from the words"
	case d.Meta().Lang == "":
		e.Language, e.LanguageFrom = l.site.Language, "the site's"
	}
	if d.Date.Known() {
		e.Date, e.DateFrom = d.Date.String(), grounds.DateFrom
	}
	if d.Day.Known() && d.Day.DateString() != d.Date.DateString() {
		e.Incident = d.Day.String()
	}
	if page := l.verdict(d, e); page != nil {
		e.Address, e.ID, e.FeedID = page.Path, page.ID, page.FeedID
		for _, t := range page.Translations {
			e.Translations = append(e.Translations, explainedTranslation{t.Lang, t.Document.Path, t.Path})
		}
	}
	e.readCuts(d)
	e.readFields(d, l.source(d.Path))
	return e
}

// verdict says whether a document is public, and gives its page: one that was
// withdrawn has a page too, which says so.
func (l *loaded) verdict(d *content.Document, e *explanation) *site.Page {
	for _, h := range l.site.Held {
		if h.Document == d {
			e.Reason = h.Reason
		}
	}
	for _, s := range l.site.Passed {
		if s.Path == d.Path {
			e.Reason = s.Reason
		}
	}
	for _, page := range l.site.Tombstones {
		if page.Document == d {
			return page
		}
	}
	page := l.site.PageOf(d.Path)
	if page == nil || e.Reason != "" && page.Preview == "" {
		return nil
	}
	e.Reason, e.Preview = page.Preview, page.Preview != ""
	e.Public = !e.Preview
	return page
}

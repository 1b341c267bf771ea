package main

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/postmortem"
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
read.`,
		Example: `  publish explain content/2021-04-29-outage.md
  publish explain /2021/04/29/outage/`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one file or one address", "`publish explain` takes one file or address")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.explain(f, args[0]) },
	}
	f.addTo(c)
	return c
}

func (p *program) explain(f *flags, subject string) error {
	l, err := p.load(f)
	if err != nil {
		return err
	}
	if l.site == nil {
		out, err := p.reporter(f, l)
		if err != nil {
			return err
		}
		return out.stop("there is no site to explain")
	}
	for _, name := range l.names(subject) {
		if d := l.document(name); d != nil {
			p.explainDocument(l, d)
			return nil
		}
		if p.explainPassed(l, name) {
			return nil
		}
	}
	for _, address := range l.addresses(subject) {
		if page := l.site.PageAt(address); page != nil {
			p.explainDocument(l, page.Document)
			return nil
		}
		if r := l.table.Get(address); r != nil {
			p.print("address", address)
			p.print("made from", r.Source)
			p.print("type", r.MediaType())
			return nil
		}
	}
	hint := "name a file of the site folder or an address such as /archive/"
	var known []string
	for _, d := range l.folder.Documents {
		known = append(known, d.Path)
	}
	if near := diag.Nearest(subject, known); near != "" {
		hint = "did you mean \"" + near + "\"?"
	}
	return usagef(hint, "nothing is known of \"%s\"", subject)
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

func (l *loaded) document(name string) *content.Document {
	i := slices.IndexFunc(l.folder.Documents, func(d *content.Document) bool { return d.Path == name })
	if i < 0 {
		return nil
	}
	return l.folder.Documents[i]
}

// explainPassed explains a file that is no document; it says whether it could.
func (p *program) explainPassed(l *loaded, name string) bool {
	for _, s := range l.site.Passed {
		if s.Path == name || strings.HasPrefix(name, s.Path+"/") {
			p.print("file", name)
			p.print("public", "no: "+s.Reason)
			return true
		}
	}
	f := l.folder.File(name)
	if f == nil {
		return false
	}
	p.print("file", f.Path)
	for _, a := range l.site.Assets {
		if a.Path == f.Path {
			p.print("public", "yes, since a published page refers to it")
			p.print("address", a.Route)
			return true
		}
	}
	p.print("public", "no: no published page refers to it")
	return true
}

func (p *program) explainDocument(l *loaded, d *content.Document) {
	p.print("file", d.Path)
	p.print("kind", explainKind(d))
	from := cmp.Or(d.TitleFrom, "file name")
	if from == "title" {
		from = "front matter"
	}
	p.print("title", fmt.Sprintf("%s (from the %s)", d.Title, from))
	if d.Date.Known() {
		p.print("date", fmt.Sprintf("%s (from the %s)", d.Date, d.DateFrom))
	}
	if d.Day.Known() && d.Day.DateString() != d.Date.DateString() {
		p.print("incident", d.Day.String())
	}
	p.print("language", explainLanguage(d, l.site.Language))
	public, page := l.verdict(d)
	p.print("public", public)
	if page != nil {
		p.print("address", page.Path)
		p.print("id", page.ID)
		if page.FeedID != "" {
			p.print("feed id", page.FeedID)
		}
	}
	for _, line := range explainFields(d, l.source(d.Path)) {
		p.print("field", line)
	}
	list := slices.DeleteFunc(slices.Clone(l.diags), func(x diag.Diagnostic) bool { return x.File != d.Path })
	list.Sort()
	printer := diag.Printer{Format: diag.Text, Source: l.source, Color: p.color(p.colorOut)}
	printer.Print(p.stdout, list)
}

func explainKind(d *content.Document) string {
	if len(d.Evidence) == 0 {
		return string(d.Kind)
	}
	return string(d.Kind) + ": " + strings.Join(d.Evidence, "; ")
}

func explainLanguage(d *content.Document, language string) string {
	switch {
	case d.LangGuessed:
		return d.Lang + " (guessed from the words)"
	case d.Meta.Lang != "":
		return d.Lang + " (from its front matter)"
	}
	return language + " (the site's)"
}

// verdict says in words whether a document is public, and gives its page.
func (l *loaded) verdict(d *content.Document) (string, *site.Page) {
	for _, h := range l.site.Held {
		if h.Document == d {
			return "no: " + h.Reason, nil
		}
	}
	for _, s := range l.site.Passed {
		if s.Path == d.Path {
			return "no: " + s.Reason, nil
		}
	}
	page := l.site.PageOf(d.Path)
	switch {
	case page == nil:
		return "no", nil
	case page.Preview != "":
		return "not by itself: " + page.Preview, page
	}
	return "yes", page
}

// explainFields says how each key of the front matter was read, with its line
// in the source.
func explainFields(d *content.Document, source []byte) []string {
	written := strings.Split(string(source), "\n")
	line := func(n int) string {
		if n < 1 || n > len(written) {
			return ""
		}
		return strings.TrimSpace(written[n-1])
	}
	var lines []string
	for _, f := range d.Meta.Fields {
		lines = append(lines, fmt.Sprintf("%s (line %d: %s)", f.Name, f.Pos.Line, line(f.Pos.Line)))
	}
	for _, e := range d.Meta.Unknown {
		lines = append(lines, fmt.Sprintf("%s (line %d) means nothing here", e.Key.Value, e.Key.Pos.Line))
	}
	if len(lines) == 0 && d.Kind != postmortem.KindPage {
		lines = append(lines, "no front matter")
	}
	return lines
}

// print writes a line of two columns to stdout.
func (p *program) print(name, value string) {
	fmt.Fprintf(p.stdout, "%-9s %s\n", name, value)
}

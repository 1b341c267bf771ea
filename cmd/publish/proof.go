package main

import (
	"bytes"
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	theme "publish"
	"publish/internal/bug"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/postmortem"
	"publish/internal/proof"
	"publish/internal/search"
	"publish/internal/site"
)

// errLeak stops a build that would publish an internal text.
var errLeak = errors.New("an internal text would be published")

// ownWords are the words that the program writes into a site by itself, beyond
// those of the theme and of its languages. TestOwnWords keeps the list.
//
//go:embed ownwords.txt
var ownWords []byte

// proof prepares the search for internal texts in what a build writes: those of
// published files and whole files that are held back. It is nil where there is
// nothing to look for, and for the internal edition.
func (l *loaded) proof(f *flags) *proof.Proof {
	if l.internal(f) {
		return nil
	}
	var texts []proof.Text
	var public []*content.Document
	for _, d := range l.folder.Documents {
		texts = appendInside(texts, d)
		if l.site.PageOf(d.Path) != nil {
			public = append(public, d)
		}
	}
	if l.folder.Summary != nil {
		texts = appendInside(texts, l.folder.Summary)
	}
	for _, h := range l.site.Held {
		d := h.Document
		if d.Broken && h.Reason == site.HasErrors {
			continue // nobody holds it back, and its front matter may be text for want of being read
		}
		waits := d.Head.Audience != postmortem.AudienceInternal && d.Head.Withdrawn == ""
		add := func(text string) {
			texts = append(texts, proof.Text{Text: text, Pos: diag.Pos{File: d.Path, Line: 1, Column: 1}, Held: true, Waits: waits})
		}
		add(d.Stem)
		d.Said(nil, add)
	}
	p := proof.New(texts)
	if p == nil {
		return nil
	}
	l.sayPublic(p, public)
	p.Ready()
	return p
}

// appendInside adds what was cut from a document.
func appendInside(texts []proof.Text, d *content.Document) []proof.Text {
	for _, c := range d.Cuts {
		texts = append(texts, proof.Text{Text: c.Text, Pos: c.Pos})
	}
	for _, t := range d.Head.Internal {
		texts = append(texts, proof.Text{Text: t.Text, Pos: t.Pos})
	}
	return texts
}

// sayPublic tells the proof what anybody may read: the published texts and the
// names of their files, the settings, and the words of the program.
func (l *loaded) sayPublic(p *proof.Proof, public []*content.Document) {
	p.Words(ownWords)
	for _, fsys := range []fs.FS{theme.Theme, locale.Files()} {
		eachFile(fsys, ".", isCode, p.Public)
	}
	eachFile(os.DirFS(l.dir), "layouts", isCode, p.Words)
	eachFile(os.DirFS(l.dir), "static", isText, p.Words)
	sayStrings(reflect.ValueOf(*l.config), func(text string) { p.Public([]byte(text)) })
	for _, t := range l.site.Tombstones {
		p.Public([]byte(t.Head.Withdrawn + "\n" + t.Document.Path + "\n" + t.Path))
	}
	sayStrings(reflect.ValueOf(l.folder.Navigation), func(text string) { p.Public([]byte(text)) })
	bug.Each(len(public), 1, func() func(i int) {
		return func(i int) {
			d := public[i]
			p.Public([]byte(d.Path))
			d.Said(l.config.DataExtra, func(text string) { p.Public([]byte(text)) })
		}
	})
}

// unpublished are the settings that say what must not be published.
var unpublished = []string{"Forbidden", "Redact"}

// sayStrings gives all texts of a value of settings.
func sayStrings(v reflect.Value, say func(string)) {
	switch v.Kind() {
	case reflect.String:
		say(v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() != reflect.TypeFor[config.Config]() || !slices.Contains(unpublished, v.Type().Field(i).Name) {
				sayStrings(v.Field(i), say)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			sayStrings(v.Index(i), say)
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[config.Config]() && v.Elem().Kind() == reflect.Struct && strings.HasPrefix(v.Elem().Type().PkgPath(), "publish/") {
			sayStrings(v.Elem(), say)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			sayStrings(k, say)
			sayStrings(v.MapIndex(k), say)
		}
	}
}

var codeName = pattern.New(`\.(?:html|css|js|svg|ya?ml)$`)

// isCode is a file whose words may stand in any page.
func isCode(name string, _ []byte) bool { return codeName.MatchString(name) }

// isText is a file that is published as it is because its owner says so.
func isText(_ string, data []byte) bool { return bytes.IndexByte(data[:min(len(data), 8<<10)], 0) < 0 }

// eachFile reads the files of a folder of one sort. What cannot be read is no
// less searched for.
func eachFile(fsys fs.FS, dir string, wanted func(name string, data []byte) bool, say func(data []byte)) {
	_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if data, err := fs.ReadFile(fsys, name); err == nil && wanted(name, data) {
				say(data)
			}
		}
		return nil
	})
}

// inspect gives the search as a build asks for it.
func (l *loaded) inspect(p *proof.Proof) func(file string, data []byte) error {
	if p == nil {
		return nil
	}
	beside := map[string]bool{} // files that authors put beside their texts
	for _, a := range l.site.Assets {
		beside[strings.TrimPrefix(a.Route, "/")] = true
	}
	return func(file string, data []byte) error {
		look := p.Search
		if beside[file] {
			look = p.SearchBeside
		}
		if words, ok := search.ShardWords(data); ok {
			data = words
		}
		if !look(file, data) {
			return errLeak
		}
		return nil
	}
}

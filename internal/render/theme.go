package render

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"image"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/layout"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/route"
)

// Theme is a set of layouts and static files: the built-in ones, each replaced
// by the user's file of the same name. It never changes once loaded, and may
// be used by many goroutines.
//
// layouts/base.html is the frame. Every other file directly in layouts/ is one
// kind of page: it defines "main" (and may define "head"), and is executed
// inside the frame. The files of layouts/partials/ are parts, called by their
// name without folder and ending: {{template "facts" .}}.
type Theme struct {
	static []*staticFile // by name
	byName map[string]*staticFile
	shared []layoutText         // base.html and the partials, by name
	pages  map[string]string    // texts by name: "home", "postmortem", …
	files  map[string]string    // template name → its file, for messages
	texts  map[string]string    // template name → its text, for places in messages
	keys   map[string]route.Key // of each page's layout, frame and partials included
	refers references
	logo   *Image // of static/, with its path; nil if it is elsewhere
	// added are the files of the site's own layouts/ that replace none of builtin.
	added, builtin []string
	// cardSize is that of the site's card, zero if unknown. marked says that the
	// icon is the built-in mark, which the pictures that are drawn may bear.
	cardSize image.Point
	marked   bool

	mu sync.Mutex
	// frame is what all pages share, parsed when it is first needed.
	frame parts
	// ready holds the pages' layouts, bound to a language, each made on first use.
	ready map[layoutKey]*template.Template
	// programs are the same for each type of view, nil where html/template has
	// to do it.
	programs map[programKey]*layout.Program
	// rendered, if there is one, is told each page, and whether a program made it.
	rendered func(key layoutKey, view any, page []byte, byProgram bool)
}

// layoutText is a layout that all pages share. A partial may have the name of a
// page: that one then stands in its place where the page is made.
type layoutText struct{ name, text string }

type layoutKey struct{ name, lang string }

type programKey struct {
	layoutKey
	view reflect.Type
}

// LoadTheme reads the layouts/ and static/ of the site folder (user, which may
// be nil) over those of the built-in theme, and lets them wear a site's
// settings. Mistakes are reported all at once; the error is the disk's.
func LoadTheme(user, builtin fs.FS, settings config.Theme) (*Theme, diag.List, error) {
	t := &Theme{
		byName: map[string]*staticFile{},
		pages:  map[string]string{},
		files:  map[string]string{},
		texts:  map[string]string{},
		keys:   map[string]route.Key{},
		ready:  map[layoutKey]*template.Template{},

		programs: map[programKey]*layout.Program{},
	}
	var diags diag.List
	if err := t.loadStatic(user, builtin, settings, &diags); err != nil {
		return nil, nil, err
	}
	if err := t.findLogo(settings, &diags); err != nil {
		return nil, nil, err
	}
	if err := t.findOwn(user, builtin); err != nil {
		return nil, nil, err
	}
	sources, err := overlay("layouts", &diags, user, builtin)
	if err != nil {
		return nil, nil, err
	}
	if err := t.read(sources, user == nil, &diags); err != nil {
		return nil, nil, err
	}
	diags.Sort()
	return t, diags, nil
}

// source is a file of the theme and where it lies.
type source struct {
	name string // "layouts/base.html"
	fsys fs.FS
	own  bool // not of the lowest layer, the built-in theme
}

func (s source) read() ([]byte, error) { return fs.ReadFile(s.fsys, s.name) }

// overlay lists the files below a folder of several file systems, by name; the
// first file system that has a name wins.
func overlay(dir string, diags *diag.List, layers ...fs.FS) ([]source, error) {
	var all []source
	seen := map[string]bool{}
	for i, fsys := range layers {
		if fsys == nil {
			continue
		}
		err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == dir:
				return fs.SkipAll
			case !utf8.ValidString(name):
				diags.Report(diag.Encoding, diag.Pos{File: strings.ToValidUTF8(name, "\ufffd")}, "rename it", "the name of the file is not UTF-8")
				return skip(d)
			case err != nil:
				return errors.Join(unreadable(name, err, diags), skip(d))
			case seen[name] || d.IsDir() || Leftover(name):
				return nil
			case name == dir:
				return nil // a file of that name has nothing to do with the site
			}
			// A link in the user's folder counts as the file it leads to.
			info, err := fs.Stat(fsys, name)
			if err == nil {
				err = noFile(info)
			}
			if err != nil {
				return unreadable(name, err, diags)
			}
			seen[name] = true
			all = append(all, source{name, fsys, i+1 < len(layers)})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the theme: %w", err)
		}
	}
	slices.SortFunc(all, func(a, b source) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

// read reads all layouts, and looks for mistakes in those that a file of the
// site's own has a part in. The others are parsed when a page needs them: the
// tests have done so, and most commands need few. With all, none is trusted.
func (t *Theme) read(sources []source, all bool, diags *diag.List) error {
	var shared route.Hash // frame and partials
	ownFrame, doubtful := all, []string(nil)
	for _, pages := range []bool{false, true} {
		for _, src := range sources {
			name, partial := layoutName(src.name)
			if name == "" || pages == (partial || name == "base") {
				continue
			}
			text, err := src.read()
			if err != nil {
				if err := unreadable(src.name, err, diags); err != nil {
					return err
				}
				continue
			}
			if src.own && !isText(src.name, text, diags) {
				continue
			}
			t.files[name], t.texts[name] = src.name, string(text)
			t.refers.read(string(text))
			if !pages {
				shared.Add(src.name, string(text))
				t.shared = append(t.shared, layoutText{name, string(text)})
				ownFrame = ownFrame || src.own
				continue
			}
			t.keys[name] = layoutKeyOf(shared.Sum(), src.name, string(text))
			t.pages[name] = string(text)
			if src.own || ownFrame {
				doubtful = append(doubtful, name)
			}
		}
	}
	if len(doubtful) > 0 {
		t.check(doubtful, diags)
	}
	return nil
}

// check finds the mistakes of layouts: those that parsing shows, and where
// there are none, those that html/template only sees when a layout is first
// used: calls of unknown partials, actions in places that cannot be escaped.
// Executed with nothing to show, a good layout fails later, at its first
// field, which does not count. One that goes round and round before that does.
func (t *Theme) check(names []string, diags *diag.List) {
	t.parseFrame(func(name string, err error) { t.explain(err, t.files[name], nil, diags) })
	for _, name := range names {
		if _, err := t.parsePage(name); err != nil {
			t.explain(err, t.files[name], nil, diags)
		} else if !definesMain.MatchString(t.pages[name]) && framesMain.MatchString(t.texts["base"]) {
			diags.Report(diag.TemplateError, diag.Pos{File: t.files[name], Line: 1, Column: 1}, `put what the page shows between {{define "main"}} and {{end}}`, `there is no {{define "main"}}, so that the page would be empty`)
		}
	}
	if diags.HasErrors() {
		return
	}
	for _, name := range names {
		page, err := t.bind(layoutKey{name, locale.For("").Tag()})
		if err == nil {
			err = page.Execute(&bounded{}, nil)
		}
		if escape := (*template.Error)(nil); errors.As(err, &escape) || errors.Is(err, errTooFar) {
			t.explain(err, t.files[name], nil, diags)
		}
	}
}

// parseFrame parses what all pages share.
func (t *Theme) parseFrame(failed func(name string, err error)) {
	frame := template.New("base").Funcs(functions(locale.For("")))
	for _, part := range t.shared {
		into := frame
		if part.name != "base" {
			into = into.New(part.name)
		}
		if _, err := into.Parse(part.text); err != nil {
			failed(part.name, err)
		}
	}
	t.frame = partsOf(frame)
}

// parsePage parses a layout and puts the frame around it.
func (t *Theme) parsePage(name string) (*template.Template, error) {
	if t.frame == nil {
		var first error
		t.parseFrame(func(_ string, err error) { first = cmp.Or(first, err) })
		if first != nil {
			return nil, first
		}
	}
	page, err := template.New(name).Funcs(functions(locale.For(""))).Parse(t.pages[name])
	if err != nil {
		return nil, err
	}
	return partsOf(page).page(t.frame)
}

// What a page shows stands in its "main", if the frame asks for one.
var (
	definesMain = pattern.New(`\{\{-?\s*(?:define|block)\s+["\x60]main["\x60]`)
	framesMain  = pattern.New(`\{\{-?\s*(?:template|block)\s+["\x60]main["\x60]`)
)

// layoutName tells a file's template name and whether it is a partial; "" for
// what is no layout.
func layoutName(file string) (name string, partial bool) {
	if path.Ext(file) != ".html" {
		return "", false
	}
	dir, base := path.Split(strings.TrimPrefix(file, "layouts/"))
	switch dir {
	case "":
		return strings.TrimSuffix(base, ".html"), false
	case "partials/":
		return strings.TrimSuffix(base, ".html"), true
	}
	return "", false
}

// bind gives the layout with its words in one language.
func (t *Theme) bind(key layoutKey) (*template.Template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bound(key)
}

// bound is bind for who has the lock.
func (t *Theme) bound(key layoutKey) (*template.Template, error) {
	if ready, ok := t.ready[key]; ok {
		return ready, nil
	}
	if _, ok := t.pages[key.name]; !ok {
		return nil, fmt.Errorf("there is no layout %q", key.name)
	}
	page, err := t.parsePage(key.name)
	if err != nil {
		return nil, err
	}
	t.ready[key] = page.Funcs(functions(locale.For(key.lang)))
	return t.ready[key], nil
}

// program gives the layout as a program for views of a type. It is nil, and no
// error, where the layout has what only html/template knows.
func (t *Theme) program(key layoutKey, view any) (*layout.Program, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	of := programKey{key, reflect.TypeOf(view)}
	if p, ok := t.programs[of]; ok {
		return p, nil
	}
	page, err := t.bound(key)
	if err != nil {
		return nil, err
	}
	p, _ := layout.Compile(page, functions(locale.For(key.lang)), of.view)
	t.programs[of] = p
	return p, nil
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a page: the layout of that name in the language's words, over
// a view. A mistake in a layout is a *diag.ErrorList.
func (t *Theme) render(w io.Writer, name, lang string, view any) error {
	key := layoutKey{name, locale.For(lang).Tag()}
	program, err := t.program(key, view)
	if err != nil {
		return err
	}
	if buf, ok := w.(*bytes.Buffer); ok {
		return t.fill(buf, program, key, view)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := t.fill(buf, program, key, view); err != nil {
		return err
	}
	_, err = buf.WriteTo(w)
	return err
}

// fill appends a page to a buffer, or nothing. A build's own buffer is filled at
// once: it has the room that the largest page needed.
func (t *Theme) fill(buf *bytes.Buffer, program *layout.Program, key layoutKey, view any) error {
	before := buf.Len()
	page, done := buf.AvailableBuffer(), false
	if program != nil {
		page, done = program.Append(page, view, mostBytes)
	}
	if done && before == 0 {
		*buf = *bytes.NewBuffer(page) // with the room that was made for it
	} else if done {
		buf.Write(page)
	} else if err := t.execute(buf, key, view); err != nil {
		buf.Truncate(before)
		return err
	}
	if t.rendered != nil {
		t.rendered(key, view, buf.Bytes()[before:], done)
	}
	return nil
}

// execute is render by html/template itself, to which the mistakes of layouts
// are left too.
func (t *Theme) execute(buf *bytes.Buffer, key layoutKey, view any) error {
	page, err := t.bind(key)
	if err != nil {
		return err
	}
	if err := page.Execute(&bounded{to: buf}, view); err != nil {
		var list diag.List
		t.explain(err, t.files[key.name], view, &list)
		return &diag.ErrorList{List: list}
	}
	return nil
}

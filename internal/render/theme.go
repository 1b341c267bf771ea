package render

import (
	"bytes"
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
	frame  *template.Template            // base.html and the partials
	pages  map[string]*template.Template // by name: "home", "postmortem", …
	files  map[string]string             // template name → its file, for messages
	texts  map[string]string             // template name → its text, for places in messages
	keys   map[string]route.Key          // of each page's layout, frame and partials included
	refers references
	logo   *Image // of static/, with its path; nil if it is elsewhere
	// added are the files of the site's own layouts/ that replace none of builtin.
	added, builtin []string
	// cardSize is that of the site's card, zero if unknown. marked says that the
	// icon is the built-in mark, which the pictures that are drawn may bear.
	cardSize image.Point
	marked   bool

	mu sync.Mutex
	// ready holds the templates bound to a language; an html/template cannot
	// be cloned once it was executed, so each is made on first use.
	ready map[layoutKey]*template.Template
	// programs are the same for each type of view, nil where html/template has
	// to do it.
	programs map[programKey]*layout.Program
	// rendered, if there is one, is told each page, and whether a program made it.
	rendered func(key layoutKey, view any, page []byte, byProgram bool)
}

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
		pages:  map[string]*template.Template{},
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
	own, err := t.findOwn(user, builtin)
	if err != nil {
		return nil, nil, err
	}
	sources, err := overlay("layouts", user, builtin)
	if err != nil {
		return nil, nil, err
	}
	if err := t.parse(sources, &diags); err != nil {
		return nil, nil, err
	}
	if own && !diags.HasErrors() { // those that are built in were tried before
		t.checkContexts(&diags)
	}
	diags.Sort()
	return t, diags, nil
}

// source is a file of the theme and where it lies.
type source struct {
	name string // "layouts/base.html"
	fsys fs.FS
}

func (s source) read() ([]byte, error) { return fs.ReadFile(s.fsys, s.name) }

// overlay lists the files below a folder of several file systems, by name; the
// first file system that has a name wins.
func overlay(dir string, layers ...fs.FS) ([]source, error) {
	var all []source
	seen := map[string]bool{}
	for _, fsys := range layers {
		if fsys == nil {
			continue
		}
		err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == dir:
				return fs.SkipAll
			case err != nil:
				return err
			case d.IsDir() || seen[name]:
				return nil
			}
			// A link in the user's folder counts as the file it leads to.
			info, err := fs.Stat(fsys, name)
			if err != nil {
				return err
			}
			if info.Mode().IsRegular() {
				seen[name] = true
				all = append(all, source{name, fsys})
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the theme: %w", err)
		}
	}
	slices.SortFunc(all, func(a, b source) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

// parse reads all layouts: first frame and partials, which every page shares,
// then each page over a copy of them.
func (t *Theme) parse(sources []source, diags *diag.List) error {
	var shared route.Hash // frame and partials
	t.frame = template.New("base").Option("missingkey=error").Funcs(functions(locale.For("")))
	for _, pages := range []bool{false, true} {
		for _, src := range sources {
			name, partial := layoutName(src.name)
			if name == "" || pages == (partial || name == "base") {
				continue
			}
			text, err := src.read()
			if err != nil {
				return fmt.Errorf("read the theme: %w", err)
			}
			t.files[name], t.texts[name] = src.name, string(text)
			t.refers.read(string(text))
			into := t.frame
			if !pages {
				shared.Add(src.name, string(text))
			} else {
				t.keys[name] = layoutKeyOf(shared.Sum(), src.name, string(text))
				if into, err = t.frame.Clone(); err != nil {
					return fmt.Errorf("copy the frame: %w", err)
				}
				t.pages[name] = into
			}
			if name != "base" {
				into = into.New(name)
			}
			if _, err := into.Parse(string(text)); err != nil {
				t.explain(err, src.name, nil, diags)
			} else if pages && !definesMain.MatchString(string(text)) && framesMain.MatchString(t.texts["base"]) {
				diags.Report(diag.TemplateError, diag.Pos{File: src.name, Line: 1, Column: 1}, `put what the page shows between {{define "main"}} and {{end}}`, `there is no {{define "main"}}, so that the page would be empty`)
			}
		}
	}
	for _, page := range t.pages {
		countSteps(page)
	}
	return nil
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

// checkContexts finds what html/template only sees when a layout is first
// used: calls of unknown partials, actions in places that cannot be escaped.
// Executed with nothing to show, a good layout fails later, at its first
// field, which does not count. One that goes round and round before that does.
func (t *Theme) checkContexts(diags *diag.List) {
	for name := range t.pages {
		page, err := t.bind(layoutKey{name, locale.For("").Tag()})
		if err == nil {
			err = page.Execute(&bounded{}, nil)
		}
		if escape := (*template.Error)(nil); errors.As(err, &escape) || errors.Is(err, errTooFar) {
			t.explain(err, t.files[name], nil, diags)
		}
	}
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
	page, ok := t.pages[key.name]
	if !ok {
		return nil, fmt.Errorf("there is no layout %q", key.name)
	}
	bound, err := page.Clone()
	if err != nil {
		return nil, fmt.Errorf("copy the layout %q: %w", key.name, err)
	}
	bound = bound.Funcs(functions(locale.For(key.lang))).Lookup("base")
	t.ready[key] = bound
	return bound, nil
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
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	page, done := buf.AvailableBuffer(), false
	if program != nil {
		page, done = program.Append(page, view, mostBytes)
	}
	if done {
		buf.Write(page)
	} else if err := t.execute(buf, key, view); err != nil {
		return err
	}
	if t.rendered != nil {
		t.rendered(key, view, buf.Bytes(), done)
	}
	_, err = buf.WriteTo(w)
	return err
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

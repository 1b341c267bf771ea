package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
)

// load reads a site folder from texts.
func load(t testing.TB, files map[string]string) (*config.Config, *content.Folder) {
	t.Helper()
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	cfg, diags := config.Load(dir, "")
	folder, _, err := content.Load(dir, cfg, content.Options{Jobs: 1})
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	return cfg, folder
}

// build makes the model of a site folder, with its previews and the addresses
// that a small site has.
func build(t testing.TB, files map[string]string) (*Site, diag.List) {
	t.Helper()
	cfg, folder := load(t, files)
	s, diags := New(cfg, folder, Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Previews: true})
	generated := []string{"/", "/archive/", "/feed.xml"}
	return s, append(diags, s.Confirm(func(route string) bool { return slices.Contains(generated, route) })...)
}

// pageOf gives the page of a file, a preview's too.
func pageOf(s *Site, file string) *Page {
	for _, p := range slices.Concat(s.public(), s.Previews) {
		if p.Document.Path == file {
			return p
		}
	}
	return nil
}

// outline is what a page shows of itself and of the model.
func outline(s *Site, p *Page) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s %s %s %s %s %q %q", p.Path, p.Slug, p.ID, p.FeedID, p.Title, p.Excerpt(), p.Preview)
	say("%v %v %v %v %v %v", p.Status, p.Open, p.Published, p.Updated, p.Severity, p.ImageHosts)
	for _, terms := range [][]*Term{p.ServiceTerms, p.TagTerms, {p.Year, p.SeverityTerm}} {
		for _, t := range terms {
			if t != nil {
				say("term %s %s", t.Name, t.Path)
			}
		}
	}
	for _, pages := range [][]*Page{{p.Newer}, {p.Older}, {p.RecurrenceOf}, p.Related, p.Recurrences} {
		for _, other := range pages {
			if other != nil {
				say("page %s", other.Path)
			}
		}
	}
	for _, a := range p.Alike() {
		say("alike %s", a.Page.Path)
	}
	say("%s", p.Body().AppendHTML(nil, s.Resolver(p)))
	for l := range linksOf(&Page{Document: p.Document, links: p.Body().Links}) {
		say("%s: %v, %v", l.Dest, s.Resolver(p)(l), s.ResolverAbsolute(p)(l))
	}
	return b.String()
}

// digest is a hash of everything that can be reached from a value, functions
// left out.
func digest(v any) [32]byte {
	d := &digester{seen: map[reached]int{}}
	d.add(reflect.ValueOf(v))
	return sha256.Sum256(d.Bytes())
}

type digester struct {
	bytes.Buffer
	seen map[reached]int
}

type reached struct {
	at  uintptr
	typ reflect.Type
}

func (d *digester) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			d.WriteString("nil")
			return
		}
		key := reached{v.Pointer(), v.Type()}
		if n, ok := d.seen[key]; ok {
			fmt.Fprintf(d, "@%d", n)
			return
		}
		d.seen[key] = len(d.seen)
		d.add(v.Elem())
	case reflect.Interface:
		if !v.IsNil() {
			d.add(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			d.add(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(d, "[%d", v.Len())
		for i := range v.Len() {
			d.add(v.Index(i))
		}
	case reflect.Map:
		fmt.Fprintf(d, "{%d", v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, key := range keys {
			fmt.Fprintf(d, "%v:", key)
			d.add(v.MapIndex(key))
		}
	case reflect.String:
		fmt.Fprintf(d, "%q", v.String())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
	default:
		fmt.Fprintf(d, "%v,", v)
	}
}

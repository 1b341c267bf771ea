package content

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// fill gives every exported field something, lists and maps one element each.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth < 12 { // a tree holds trees
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), reflect.Zero(v.Type().Elem()))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth+1)
			}
		}
	}
}

// eachChange sets every exported field to something else, one at a time, and
// calls seen in between.
func eachChange(v reflect.Value, path string, seen func(path string, t reflect.Type)) {
	before := reflect.New(v.Type()).Elem()
	before.Set(v)
	defer v.Set(before)
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			for _, other := range []time.Time{time.Unix(1, 0).UTC(), time.Unix(0, 1).UTC(), time.Unix(0, 0).In(time.FixedZone("", 60)), time.Unix(0, 0).In(time.FixedZone("X", 0))} {
				v.Set(reflect.ValueOf(other))
				seen(path, v.Type())
			}
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				eachChange(v.Field(i), path+"."+f.Name, seen)
			}
		}
		return
	case reflect.Slice:
		for i := range v.Len() {
			eachChange(v.Index(i), fmt.Sprintf("%s[%d]", path, i), seen)
		}
		v.Set(reflect.Append(before, reflect.Zero(v.Type().Elem())))
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		eachChange(v.Elem(), path, seen)
		v.Set(reflect.Zero(v.Type()))
	case reflect.Map:
		other := reflect.MakeMap(v.Type())
		other.SetMapIndex(reflect.ValueOf("other"), reflect.Zero(v.Type().Elem()))
		v.Set(other)
	case reflect.Array:
		eachChange(v.Index(0), path, seen)
		return
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.5)
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	default:
		panic("no change of a " + v.Type().String())
	}
	seen(path, v.Type())
}

func TestOutlineCountsEveryField(t *testing.T) {
	d, h := &outlined{}, new(hasher)
	fill(reflect.ValueOf(d).Elem(), 0)
	document, facts := d.Document, d.Facts // which are never nil
	want, changes := h.outline(document, facts), 0
	eachChange(reflect.ValueOf(d).Elem(), "", func(path string, _ reflect.Type) {
		changes++
		name := strings.TrimPrefix(strings.TrimPrefix(path, ".Document."), ".Facts.")
		place := strings.Contains(path, "Pos.") || strings.HasSuffix(path, "Pos") || strings.Contains(path, "Span.")
		// The text itself, its links and ids do not count, nor hashes and places, nor
		// why it is what it is.
		ignored := name == "Hash" || name == "Outline" || place
		ignored = ignored || strings.HasPrefix(name, "Cuts") || strings.HasPrefix(name, "Redactions") || strings.HasPrefix(name, "Grounds") || strings.Contains(name, "Head.Internal")
		for _, list := range []string{"Blocks", "Links", "IDs", "MarkIDs"} {
			ignored = ignored || strings.HasPrefix(name, "Body."+list)
		}
		if d.Document == nil || d.Facts == nil {
			return
		}
		if same := h.outline(document, facts) == want; same != ignored {
			t.Errorf("%s: the outline is the same: %t, want %t", name, same, ignored)
		}
	})
	if changes < 200 {
		t.Errorf("only %d fields were changed", changes)
	}
	if h.outline(document, facts) != want {
		t.Error("the outline depends on something else")
	}
}

// TestOutlineLeavesOutWhatThereIs holds that the names of what is left out are
// those of fields.
func TestOutlineLeavesOutWhatThereIs(t *testing.T) {
	for owner, names := range notShown {
		for _, name := range names {
			if _, ok := owner.FieldByName(name); !ok {
				t.Errorf("%s has no field %s", owner, name)
			}
		}
	}
	if _, ok := reflect.TypeFor[markdown.Doc]().FieldByName("HasWords"); !ok {
		t.Error("a text does not say any more whether it has words")
	}
}

func TestOutlineOfAText(t *testing.T) {
	const head = "---\ntitle: Late bills\ndate: 2021-04-29\n---\n"
	const first = "Bills came late for some.\n\n"
	const rest = "## Timeline\n\n- 09:21: it broke\n- 09:40: it was repaired\n\n## Cause\n\nA disk was full.\n\n## Background\n\nWe keep bills for long.\n"
	s := newSettings(config.Default(), &Folder{Root: "content"}, Options{})
	outline := func(text string) [32]byte {
		d, diags := loadDocument("content/a.md", []byte(text), s)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return d.Outline
	}
	want := outline(head + first + rest)
	for name, text := range map[string]string{
		"prose":          head + first + strings.Replace(rest, "for long", "for ten very long hours", 1),
		"a line further": strings.Replace(head, "date", "# a comment\ndate", 1) + "\n" + first + rest,
		"a link":         head + first + rest + "\nSee [b](b.md).\n",
		"code":           head + first + rest + "\n```go\nreturn nil\n```\n",
		"emphasis":       head + first + strings.Replace(rest, "bills", "*bills*", 1),
		"in the excerpt": head + strings.Replace(first, "some", "*some*", 1) + rest,
	} {
		if outline(text) != want {
			t.Errorf("%s: another outline", name)
		}
	}
	for name, text := range map[string]string{
		"title":       strings.Replace(head, "Late", "Lost", 1) + first + rest,
		"a new field": strings.Replace(head, "title", "severity: SEV1\ntitle", 1) + first + rest,
		"the excerpt": head + strings.Replace(first, "some", "many", 1) + rest,
		"an event":    head + first + strings.Replace(rest, "it broke", "it failed", 1),
		"its time":    head + first + strings.Replace(rest, "09:21", "09:22", 1),
		"a heading":   head + first + strings.Replace(rest, "Cause", "Causes", 1),
		"no text":     head,
	} {
		if outline(text) == want {
			t.Errorf("%s: the same outline", name)
		}
	}
}

// TestOutlineEndsInARing holds that even what no parser makes is hashed.
func TestOutlineEndsInARing(t *testing.T) {
	type ring struct{ Next *ring }
	a := &ring{}
	a.Next = a
	if sum := new(hasher).sum((planner{}).of(reflect.TypeFor[ring]()), reflect.ValueOf(a).Elem()); sum == [32]byte{} {
		t.Error("no hash")
	}
}

// TestMomentsAreWhole holds that the short way to hash a moment leaves out none of
// its fields.
func TestMomentsAreWhole(t *testing.T) {
	var names []string
	moment := reflect.TypeFor[postmortem.Moment]()
	for i := range moment.NumField() {
		names = append(names, moment.Field(i).Name)
	}
	if want := []string{"Time", "Precision", "Zoned", "Approximate", "Written", "Pos"}; !slices.Equal(names, want) {
		t.Errorf("a moment has the fields %q; hashMoment knows %q", names, want)
	}
	for i, m := range []postmortem.Moment{{Precision: 1}, {Zoned: true}, {Approximate: true}, {Written: "x"}, {Time: time.Unix(5, 0)}} {
		if new(hasher).outline(&Document{Date: m}, nil) == new(hasher).outline(&Document{}, nil) {
			t.Errorf("%d: the outline has no such field", i)
		}
	}
}

func BenchmarkOutline(b *testing.B) {
	d, _ := loadDocument("content/a.md", []byte(report), newSettings(config.Default(), &Folder{Root: "content"}, Options{}))
	h := new(hasher)
	b.ReportAllocs()
	for b.Loop() {
		h.outline(d, d.facts.Get())
	}
}

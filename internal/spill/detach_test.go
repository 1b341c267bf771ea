package spill

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"
)

// sample has strings in every place where Detach looks for them.
type sample struct {
	Text  string
	name  named
	At    time.Time
	Parts []part
	Pair  [2]part
	Next  *sample
	Lists [][]string
	Ints  []int
	Call  func() string
}

type named string

type part struct {
	n    int
	Text string
}

// TestDetach: a value says what it said, and nothing of it is a part of the text.
func TestDetach(t *testing.T) {
	text := strings.Clone("It broke at nine and was repaired at ten.")
	make := func(text string) *sample {
		return &sample{
			Text: text[:8], name: named(text[12:16]), At: time.Date(2021, 4, 29, 9, 0, 0, 0, time.FixedZone("X", 3600)),
			Parts: []part{{1, text[3:8]}, {2, "elsewhere"}, {3, ""}}, Pair: [2]part{{4, text[:2]}, {5, text}},
			Next: &sample{Text: text[21:], Lists: [][]string{nil, {text[3:4], text[len(text)-1:]}}}, Ints: []int{1},
		}
	}
	v, want := make(text), make(strings.Clone(text))
	begin, end := strings.Repeat("<", 3)+text, text+">"
	outside := &sample{Text: begin[3:], Parts: []part{{1, end[:5]}}}
	v.Next.Next = outside
	want.Next.Next = outside
	if n := inside(reflect.ValueOf(v), text); n != 8 {
		t.Fatalf("%d strings are parts of the text", n)
	}
	Detach(v, text)
	if n := inside(reflect.ValueOf(v), text); n != 0 {
		t.Errorf("%d strings are parts of the text", n)
	}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got %+v", v)
	}
	if unsafe.StringData(outside.Text) != unsafe.StringData(begin[3:]) {
		t.Error("a string elsewhere was copied")
	}
	Detach(v, "")
	Detach(&text, text)
}

// inside counts the strings within a value that are parts of a text.
func inside(v reflect.Value, text string) int {
	n := 0
	switch v.Kind() {
	case reflect.String:
		p := uintptr(unsafe.Pointer(unsafe.StringData(v.String())))
		begin := uintptr(unsafe.Pointer(unsafe.StringData(text)))
		if v.Len() > 0 && p >= begin && p < begin+uintptr(len(text)) {
			n = 1
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += inside(v.Field(i), text)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			n += inside(v.Index(i), text)
		}
	case reflect.Pointer:
		if !v.IsNil() && strings.HasPrefix(v.Type().Elem().PkgPath(), "publish/") {
			n = inside(v.Elem(), text)
		}
	}
	return n
}

// TestDetachRefuses: a place that it does not look into is no silence.
func TestDetachRefuses(t *testing.T) {
	for _, detach := range []func(){
		func() { Detach(&struct{ m map[string]string }{}, "x") },
		func() { Detach(&struct{ v any }{}, "x") },
	} {
		func() {
			defer func() {
				if said := fmt.Sprint(recover()); !strings.HasPrefix(said, "nothing is detached in a ") {
					t.Error(said)
				}
			}()
			detach()
		}()
	}
}

package spill

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// sample has fields of all kinds that Detach and PutValue look into.
type sample struct {
	Text  string
	name  named
	At    time.Time
	Parts []part
	Pair  [2]part
	Next  *sample
	Lists [][]string
	Ints  []int32
	Share float64
	Call  func() string
}

type named string

type part struct {
	n    int
	Text string
	odd  [3]bool
}

// TestDetach: a value says what it said, and nothing of it is a part of a text that
// it came from.
func TestDetach(t *testing.T) {
	text := strings.Clone("It broke at nine and was repaired at ten.")
	shared := strings.Clone(text[30:])
	make := func(text string) *sample {
		return &sample{
			Text: text[:8], name: named(text[12:16]), At: time.Date(2021, 4, 29, 9, 0, 0, 0, time.FixedZone("X", 3600)),
			Parts: []part{{n: 1, Text: text[3:8]}, {n: 2, Text: "elsewhere"}, {n: 3}}, Pair: [2]part{{n: 4, Text: text[:2]}, {n: 5, Text: text}},
			Next: &sample{Text: text[21:], Lists: [][]string{nil, {text[3:4], text[30:], text[len(text)-1:]}}}, Ints: []int32{1},
		}
	}
	v, want := make(text), make(strings.Clone(text))
	if n := inside(reflect.ValueOf(v), text); n != 9 {
		t.Fatalf("%d strings are parts of the text", n)
	}
	Detach(v, "another", shared)
	if n := inside(reflect.ValueOf(v), text); n != 0 {
		t.Errorf("%d strings are parts of the text", n)
	}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got %+v", v)
	}
	if unsafe.StringData(v.Next.Lists[1][1]) != unsafe.StringData(shared) {
		t.Error("what is shared was copied")
	}
	empty := sample{}
	Detach(&empty)
	Detach(&text)
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

// TestRefused: a place that nobody looks into is no silence.
func TestRefused(t *testing.T) {
	f := New(0)
	defer f.Close()
	other := New(0)
	defer other.Close()
	for want, do := range map[string]func(){
		"nothing is found in a map[string]string": func() { Detach(&struct{ m map[string]string }{}) },
		"nothing is found in a interface {}":      func() { Detach(&struct{ v any }{}) },
		"a func() string cannot be put away":      func() { PutValue(f, &sample{}) },
		"a sync.Mutex cannot be put away":         func() { PutValue(f, &struct{ list []struct{ m sync.Mutex } }{make([]struct{ m sync.Mutex }, 1)}) },
		"a text of another file":                  func() { PutValue(f, &struct{ Text }{other.Put("x")}) },
	} {
		func() {
			defer func() {
				if said := fmt.Sprint(recover()); said != want {
					t.Errorf("got %q, want %q", said, want)
				}
			}()
			do()
		}()
	}
}

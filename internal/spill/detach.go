package spill

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"
)

// Detach gives all strings within a value that are parts of a text a memory of
// their own, so that none of them holds on to the whole text. It follows the
// pointers to types of this module, which nobody else may be using yet where
// they lead to such a string.
func Detach[T any](v *T, text string) {
	if text == "" {
		return
	}
	begin := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	d := detaching{begin: begin, end: begin + uintptr(len(text))}
	d.in(unsafe.Pointer(v), layoutOf(reflect.TypeFor[T]()))
	if len(d.found) == 0 {
		return
	}
	var all strings.Builder
	all.Grow(d.length)
	for _, s := range d.found {
		from := all.Len()
		all.WriteString(*s)
		*s = all.String()[from:]
	}
}

// detaching is one walk through a value.
type detaching struct {
	begin, end uintptr // of the text
	found      []*string
	length     int // of what was found
}

func (d *detaching) in(at unsafe.Pointer, l *layout) {
	for _, offset := range l.strings {
		s := (*string)(unsafe.Add(at, offset))
		if p := uintptr(unsafe.Pointer(unsafe.StringData(*s))); p >= d.begin && p < d.end && *s != "" {
			d.found = append(d.found, s)
			d.length += len(*s)
		}
	}
	for _, p := range l.pointers {
		if to := *(*unsafe.Pointer)(unsafe.Add(at, p.offset)); to != nil {
			d.in(to, p.to)
		}
	}
	for _, s := range l.slices {
		// Slices of all types have the same header.
		items := *(*[]struct{})(unsafe.Add(at, s.offset))
		first := unsafe.Pointer(unsafe.SliceData(items))
		for i := range items {
			d.in(unsafe.Add(first, uintptr(i)*s.size), s.of)
		}
	}
}

// layout says where in the values of a type strings may be.
type layout struct {
	strings  []uintptr
	pointers []pointer
	slices   []slice
}

type pointer struct {
	offset uintptr
	to     *layout
}

type slice struct {
	offset, size uintptr // size is that of an item
	of           *layout
}

// layouts are those that were asked for, by type: they are found once.
var layouts = struct {
	sync.Mutex
	of map[reflect.Type]*layout
}{of: make(map[reflect.Type]*layout)}

func layoutOf(t reflect.Type) *layout {
	layouts.Lock()
	defer layouts.Unlock()
	return layoutWithin(t)
}

func layoutWithin(t reflect.Type) *layout {
	l := layouts.of[t]
	if l == nil {
		l = &layout{}
		layouts.of[t] = l // a type may lead to itself
		l.add(t, 0)
	}
	return l
}

func (l *layout) add(t reflect.Type, offset uintptr) {
	switch t.Kind() {
	case reflect.String:
		l.strings = append(l.strings, offset)
	case reflect.Struct:
		if !ours(t) {
			return
		}
		for i := range t.NumField() {
			l.add(t.Field(i).Type, offset+t.Field(i).Offset)
		}
	case reflect.Array:
		for i := range t.Len() {
			l.add(t.Elem(), offset+uintptr(i)*t.Elem().Size())
		}
	case reflect.Slice:
		if !isPlain(t.Elem()) {
			l.slices = append(l.slices, slice{offset, t.Elem().Size(), layoutWithin(t.Elem())})
		}
	case reflect.Pointer:
		if ours(t.Elem()) {
			l.pointers = append(l.pointers, pointer{offset, layoutWithin(t.Elem())})
		}
	case reflect.Map, reflect.Interface:
		panic(fmt.Sprintf("nothing is detached in a %s", t))
	}
}

// ours says whether a type is of this module, or has no name.
func ours(t reflect.Type) bool { return t.Name() == "" || strings.HasPrefix(t.PkgPath(), "publish/") }

// isPlain says that a type is a number.
func isPlain(t reflect.Type) bool { return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Complex128 }

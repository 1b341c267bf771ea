package spill

import (
	"reflect"
	"strings"
	"unsafe"
)

// Detach gives all strings within a value a memory of their own, so that none of
// them holds on to a text that it is a part of; one that says the same as one of
// shared becomes that. It follows the pointers to types of this module, where
// nobody else may be reading yet.
func Detach[T any](v *T, shared ...string) {
	d := detaching{shared: shared}
	d.in(unsafe.Pointer(v), layoutOf(reflect.TypeFor[T]()))
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
	shared []string
	found  []*string
	length int // of what was found
}

func (d *detaching) in(at unsafe.Pointer, l *layout) {
	for _, offset := range l.strings {
		d.meet((*string)(unsafe.Add(at, offset)))
	}
	for _, p := range l.pointers {
		if to := *(*unsafe.Pointer)(unsafe.Add(at, p.offset)); to != nil {
			d.in(to, p.to)
		}
	}
	for _, s := range l.slices {
		if s.of == nil {
			continue
		}
		first, n := s.items(at)
		for i := range n {
			d.in(unsafe.Add(first, uintptr(i)*s.size), s.of)
		}
	}
}

func (d *detaching) meet(s *string) {
	if *s == "" {
		return
	}
	if i := sharedIndex(d.shared, *s); i >= 0 {
		*s = d.shared[i]
		return
	}
	d.found = append(d.found, s)
	d.length += len(*s)
}

// sharedIndex finds a text among others, -1 if it is none of them.
func sharedIndex(shared []string, s string) int {
	for i := range shared {
		if shared[i] == s {
			return i
		}
	}
	return -1
}

// items are the items of a slice in a value at a place. Slices of all types have
// the same header.
func (s *slice) items(at unsafe.Pointer) (first unsafe.Pointer, n int) {
	items := *(*[]struct{})(unsafe.Add(at, s.offset))
	return unsafe.Pointer(unsafe.SliceData(items)), len(items)
}

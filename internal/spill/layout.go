package spill

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// layout says what lies where in the values of a type. Fields of types that are
// not of this module are nowhere in it, but for those that are named here.
type layout struct {
	words    []stretch // numbers, and all else that leads nowhere
	strings  []uintptr
	pointers []pointer
	slices   []slice
	times    []uintptr // of type time.Time
	files    []uintptr // of type *File
	// unknown is what nobody here knows how to put away, by its first field; nil
	// if there is no such field.
	unknown reflect.Type

	end uintptr // of the field that was added last
}

// stretch is some bytes of a value without a pointer.
type stretch struct{ offset, size uintptr }

type pointer struct {
	offset uintptr
	typ    reflect.Type // of what it leads to
	to     *layout
}

type slice struct {
	offset, size uintptr      // size is that of an item
	typ          reflect.Type // of the slice
	of           *layout      // nil for items that are a stretch as a whole
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
	case reflect.Struct:
		l.structure(t, offset)
		return
	case reflect.Array:
		for i := range t.Len() {
			l.add(t.Elem(), offset+uintptr(i)*t.Elem().Size())
		}
		return
	case reflect.String:
		l.strings = append(l.strings, offset)
	case reflect.Slice:
		s := slice{offset, t.Elem().Size(), t, nil}
		if !isPlain(t.Elem()) {
			s.of = layoutWithin(t.Elem())
		}
		l.slices = append(l.slices, s)
	case reflect.Pointer:
		l.pointer(t, offset)
	case reflect.Map, reflect.Interface:
		panic(fmt.Sprintf("nothing is found in a %s", t))
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		l.miss(t)
	default:
		l.plain(offset, t.Size())
	}
	l.end = offset + t.Size()
}

func (l *layout) structure(t reflect.Type, offset uintptr) {
	switch {
	case t == reflect.TypeFor[time.Time]():
		l.times = append(l.times, offset)
		l.end = offset + t.Size()
	case !ours(t):
		l.miss(t)
		l.end = offset + t.Size()
	default:
		for i := range t.NumField() {
			l.add(t.Field(i).Type, offset+t.Field(i).Offset)
		}
	}
}

func (l *layout) pointer(t reflect.Type, offset uintptr) {
	switch {
	case t == reflect.TypeFor[*File]():
		l.files = append(l.files, offset)
	case ours(t.Elem()):
		l.pointers = append(l.pointers, pointer{offset, t.Elem(), layoutWithin(t.Elem())})
	default:
		l.miss(t)
	}
}

func (l *layout) miss(t reflect.Type) {
	if l.unknown == nil {
		l.unknown = t
	}
}

// plain adds bytes without a pointer. Between two fields there may be bytes that
// mean nothing, which go with them.
func (l *layout) plain(offset, size uintptr) {
	if n := len(l.words); n > 0 && l.words[n-1].offset+l.words[n-1].size == l.end {
		l.words[n-1].size = offset + size - l.words[n-1].offset
		return
	}
	l.words = append(l.words, stretch{offset, size})
}

// ours says whether a type is of this module, or has no name.
func ours(t reflect.Type) bool { return t.Name() == "" || strings.HasPrefix(t.PkgPath(), "publish/") }

// isPlain says that a type is a number.
func isPlain(t reflect.Type) bool { return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Complex128 }

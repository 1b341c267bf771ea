package spill

import (
	"reflect"
	"sync"
	"unsafe"
	"weak"
)

// Value is a value that was put away, or never was. It does not change, and can be
// read until its File is closed.
type Value[T any] struct {
	held   *T // nil if it is away
	away   Text
	shared []string

	mu   sync.Mutex
	read weak.Pointer[T] // as long as somebody has what was read last
}

// ValueOf is a value in memory.
func ValueOf[T any](v *T) *Value[T] { return &Value[T]{held: v} }

// PutValue puts a value away that will not change any more. What it holds may be
// numbers, strings, times, slices, arrays and structs of this module, and pointers to
// those that lead nowhere twice. Strings that say the same as one of shared become
// that when they are read. It panics where a type holds anything else.
func PutValue[T any](f *File, v *T, shared ...string) *Value[T] {
	if f == nil || v == nil || f.roomy() {
		return ValueOf(v)
	}
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.reset(f, shared)
	w.value(unsafe.Pointer(v), layoutOf(reflect.TypeFor[T]()))
	away := f.Put(unsafe.String(unsafe.SliceData(w.bytes()), len(w.bytes())))
	if !away.Away() {
		return ValueOf(v)
	}
	return &Value[T]{away: away, shared: shared}
}

// Away says that the value is not in memory.
func (v *Value[T]) Away() bool { return v != nil && v.away.Away() }

// Get is the value, nil of a nil Value. It must not be changed. Who asks twice gets
// the same as long as somebody still has it. It panics with a *Lost where the disk
// does not give it back.
func (v *Value[T]) Get() *T {
	switch {
	case v == nil:
		return nil
	case !v.away.Away():
		return v.held
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if read := v.read.Value(); read != nil {
		return read
	}
	read := new(T)
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.reset(v.away, v.shared)
	r.value(unsafe.Pointer(read), layoutOf(reflect.TypeFor[T]()))
	v.read = weak.Make(read)
	return read
}

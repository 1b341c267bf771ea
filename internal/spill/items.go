package spill

import "unsafe"

// Items is a list that was put away, or never was. It does not change, and can be
// read until its File is closed.
type Items[T any] struct {
	memory []T
	away   Text
}

// ItemsOf is a list in memory.
func ItemsOf[T any](items []T) Items[T] { return Items[T]{memory: items} }

// PutItems puts a list away. Its items must not hold pointers, or strings: the
// disk takes them as they are.
func PutItems[T any](f *File, items Items[T]) Items[T] {
	list := items.All()
	text := f.Put(unsafe.String((*byte)(unsafe.Pointer(unsafe.SliceData(list))), size(list)))
	if !text.Away() {
		return ItemsOf(list)
	}
	return Items[T]{away: text}
}

// All is the list, which must not be changed. It panics with a *Lost where the disk
// does not give it back.
func (l Items[T]) All() []T {
	if !l.away.Away() {
		return l.memory
	}
	var one T
	list := make([]T, l.away.Len()/int(unsafe.Sizeof(one)))
	l.away.read(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), size(list)))
	return list
}

// size is how many bytes the items of a list take.
func size[T any](list []T) int {
	var one T
	return len(list) * int(unsafe.Sizeof(one))
}

package spill

import (
	"slices"
	"sync"
	"unsafe"
)

// Room is memory in which texts are read that nobody keeps.
type Room struct{ bytes []byte }

// mostKept is how many bytes of a room are kept for whoever comes next.
const mostKept = 1 << 20

var rooms = sync.Pool{New: func() any { return new(Room) }}

// NewRoom gives an empty room, which may be one that was used before.
func NewRoom() *Room { return rooms.Get().(*Room) }

// Lend gives a text, which is good until the room is done. It panics as
// Text.String does.
func (r *Room) Lend(t Text) string {
	if t.in == nil {
		return t.memory
	}
	from := len(r.bytes)
	r.bytes = slices.Grow(r.bytes, t.size)[:from+t.size]
	b := r.bytes[from:]
	t.read(b)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Done ends the life of all that was lent.
func (r *Room) Done() {
	if r.bytes = r.bytes[:0]; cap(r.bytes) <= mostKept {
		rooms.Put(r)
	}
}

package spill

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// The image of a value is a row of numbers, then the bytes of all its strings. The
// numbers stand in the order of the value's layout: those of its stretches, eight
// bytes each; for a string 0 if it is empty, else its length and so on as stringCode
// says; for a pointer 0 or 1, for a slice 0 or its length and 1, each with what it
// leads to behind it; for a time its second, its nanosecond and its zone. Most of a
// value is zero: before each number that is not stands how many zeros there were.
// Images are read by the process that wrote them.

// writer makes images, in memory that is used again.
type writer struct {
	in     *File
	shared []string
	row    []byte
	zeros  uint64
	texts  []byte
	whole  []byte
}

var writers = sync.Pool{New: func() any { return new(writer) }}

func (w *writer) reset(f *File, shared []string) {
	w.in, w.shared, w.row, w.zeros, w.texts = f, shared, w.row[:0], 0, w.texts[:0]
}

// bytes is the image.
func (w *writer) bytes() []byte {
	w.whole = binary.AppendUvarint(w.whole[:0], uint64(len(w.row)))
	w.whole = append(append(w.whole, w.row...), w.texts...)
	return w.whole
}

func (w *writer) number(n uint64) {
	if n == 0 {
		w.zeros++
		return
	}
	w.row = binary.AppendUvarint(binary.AppendUvarint(w.row, w.zeros), n)
	w.zeros = 0
}

func (w *writer) value(at unsafe.Pointer, l *layout) {
	if l.unknown != nil {
		panic(fmt.Sprintf("a %s cannot be put away", l.unknown))
	}
	for _, s := range l.words {
		w.stretch(unsafe.Slice((*byte)(unsafe.Add(at, s.offset)), s.size))
	}
	for _, offset := range l.strings {
		w.string(*(*string)(unsafe.Add(at, offset)))
	}
	for _, offset := range l.times {
		w.time(*(*time.Time)(unsafe.Add(at, offset)))
	}
	for _, p := range l.pointers {
		to := *(*unsafe.Pointer)(unsafe.Add(at, p.offset))
		if to == nil {
			w.number(0)
			continue
		}
		w.number(1)
		w.value(to, p.to)
	}
	for i := range l.slices {
		w.slice(&l.slices[i], at)
	}
	for _, offset := range l.files {
		w.file(*(**File)(unsafe.Add(at, offset)))
	}
}

func (w *writer) stretch(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		w.number(binary.NativeEndian.Uint64(b))
	}
	if len(b) > 0 {
		var last [8]byte
		copy(last[:], b)
		w.number(binary.LittleEndian.Uint64(last[:]))
	}
}

func (w *writer) slice(s *slice, at unsafe.Pointer) {
	first, n := s.items(at)
	if first == nil {
		w.number(0)
		return
	}
	w.number(uint64(n) + 1)
	if s.of == nil {
		w.stretch(unsafe.Slice((*byte)(first), uintptr(n)*s.size))
		return
	}
	for i := range n {
		w.value(unsafe.Add(first, uintptr(i)*s.size), s.of)
	}
}

// string writes 0 for "", the number of a shared text from 1, or the length and the
// number of shared texts.
func (w *writer) string(s string) {
	if s == "" {
		w.number(0)
		return
	}
	if i := sharedIndex(w.shared, s); i >= 0 {
		w.number(uint64(i) + 1)
		return
	}
	w.number(uint64(len(s) + len(w.shared)))
	w.texts = append(w.texts, s...)
}

// beforeYear1 is the second of a time.Time that is zero.
var beforeYear1 = time.Time{}.Unix()

func (w *writer) time(t time.Time) {
	w.number(uint64(t.Unix() - beforeYear1))
	w.number(uint64(t.Nanosecond()))
	w.number(w.in.zones.number(t))
}

func (w *writer) file(f *File) {
	switch f {
	case nil:
		w.number(0)
	case w.in:
		w.number(1)
	default:
		panic("a text of another file")
	}
}

// reader reads images, in memory that is used again.
type reader struct {
	in     *File
	shared []string
	image  []byte
	row    []byte
	zeros  uint64 // still to be given
	next   uint64 // the number behind them
	texts  []byte
}

var readers = sync.Pool{New: func() any { return new(reader) }}

func (r *reader) reset(image Text, shared []string) {
	if cap(r.image) < image.Len() {
		r.image = make([]byte, image.Len(), image.Len()*3/2)
	}
	r.image = r.image[:image.Len()]
	image.read(r.image)
	length, n := binary.Uvarint(r.image)
	r.in, r.shared = image.in, shared
	r.row = r.image[n : n+int(length)]
	r.texts = r.image[n+int(length):]
	r.skip()
}

// skip reads how many zeros follow, and the number behind them.
func (r *reader) skip() {
	if len(r.row) == 0 {
		r.zeros = ^uint64(0) // nothing but zeros is left
		return
	}
	var n int
	r.zeros, n = binary.Uvarint(r.row)
	r.row = r.row[n:]
	r.next, n = binary.Uvarint(r.row)
	r.row = r.row[n:]
}

func (r *reader) number() uint64 {
	if r.zeros > 0 {
		r.zeros--
		return 0
	}
	n := r.next
	r.skip()
	return n
}

// value fills a value that is zero.
func (r *reader) value(at unsafe.Pointer, l *layout) {
	for _, s := range l.words {
		r.stretch(unsafe.Slice((*byte)(unsafe.Add(at, s.offset)), s.size))
	}
	for _, offset := range l.strings {
		if s := r.string(); s != "" {
			*(*string)(unsafe.Add(at, offset)) = s
		}
	}
	for _, offset := range l.times {
		r.time((*time.Time)(unsafe.Add(at, offset)))
	}
	for _, p := range l.pointers {
		if r.number() == 0 {
			continue
		}
		to := reflect.New(p.typ).UnsafePointer()
		*(*unsafe.Pointer)(unsafe.Add(at, p.offset)) = to
		r.value(to, p.to)
	}
	for i := range l.slices {
		r.slice(&l.slices[i], at)
	}
	for _, offset := range l.files {
		if r.number() != 0 {
			*(**File)(unsafe.Add(at, offset)) = r.in
		}
	}
}

func (r *reader) stretch(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		if r.zeros > 0 {
			r.zeros--
			continue
		}
		binary.NativeEndian.PutUint64(b, r.number())
	}
	if len(b) > 0 {
		var last [8]byte
		binary.LittleEndian.PutUint64(last[:], r.number())
		copy(b, last[:])
	}
}

func (r *reader) slice(s *slice, at unsafe.Pointer) {
	n := int(r.number()) - 1
	if n < 0 {
		return
	}
	first := reflect.MakeSlice(s.typ, n, n).UnsafePointer()
	*(*[]struct{})(unsafe.Add(at, s.offset)) = unsafe.Slice((*struct{})(first), n)
	if s.of == nil {
		r.stretch(unsafe.Slice((*byte)(first), uintptr(n)*s.size))
		return
	}
	for i := range n {
		r.value(unsafe.Add(first, uintptr(i)*s.size), s.of)
	}
}

func (r *reader) string() string {
	n := int(r.number())
	switch {
	case n == 0:
		return ""
	case n <= len(r.shared):
		return r.shared[n-1]
	}
	n -= len(r.shared)
	s := string(r.texts[:n]) // on its own: who keeps it keeps nothing else
	r.texts = r.texts[n:]
	return s
}

func (r *reader) time(to *time.Time) {
	second, nano := int64(r.number())+beforeYear1, int64(r.number())
	*to = time.Unix(second, nano).In(r.in.zones.location(r.number()))
}

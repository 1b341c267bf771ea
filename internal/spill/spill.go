// Package spill keeps most of a site out of memory: behind a number of bytes, texts
// and what was read from them lie in a temporary file. A build asks for each of them
// two or three times, and its memory would be made of them otherwise.
package spill

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"unsafe"
)

// File is where texts are put. A nil File keeps all of them in memory. It may be
// used by many goroutines.
type File struct {
	folder string // for temporary files, "" for the system's

	mu   sync.Mutex
	room int64 // bytes that may still stay in memory
	file *os.File
	end  int64
	// named says that the file could not be removed while it is open.
	named bool
	full  bool // the disk takes no more, or never took any
	done  bool // it is closed

	zones zones // of the times in values
}

// New makes a File that leaves the first bytes in memory and puts what comes then
// on the disk. Where the disk takes nothing, memory does.
func New(room int64) *File { return &File{room: room} }

// Text is a text that was put away, or never was. It does not change, and can be
// read until its File is closed.
type Text struct {
	memory string
	in     *File // nil if it is in memory
	at     int64
	size   int
}

// Of is a text in memory.
func Of(text string) Text { return Text{memory: text, size: len(text)} }

// Copy puts a text away that will be changed or forgotten.
func (f *File) Copy(text []byte) Text {
	t := f.Put(unsafe.String(unsafe.SliceData(text), len(text)))
	t.memory = strings.Clone(t.memory)
	return t
}

// Put puts a text away.
func (f *File) Put(text string) Text {
	if f == nil {
		return Of(text)
	}
	at, ok := f.reserve(len(text))
	if !ok {
		return Of(text)
	}
	if _, err := f.file.WriteAt(unsafe.Slice(unsafe.StringData(text), len(text)), at); err != nil {
		f.refuse()
		return Of(text)
	}
	return Text{in: f, at: at, size: len(text)}
}

// reserve gives the place in the file for so many bytes; not ok if they stay in
// memory.
func (f *File) reserve(size int) (at int64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.room -= int64(size); f.room >= 0 || f.full || size == 0 {
		return 0, false
	}
	if f.file == nil {
		if f.full = !f.open(); f.full {
			return 0, false
		}
	}
	at = f.end
	f.end += int64(size)
	return at, true
}

// roomy says that memory takes more.
func (f *File) roomy() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.room > 0 || f.full
}

// refuse lets all that comes now stay in memory.
func (f *File) refuse() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.full = true
}

// open makes the file. Nobody needs its name: where the system lets it be removed
// while it is open, it vanishes with the program however that ends.
func (f *File) open() bool {
	file, err := os.CreateTemp(f.folder, "publish-texts-*")
	if err != nil {
		return false
	}
	f.file, f.named = file, os.Remove(file.Name()) != nil
	return true
}

// Close removes the file. No text of it can be read any more.
func (f *File) Close() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil || f.done {
		return nil
	}
	f.full, f.done = true, true
	err := f.file.Close()
	if f.named {
		err = errors.Join(err, os.Remove(f.file.Name()))
	}
	return err
}

// Away says that the text is not in memory.
func (t Text) Away() bool { return t.in != nil }

// Len is the length in bytes.
func (t Text) Len() int { return t.size }

// String is the text. It panics with a *Lost where the disk does not give it back.
func (t Text) String() string {
	b := t.Bytes()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Bytes is the text as bytes that must not be changed. It panics as String does.
func (t Text) Bytes() []byte {
	if t.in == nil {
		return unsafe.Slice(unsafe.StringData(t.memory), len(t.memory))
	}
	b := make([]byte, t.size)
	t.read(b)
	return b
}

// read reads a text that is away.
func (t Text) read(into []byte) {
	if _, err := t.in.file.ReadAt(into, t.at); err != nil {
		panic(&Lost{err})
	}
}

// Lost is a text that the disk did not give back.
type Lost struct{ err error }

func (l *Lost) Error() string {
	return fmt.Sprintf("a text that was put into a temporary file cannot be read again: %v", l.err)
}

// LostIn is the Lost that somebody recovered from, in its own goroutine or behind
// one; nil if it was something else.
func LostIn(recovered any) *Lost {
	err, _ := recovered.(error)
	lost, _ := errors.AsType[*Lost](err)
	return lost
}

func (l *Lost) Unwrap() error { return l.err }

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
	"sync/atomic"
	"unsafe"
)

// batch is how many bytes are written at once, unless one text has more. Each text by
// itself was five writes for a report.
const batch = 256 << 10

// File is where texts are put. A nil File keeps all of them in memory. It may be
// used by many goroutines.
type File struct {
	folder string // for temporary files, "" for the system's

	mu      sync.Mutex
	room    int64 // bytes that may still stay in memory
	file    *os.File
	written atomic.Int64 // bytes in the file
	waiting []byte       // what comes behind them
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
	f.mu.Lock()
	defer f.mu.Unlock()
	at, ok := f.add(text)
	if !ok {
		return Of(text)
	}
	return Text{in: f, at: at, size: len(text)}
}

// add gives the place in the file of a text; not ok if it stays in memory.
func (f *File) add(text string) (at int64, ok bool) {
	if f.room -= int64(len(text)); f.room >= 0 || f.full || text == "" {
		return 0, false
	}
	if f.file == nil {
		if f.full = !f.open(); f.full {
			return 0, false
		}
	}
	if len(f.waiting)+len(text) > batch {
		if !f.write(f.waiting) {
			return 0, false // what waits stays where it is
		}
		f.waiting = f.waiting[:0]
	}
	at = f.written.Load() + int64(len(f.waiting))
	if len(text) > batch {
		return at, f.write(unsafe.Slice(unsafe.StringData(text), len(text)))
	}
	f.waiting = append(f.waiting, text...)
	return at, true
}

// write writes at the end of the file. A disk that refuses is not asked again.
func (f *File) write(b []byte) bool {
	if _, err := f.file.WriteAt(b, f.written.Load()); err != nil {
		f.full = true
		return false
	}
	f.written.Add(int64(len(b)))
	return true
}

// roomy says that memory takes more.
func (f *File) roomy() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.room > 0 || f.full
}

// open makes the file. Nobody needs its name: where the system lets it be removed
// while it is open, it vanishes with the program however that ends.
func (f *File) open() bool {
	file, err := os.CreateTemp(f.folder, "publish-texts-*")
	if err != nil {
		return false
	}
	f.file, f.named, f.waiting = file, os.Remove(file.Name()) != nil, make([]byte, 0, batch)
	return true
}

// Close removes the file. No text of it can be read any more.
func (f *File) Close() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	opened := f.file != nil && !f.done
	f.full, f.done, f.waiting = true, true, nil
	if !opened {
		return nil
	}
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
	if t.at >= t.in.written.Load() && t.in.readWaiting(t.at, into) {
		return
	}
	if _, err := t.in.file.ReadAt(into, t.at); err != nil {
		panic(&Lost{err})
	}
}

// readWaiting reads what is not in the file yet. It may have got there meanwhile, or
// nowhere any more.
func (f *File) readWaiting(at int64, into []byte) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at -= f.written.Load()
	if at < 0 || f.done {
		return false
	}
	copy(into, f.waiting[at:])
	return true
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

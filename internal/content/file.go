package content

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"sync/atomic"
)

// File is a file that a document may refer to: an image, a log, a PDF.
type File struct {
	Path string // from the site folder, as the disk spells it
	Size int64
	// Read gives the bytes.
	Read func() ([]byte, error)

	open  func() (fs.File, error) // nil in a File that a test made
	hash  atomic.Pointer[[sha256.Size]byte]
	shape atomic.Pointer[Shape]
	leaks atomic.Pointer[fileLeaks]
	// raw are the bytes of a drawing between the look for leaks and that at its
	// shape, so that it is read once.
	raw atomic.Pointer[[]byte]
}

// Shape is what a page that shows the file as an image has to know of it.
type Shape struct {
	Width, Height int // in pixels; 0 if unknown
	// Fault says why no browser shows it as an image ("is empty"), "" if it may.
	Fault string
	// Changed says that it is a drawing that is not published as it is.
	Changed bool
	// Told says that it told of place, camera or persons, which is cut; Place
	// that it tells of its place and cannot be cut.
	Told, Place bool
}

// Shape gives the file's shape, which find finds out of the bytes: once, since
// a File outlives the models of a site. Without bytes there is none.
func (f *File) Shape(find func(raw []byte) Shape) Shape {
	if known := f.shape.Load(); known != nil {
		return *known
	}
	raw := f.raw.Swap(nil)
	if raw == nil {
		read, err := f.Read()
		if err != nil {
			return Shape{}
		}
		raw = &read
	}
	shape := find(*raw)
	f.shape.Store(&shape)
	return shape
}

// newFile describes a file of the folder.
func newFile(fsys fs.FS, name string, size int64) *File {
	return &File{
		Path: name, Size: size,
		Read: func() ([]byte, error) { return fs.ReadFile(fsys, name) },
		open: func() (fs.File, error) { return fsys.Open(name) },
	}
}

// Hash is the SHA-256 of the bytes. They are read once: a Reader gives another
// File for a file that has changed.
func (f *File) Hash() ([sha256.Size]byte, error) {
	if known := f.hash.Load(); known != nil {
		return *known, nil
	}
	sum, err := f.sum()
	if err != nil {
		return sum, err
	}
	f.hash.Store(&sum)
	return sum, nil
}

// sum reads the bytes piece by piece, since a file may be a film.
func (f *File) sum() (sum [sha256.Size]byte, err error) {
	if f.open == nil {
		raw, err := f.Read()
		return sha256.Sum256(raw), err
	}
	file, err := f.open()
	if err != nil {
		return sum, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	return sum, nil
}

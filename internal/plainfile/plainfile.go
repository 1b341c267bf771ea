// Package plainfile opens files and folders, and nothing else.
//
// Whoever opens a pipe waits until somebody writes, and whoever reads a device may
// read for ever. To look at a file before it is opened is not enough: what is a
// file in a list of its folder may be a pipe when it is opened.
package plainfile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// ErrNoFile is the error of what is neither a file nor a folder.
var ErrNoFile = errors.New("it is neither a file nor a folder")

// errFolder is the error of a folder in the place of a file.
var errFolder = errors.New("it is a folder, not a file")

// Opener is os.OpenFile, or that of a folder which no link leads out of.
type Opener func(name string, flag int, mode fs.FileMode) (*os.File, error)

// Open opens a file or a folder for reading, and waits for nothing. It refuses
// what is neither.
func Open(open Opener, name string) (*os.File, error) {
	file, _, err := opened(open, name, os.O_RDONLY)
	return file, err
}

// opened opens as Open does, for what the flag says, and says what it opened.
func opened(open Opener, name string, flag int) (*os.File, fs.FileInfo, error) {
	file, err := open(name, flag|AtOnce, 0o644)
	if errors.Is(err, syscall.ENXIO) { // of a socket
		err = &fs.PathError{Op: "open", Path: name, Err: ErrNoFile}
	}
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: ErrNoFile}
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// AtOnce is the flag of a file that is opened without waiting for whoever holds the
// other end of it. Windows has no pipes among its files.
var AtOnce = func() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return syscall.O_NONBLOCK
}()

// Read gives the bytes of a file, opened in the same way.
func Read(open Opener, name string) ([]byte, error) {
	file, info, err := opened(open, name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errFolder}
	}
	var text bytes.Buffer
	text.Grow(int(min(info.Size(), 1<<30)) + bytes.MinRead) // so that it is read at once
	_, err = text.ReadFrom(file)
	return text.Bytes(), err
}

// Append writes behind what a file holds, opened in the same way. One that is not
// there is made.
func Append(open Opener, name, text string) error {
	file, _, err := opened(open, name, os.O_WRONLY|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// Folder is a folder whose files are opened so. No link leads out of it.
type Folder struct{ root *os.Root }

// Below gives the folder that was opened as root.
func Below(root *os.Root) Folder { return Folder{root} }

// Open opens a file or a folder.
func (f Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, info, err := opened(f.root.OpenFile, name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	return known{file, info}, nil
}

// known is an open file of which the system need not be asked again what it is.
type known struct {
	*os.File
	info fs.FileInfo
}

// Stat tells what the file was when it was opened.
func (f known) Stat() (fs.FileInfo, error) { return f.info, nil }

// Stat tells of what is behind links.
func (f Folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.root.FS(), name) }

// Lstat tells of a link itself.
func (f Folder) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.root.FS(), name) }

// ReadLink tells where a link leads.
func (f Folder) ReadLink(name string) (string, error) { return fs.ReadLink(f.root.FS(), name) }

// Why says in plain words why a file could not be read.
func Why(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.EISDIR):
		return errFolder.Error()
	case errors.Is(err, syscall.ELOOP):
		return "it is a link that leads in a circle"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if strings.Contains(err.Error(), "path escapes") { // of os.Root, which has no error to compare with
		return "it is a link that leads out of its folder"
	}
	return err.Error()
}

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// siteFiles is a site folder as everything reads it that reads its files: no link
// leads out of it, and nothing is opened for which one would wait. Whoever opens a
// pipe waits until somebody writes, and a file that is one in a list of the folder
// may be a pipe when it is opened.
type siteFiles struct{ root *os.Root }

// errNoFile is the error of what is neither a file nor a folder.
var errNoFile = errors.New("it is neither a file nor a folder")

// Open opens a file or a folder.
func (s siteFiles) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := openNow(s.root.OpenFile, name)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// opener is os.OpenFile, or that of a folder which no link leads out of.
type opener func(name string, flag int, mode fs.FileMode) (*os.File, error)

// openNow opens a file or a folder, and waits for nothing. It refuses what is
// neither.
func openNow(open opener, name string) (*os.File, error) {
	flag := os.O_RDONLY
	if runtime.GOOS != "windows" { // which has no pipes among its files
		flag |= syscall.O_NONBLOCK
	}
	file, err := open(name, flag, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// readNow reads a file in the same way.
func readNow(open opener, name string) ([]byte, error) {
	file, err := openNow(open, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// Stat tells of what is behind links.
func (s siteFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(s.root.FS(), name) }

// Lstat tells of a link itself.
func (s siteFiles) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(s.root.FS(), name) }

// ReadLink tells where a link leads.
func (s siteFiles) ReadLink(name string) (string, error) { return fs.ReadLink(s.root.FS(), name) }

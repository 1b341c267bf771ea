package output

import (
	"io/fs"
	"os"
	"path/filepath"

	"publish/internal/plainfile"
)

// system has the calls of the operating system by which a build changes the disk, and
// that by which it sees what stands there: each is made here and nowhere else, so
// that a test can let the n-th of them fail, as SQLite's tests do. Outside of
// tests fail is nil, and they are the calls themselves.
//
// Paths are below root, or absolute where root is nil.
type system struct {
	fail func(op, path string) error
}

// check is the error that a test wants for a call. It is given without having
// made the call: what half a call leaves behind, the test does by itself.
func (s system) check(op string, root *os.Root, name string) error {
	if s.fail == nil {
		return nil
	}
	path := name
	if root != nil {
		path = filepath.Join(root.Name(), name)
	}
	if err := s.fail(op, path); err != nil {
		return &fs.PathError{Op: op, Path: path, Err: err}
	}
	return nil
}

// whole names the file of an error by its whole path: below a root, and in a room
// of the new site, it is the end of one.
func whole(root *os.Root, err error) error {
	if root == nil || err == nil {
		return err
	}
	switch e := err.(type) {
	case *fs.PathError:
		e.Path = filepath.Join(root.Name(), e.Path)
	case *os.LinkError:
		e.Old, e.New = filepath.Join(root.Name(), e.Old), filepath.Join(root.Name(), e.New)
	}
	return err
}

func (s system) mkdir(root *os.Root, name string, mode fs.FileMode) error {
	if err := s.check("mkdir", root, name); err != nil {
		return err
	}
	if root == nil {
		return os.Mkdir(name, mode)
	}
	return whole(root, root.Mkdir(name, mode))
}

// create makes a file that must not be there.
func (s system) create(root *os.Root, name string, mode fs.FileMode) (*os.File, error) {
	if err := s.check("create", root, name); err != nil {
		return nil, err
	}
	// Of a file that does not wait, Go asks the system four times less.
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|plainfile.AtOnce, mode)
	return f, whole(root, err)
}

func (s system) write(f *os.File, data []byte) error {
	if err := s.check("write", nil, f.Name()); err != nil {
		return err
	}
	_, err := f.Write(data)
	return err
}

// closed closes a file: some file systems say only now that they are full.
func (s system) closed(f *os.File) error {
	if err := s.check("close", nil, f.Name()); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (s system) chmod(root *os.Root, name string, mode fs.FileMode) error {
	if err := s.check("chmod", root, name); err != nil {
		return err
	}
	return whole(root, root.Chmod(name, mode))
}

func (s system) link(root *os.Root, from, to string) error {
	if err := s.check("link", root, to); err != nil {
		return err
	}
	return whole(root, root.Link(from, to))
}

func (s system) symlink(root *os.Root, target, name string) error {
	if err := s.check("symlink", root, name); err != nil {
		return err
	}
	return whole(root, root.Symlink(target, name))
}

func (s system) rename(root *os.Root, from, to string) error {
	if err := s.check("rename", root, to); err != nil {
		return err
	}
	if root == nil {
		return os.Rename(from, to)
	}
	return whole(root, root.Rename(from, to))
}

// exchange lets two folders change places.
func (s system) exchange(a, b string) error {
	if err := s.check("exchange", nil, b); err != nil {
		return err
	}
	return exchangeFolders(a, b)
}

// sync brings a file system to the disk, syncFolder the names in one folder.
func (s system) sync(folder string) error {
	if err := s.check("sync", nil, folder); err != nil {
		return err
	}
	return flush(folder)
}

func (s system) syncFolder(folder string) error {
	if err := s.check("sync folder", nil, folder); err != nil {
		return err
	}
	return flushFolder(folder)
}

func (s system) remove(root *os.Root, name string) error {
	if err := s.check("remove", root, name); err != nil {
		return err
	}
	if root == nil {
		return os.Remove(name)
	}
	return whole(root, root.Remove(name))
}

// removeAll removes a folder with what is in it.
func (s system) removeAll(path string) error {
	if err := s.check("remove all", nil, path); err != nil {
		return err
	}
	return removeAll(path)
}

// list reads a folder.
func (s system) list(name string) ([]fs.DirEntry, error) {
	if err := s.check("list", nil, name); err != nil {
		return nil, err
	}
	return os.ReadDir(name)
}

// read gives the bytes of a file.
func (s system) read(name string) ([]byte, error) {
	if err := s.check("read", nil, name); err != nil {
		return nil, err
	}
	return plainfile.Read(os.OpenFile, name)
}

// mkdirAll makes a folder with those that hold it.
func (s system) mkdirAll(name string, mode fs.FileMode) error {
	if err := s.check("mkdir all", nil, name); err != nil {
		return err
	}
	return os.MkdirAll(name, mode)
}

// createTemp makes a file with a name that no other has.
func (s system) createTemp(folder, pattern string) (*os.File, error) {
	if err := s.check("create", nil, folder); err != nil {
		return nil, err
	}
	return os.CreateTemp(folder, pattern)
}

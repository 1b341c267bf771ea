package output

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"

	"publish/internal/plainfile"
)

// Modes of what publish makes, whatever the umask: hosts refuse other ones.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

// disk is every access to the old and the new site. Names are paths below the
// root, and whatever changes the disk goes through it, so that no link leads out.
// The old site is looked at by whole paths: only walk names what is read there, and
// it follows no link, and a root would ask the system for each name of each path.
type disk struct {
	root *os.Root
	// old and new are the two sites' folders below the root.
	old, new string
	sys      system

	mu   sync.Mutex
	made map[string]bool // folders of the new site that are there

	rooms rooms
	// Whether the system gives files and folders the modes that are asked for:
	// what the umask, or the folder's own rules, do to the first they do to all.
	plainFile, plainFolder atomic.Bool
}

func (d *disk) inOld(file string) string { return path.Join(d.old, file) }
func (d *disk) inNew(file string) string { return path.Join(d.new, file) }

// wholePath is the path of a name below the root.
func (d *disk) wholePath(name string) string { return filepath.Join(d.root.Name(), name) }

// folders makes the folders above a file of the site in `in`.
func (d *disk) folders(in, file string) error {
	folder := path.Dir(path.Join(in, file))
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.folder(folder, path.Clean(in))
}

// folder makes one folder and those above it, up to the one called top.
func (d *disk) folder(name, top string) error {
	if name == top || d.made[name] {
		return nil
	}
	if err := d.folder(path.Dir(name), top); err != nil {
		return err
	}
	room, rest := d.room(name)
	if err := d.sys.mkdir(room, rest, folderMode); err == nil {
		if err := d.setFolderMode(room, rest); err != nil {
			return err
		}
		d.enter(name)
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if d.made == nil {
		d.made = make(map[string]bool)
	}
	d.made[name] = true
	return nil
}

// write makes a new file of the new site.
func (d *disk) write(file string, data []byte) error {
	if err := d.folders(d.new, file); err != nil {
		return err
	}
	room, rest := d.room(d.inNew(file))
	f, err := d.sys.create(room, rest, fileMode)
	if err != nil {
		return err
	}
	return errors.Join(d.sys.write(f, data), d.setFileMode(f), d.sys.closed(f))
}

// setFolderMode gives a folder that was just made the mode that hosts want.
func (d *disk) setFolderMode(room *os.Root, name string) error {
	if d.plainFolder.Load() {
		return nil
	}
	if info, err := room.Lstat(name); err == nil && info.Mode().Perm() == folderMode {
		d.plainFolder.Store(true)
		return nil
	}
	return d.sys.chmod(room, name, folderMode)
}

// setFileMode does the same for a file.
func (d *disk) setFileMode(f *os.File) error {
	if d.plainFile.Load() {
		return nil
	}
	if info, err := f.Stat(); err == nil && info.Mode().Perm() == fileMode {
		d.plainFile.Store(true)
		return nil
	}
	return f.Chmod(fileMode)
}

// same says whether the old site's file is one that publish could have written
// with these bytes. In any doubt it is not.
func (d *disk) same(file string, data, scratch []byte) bool {
	f := d.openOld(file, int64(len(data)))
	if f == nil {
		return false
	}
	defer f.Close()
	for len(data) > 0 {
		n, err := f.Read(scratch)
		if n > len(data) || !bytes.Equal(scratch[:n], data[:n]) || err != nil {
			return false
		}
		data = data[n:]
	}
	return true
}

// read reads the old site's file into a buffer. In any doubt about it that is
// refused.
func (d *disk) read(e entry, into *bytes.Buffer) bool {
	f := d.openOld(e.path, e.size)
	if f == nil {
		return false
	}
	defer f.Close()
	into.Reset()
	into.Grow(int(e.size) + bytes.MinRead) // so that it is read at once
	n, err := into.ReadFrom(io.LimitReader(f, e.size))
	return err == nil && n == e.size
}

// openOld opens a file of the old site that has the size and the mode of one
// that publish wrote; nil if there is none.
func (d *disk) openOld(file string, size int64) *os.File {
	f, err := os.OpenFile(d.wholePath(d.inOld(file)), os.O_RDONLY|plainfile.AtOnce, 0)
	if err != nil {
		return nil
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != size || runtime.GOOS != "windows" && info.Mode() != fileMode {
		f.Close()
		return nil
	}
	return f
}

// link gives the new site a file of the old one, without opening it for
// writing; where that cannot be done, a copy. It says which.
func (d *disk) link(file string) (linked bool, err error) {
	if err := d.folders(d.new, file); err != nil {
		return false, err
	}
	from, to := d.inOld(file), d.inNew(file)
	err = d.sys.link(d.root, from, to)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EXDEV):
		return false, err
	}
	return false, d.copy(from, to)
}

// copy makes a file, or a symbolic link, anew with the bytes, the mode and the
// time of another.
func (d *disk) copy(from, to string) error {
	info, err := d.root.Lstat(from)
	if err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := d.root.Readlink(from)
		if err != nil {
			return err
		}
		return d.sys.symlink(d.root, target, to)
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "copy", Path: from, Err: errors.New("it is neither a file nor a link")}
	}
	in, err := plainfile.Open(d.root.OpenFile, from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := d.sys.create(d.root, to, info.Mode().Perm())
	if err != nil {
		return err
	}
	err = d.sys.check("write", d.root, to)
	if err == nil {
		_, err = io.Copy(out, in)
	}
	return errors.Join(err, out.Chmod(info.Mode()), d.sys.closed(out), d.root.Chtimes(to, info.ModTime(), info.ModTime()))
}

// walk visits everything below a folder, a folder before what is in it. Paths
// are relative to the folder that was given first; links are not followed.
func (d *disk) walk(top, folder string, visit func(file string, e fs.DirEntry) error) error {
	entries, err := d.sys.list(d.wholePath(path.Join(top, folder)))
	if err != nil {
		return err
	}
	for _, e := range entries {
		file := path.Join(folder, e.Name())
		if err := visit(file, e); err != nil {
			return err
		}
		if e.IsDir() {
			if err := d.walk(top, file, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// entry is what stands under one name of a folder. Two that are equal are the
// same file with, as far as the file system tells, the same bytes.
type entry struct {
	folder bool   // a folder, or a link to one of the site's
	link   bool   // a symbolic link that leads to something of the site's
	to     string // the real path behind a link
	mode   fs.FileMode
	size   int64
	mtime  int64 // nanoseconds
	ctime  int64 // nanoseconds, 0 where the system has none
	id     ident
}

// ident is what a file keeps when it is renamed; zero where the system does
// not say.
type ident struct{ dev, ino uint64 }

// look sees what stands under a name. A link is followed where it leads to
// something below root: what lies outside is never published.
func look(root, dir, name string) (entry, bool) {
	file := filepath.Join(dir, name)
	info, err := os.Lstat(file)
	if err != nil {
		return entry{}, false
	}
	return entryOf(root, file, info), true
}

func entryOf(root, file string, info fs.FileInfo) entry {
	if info.Mode()&fs.ModeSymlink == 0 {
		return newEntry(info)
	}
	to, err := filepath.EvalSymlinks(file)
	if err != nil || !within(root, to) {
		return newEntry(info)
	}
	behind, err := os.Lstat(to)
	if err != nil {
		return newEntry(info)
	}
	e := newEntry(behind)
	e.link, e.to = true, to
	return e
}

func newEntry(info fs.FileInfo) entry {
	e := entry{folder: info.IsDir(), mode: info.Mode()}
	e.ctime, e.id = stamp(info)
	if e.folder {
		e.ctime = 0 // changes with what is in it, as size and time do
		return e
	}
	e.size, e.mtime = info.Size(), info.ModTime().UnixNano()
	return e
}

// racy says that a file may be written once more without a difference that
// shows: its time is as young as the file system's clock is coarse. Whole
// seconds are taken as a clock of two seconds (FAT), others as one of a kernel
// tick.
func (e entry) racy(now time.Time) bool {
	coarse := 20 * time.Millisecond
	if e.mtime%int64(time.Second) == 0 {
		coarse = 2 * time.Second
	}
	return !e.folder && now.Sub(time.Unix(0, e.mtime)).Abs() < coarse
}

// listed is one name of a folder that was read.
type listed struct {
	name string
	entry
	racy bool
}

// list reads a folder; one that cannot be read is empty.
func list(root, dir string) []listed {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	found, _ := f.ReadDir(-1) // what was read before an error counts
	all := make([]listed, 0, len(found))
	for _, d := range found {
		info, err := d.Info()
		if err != nil || helper(d.Name(), d.IsDir()) {
			continue
		}
		e := entryOf(root, filepath.Join(dir, d.Name()), info)
		all = append(all, listed{d.Name(), e, e.racy(time.Now())})
	}
	return all
}

// within says whether a real path is a folder or lies below it.
func within(folder, path string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(folder, string(filepath.Separator)))
}

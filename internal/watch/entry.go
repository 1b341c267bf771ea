package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"publish/internal/bug"
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

func (e entry) racy(now time.Time) bool { return !e.folder && racy(e.mtime, now) }

// racy says that something may be written once more without a difference that
// shows: its time is as young as the file system's clock is coarse. Whole
// seconds are taken as a clock of two seconds (FAT), others as one of a kernel
// tick.
func racy(mtime int64, now time.Time) bool {
	coarse := 20 * time.Millisecond
	if mtime%int64(time.Second) == 0 {
		coarse = 2 * time.Second
	}
	return now.Sub(time.Unix(0, mtime)).Abs() < coarse
}

// listed is one name of a folder that was read.
type listed struct {
	name string
	entry
	racy bool
}

// listing is what stands in one place.
type listing struct {
	mistake *bug.Bug // the sweep ended by this
	real    string
	all     []listed
	// changed is when names last came or went, in nanoseconds; 0 where that
	// was so lately that more may come without a difference that shows.
	changed int64
	took    time.Duration
}

// list reads a folder; one that cannot be read is empty.
func list(root, dir string) listing {
	begun := time.Now()
	l := listing{real: dir}
	f, err := os.Open(dir)
	if err != nil {
		return l
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && !racy(info.ModTime().UnixNano(), begun) {
		l.changed = info.ModTime().UnixNano()
	}
	found, _ := f.ReadDir(-1) // what was read before an error counts
	l.all = make([]listed, 0, len(found))
	for _, d := range found {
		info, err := d.Info()
		if err != nil || helper(d.Name(), d.IsDir()) {
			continue
		}
		e := entryOf(root, filepath.Join(dir, d.Name()), info)
		l.all = append(l.all, listed{d.Name(), e, e.racy(time.Now())})
	}
	l.took = time.Since(begun)
	return l
}

// within says whether a real path is a folder or lies below it.
func within(folder, path string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(folder, string(filepath.Separator)))
}

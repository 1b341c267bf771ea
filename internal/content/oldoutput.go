package content

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"publish/internal/pattern"
)

// manifest is the name of the file by which an output of ours is known, an old
// one under another name too (DESIGN.md §8). The package that writes it stands
// above this one, so its name and form are written here once more.
const manifest = ".publish-manifest"

// manifestHead is its first line, with the number of those that follow.
var manifestHead = pattern.New(`^publish-manifest 1 (\d+)\n`)

// manifestLine is one file: its sum, its size, its path.
var manifestLine = pattern.New(`^[0-9a-f]{64} \d+ (.+)\n$`)

// isOutput says whether a folder with a manifest is an output of ours: the
// manifest can be read, and the folder holds no text that it does not list. A
// manifest that was left among texts must not hide them.
func (w *walker) isOutput(dir string) bool {
	text, err := fs.ReadFile(w.fsys, path.Join(dir, manifest))
	if err != nil {
		return false
	}
	head := manifestHead.FindStringSubmatch(string(text))
	if head == nil {
		return false
	}
	written := map[string]bool{}
	for line := range strings.Lines(string(text[len(head[0]):])) {
		file := manifestLine.FindStringSubmatch(line)
		if file == nil {
			return false
		}
		written[path.Join(dir, file[1])] = true
	}
	if head[1] != strconv.Itoa(len(written)) {
		return false
	}
	ours := true
	// What cannot be read is no text that somebody misses.
	_ = fs.WalkDir(w.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if _, isText := textName(path.Base(name)); err == nil && !e.IsDir() && isText && !written[name] {
			ours = false
			return fs.SkipAll
		}
		return nil
	})
	return ours
}

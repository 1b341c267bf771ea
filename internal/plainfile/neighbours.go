package plainfile

import (
	"io/fs"
	"os"
	"path"
)

// Neighbours opens files for one goroutine, one after the other. Where several lie
// in one folder, that folder stays open in between, since to find it takes as long
// as to open a file in it. What is opened, and what is refused, is the same.
type Neighbours struct {
	from fs.FS
	dir  string   // of the file that was opened last
	root *os.Root // of it, from its second file on
}

// NeighboursIn gives the files of a file system. Only of a Folder folders stay open.
func NeighboursIn(from fs.FS) *Neighbours { return &Neighbours{from: from, dir: "."} }

// Open opens a file or a folder. What a folder does not lead to by itself, a link
// into another say, is looked for from the top.
func (n *Neighbours) Open(name string) (fs.File, error) {
	folder, ok := n.from.(Folder)
	dir := path.Dir(name)
	if !ok || dir == "." || !fs.ValidPath(name) {
		return n.from.Open(name)
	}
	if dir != n.dir {
		n.Close()
		n.dir = dir
		return n.from.Open(name)
	}
	if n.root == nil {
		n.root, _ = folder.root.OpenRoot(dir)
	}
	if n.root != nil {
		if file, err := Below(n.root).Open(path.Base(name)); err == nil {
			return file, nil
		}
		n.Close()
	}
	return n.from.Open(name)
}

// Close closes the folder that is open.
func (n *Neighbours) Close() {
	if n.root != nil {
		n.root.Close() // nothing was written to it
		n.root = nil
	}
}

package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"publish/internal/config"
)

// customary are the folders in which a site or a code repository keeps its
// incident reports, where nobody says which folder it is.
var customary = []string{"postmortems", "incidents"}

// locate finds the content folder (DESIGN.md §3, "The content folder").
func locate(fsys fs.FS, cfg *config.Config, ignored *ignores) *Folder {
	f := &Folder{Root: cfg.Content}
	switch {
	case cfg.Content != "":
		f.Jekyll = isJekyll(fsys, cfg.Content) || cfg.Jekyll && cfg.Content == "."
		return f
	case holdsMarkdown(fsys, "content", ignored):
		f.Root = "content"
		return f
	case cfg.Jekyll || isJekyll(fsys, "."):
		f.Root, f.Jekyll = ".", true
		return f
	}
	for _, name := range customary {
		if holdsMarkdown(fsys, name, ignored) {
			f.Root = name
			return f
		}
	}
	f.Root, f.OnlyPostmortems = ".", true
	return f
}

func isJekyll(fsys fs.FS, dir string) bool {
	return isDir(fsys, path.Join(dir, "_posts")) || isDir(fsys, path.Join(dir, "_drafts"))
}

func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// holdsMarkdown says whether a folder is there and has a text in it: a folder
// called "content" may hold anything, source code too.
func holdsMarkdown(fsys fs.FS, dir string, ignored *ignores) bool {
	if !isDir(fsys, dir) || ignored.hides(dir, true) {
		return false
	}
	return holdsText(fsys, dir)
}

// holdsText says whether a text lies in a folder or below it. It lists as little
// of them as tells. Errors show when the folder is walked.
func holdsText(fsys fs.FS, dir string) bool {
	folders, found := lookForText(fsys, dir)
	return found || slices.ContainsFunc(folders, func(name string) bool { return holdsText(fsys, path.Join(dir, name)) })
}

// lookForText looks for a text in a folder. If there is none, folders are those in
// it in which one may lie.
func lookForText(fsys fs.FS, dir string) (folders []string, found bool) {
	f, err := fsys.Open(dir)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	list, ok := f.(fs.ReadDirFile)
	for ok && err == nil {
		var entries []fs.DirEntry
		entries, err = list.ReadDir(100)
		for _, e := range entries {
			if _, isText := textName(e.Name()); isText && !e.IsDir() {
				return nil, true
			}
			if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != "node_modules" {
				folders = append(folders, e.Name())
			}
		}
	}
	return folders, false
}

package content

import (
	"io/fs"
	"path"
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
	found := false
	// Errors show when the folder is walked.
	_ = fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case found:
			return fs.SkipAll
		case e.IsDir() && name != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules"):
			return fs.SkipDir
		case !e.IsDir():
			_, found = textName(e.Name())
		}
		return nil
	})
	return found
}

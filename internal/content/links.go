package content

import (
	"io/fs"
	"path"
	"strings"
)

// maxLinks is how many symbolic links may stand on the way to one file.
const maxLinks = 40

// follow finds the real path of a file or folder below the site folder, where
// any part of its path may be a symbolic link. Where that leads nowhere that
// may be read, why says so.
func follow(fsys fs.FS, name string) (real, why string) {
	todo := strings.Split(path.Clean(name), "/")
	real = "."
	for links := 0; len(todo) > 0; {
		part := todo[0]
		todo = todo[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			if real == "." {
				return "", "a link that leads out of the site folder"
			}
			real = path.Dir(real)
			continue
		}
		next := path.Join(real, part)
		info, err := fs.Lstat(fsys, next)
		if err != nil {
			return "", "a link that leads nowhere"
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			real = next
			continue
		}
		target, err := fs.ReadLink(fsys, next)
		links++
		switch {
		case err != nil:
			return "", "a link that cannot be read"
		case links > maxLinks:
			return "", "a link that leads in a circle"
		case path.IsAbs(target):
			return "", "a link that leads out of the site folder"
		}
		todo = append(strings.Split(target, "/"), todo...)
	}
	return real, ""
}

// followed is what a symbolic link stands for, if it may be read: nothing
// hidden, ignored or written by us can be reached through it. Above are the
// real paths of the folders in which the link was met.
func (w *walker) followed(dir, name string, above []string) (real, why string) {
	real, why = follow(w.fsys, path.Join(dir, name))
	if why != "" {
		return "", why
	}
	info, err := fs.Lstat(w.fsys, real)
	if err != nil {
		return "", "a link that leads nowhere"
	}
	for part := range strings.SplitSeq(real, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".gitbook" {
			return "", "a link that leads to a hidden file"
		}
	}
	switch {
	case w.ignores.hides(real, info.IsDir()):
		return "", "a link that leads to what .gitignore hides"
	case below(w.cfg.Output, real):
		return "", "a link that leads to the output"
	case !info.IsDir():
		return real, ""
	}
	for _, folder := range above {
		if below(real, folder) {
			return "", "a link that leads in a circle"
		}
	}
	if first, again := w.linked[real]; again {
		return "", "a link to the same folder as \"" + first + "\""
	}
	w.linked[real] = path.Join(dir, name)
	return real, ""
}

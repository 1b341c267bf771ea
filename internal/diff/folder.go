package diff

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"publish/internal/plainfile"
)

// Folder is the source of a site that was built to a folder. Base is the base
// path of its addresses where its home page does not say.
func Folder(root fs.FS, base string) (Source, error) {
	src := Source{Base: base, Jobs: 4, List: []string{}}
	listed := map[string]bool{}
	var passed []string
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch hidden := strings.HasPrefix(e.Name(), ".") && name != "."; {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == ".git":
			return fs.SkipDir
		case e.IsDir() || hidden:
		default:
			if why := noFile(root, name, e); why != "" {
				passed = append(passed, name+": "+why)
				return nil
			}
			listed[name] = true
			src.List = append(src.List, "/"+name)
		}
		return nil
	})
	if err != nil {
		return src, err
	}
	if !slices.ContainsFunc(src.List, isPage) {
		src.Notes = append(src.Notes, "it holds no page: everything is new")
	}
	if len(passed) > 0 {
		src.Notes = append(src.Notes, fmt.Sprintf("%d of its files are not compared (%s)", len(passed), passed[0]))
	}
	src.Get = func(_ context.Context, path string) ([]byte, error) {
		name := strings.TrimPrefix(path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		if !listed[name] {
			return nil, nil
		}
		data, err := fs.ReadFile(root, name)
		if errors.Is(err, fs.ErrNotExist) { // since the folder was listed
			return nil, nil
		}
		return data, err
	}
	home, err := src.Get(context.Background(), "/")
	if home != nil {
		src.Claimed = claimedBase(home)
	}
	return src, err
}

// isPage says whether a path is one of a page.
func isPage(path string) bool {
	return strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".htm")
}

// noFile says why something in a folder is no file to compare, "" if it is one.
func noFile(root fs.FS, name string, e fs.DirEntry) string {
	if e.Type().IsRegular() {
		return ""
	}
	if e.Type()&fs.ModeSymlink == 0 {
		return plainfile.ErrNoFile.Error()
	}
	info, err := fs.Stat(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is a link that leads nowhere"
	case err != nil:
		return plainfile.Why(err)
	case info.IsDir():
		return "it is a link to a folder"
	case !info.Mode().IsRegular():
		return plainfile.ErrNoFile.Error()
	}
	return ""
}

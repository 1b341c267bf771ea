package diff

import (
	"context"
	"errors"
	"io/fs"
	"strings"
)

// Folder is the source of a site that was built to a folder. Base is the base
// path of its addresses where its home page does not say.
func Folder(root fs.FS, base string) (Source, error) {
	src := Source{Base: base, Jobs: 4, List: []string{}, Get: func(_ context.Context, path string) ([]byte, error) {
		name := strings.TrimPrefix(path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, err := fs.ReadFile(root, name)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			return nil, nil
		}
		return data, err
	}}
	if home, err := fs.ReadFile(root, "index.html"); err == nil {
		src.Claimed = claimedBase(home)
	}
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch hidden := strings.HasPrefix(e.Name(), ".") && name != "."; {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == ".git":
			return fs.SkipDir
		case !e.IsDir() && !hidden && e.Type().IsRegular():
			src.List = append(src.List, "/"+name)
		}
		return nil
	})
	return src, err
}

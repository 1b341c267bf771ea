package output

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Names that belong to publish, below the output folder and, with the
// folder's own name before them, beside it.
const (
	manifestName = ".publish-manifest"
	stagingName  = ".publish-new"  // the site that is being written
	asideName    = ".publish-old"  // the old site, during an exchange in two renames
	keptName     = ".publish-kept" // the old site, if files of others in it could not be moved
)

// target is the output folder and how it is to be changed.
type target struct {
	options Options
	sys     system
	dir     string // absolute
	parent  string
	name    string
	exists  bool
	// inPlace says why the folder is not exchanged as a whole, or "".
	inPlace string
	// untidy says that what is left of the old site must stay for now.
	untidy bool
}

// cannotReplace is the error of a folder that turns out not to be
// exchangeable; it can still be changed in place.
type cannotReplace struct{ why string }

func (e *cannotReplace) Error() string { return "the folder cannot be replaced: " + e.why }

// locate finds out what stands at Options.Dir and refuses what must not be
// overwritten.
func locate(o Options) (*target, error) {
	if o.Dir == "" {
		return nil, errors.New("no output folder is given")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	t := &target{options: o, sys: system{o.seams.fail}, dir: dir, parent: filepath.Dir(dir), name: filepath.Base(dir)}
	if t.parent == dir {
		return nil, &Refusal{fmt.Sprintf("the output folder %q is a whole disk", o.Dir), "name another with --output"}
	}
	if err := t.protect(); err != nil {
		return nil, err
	}
	if err := t.look(); err != nil {
		return nil, err
	}
	return t, nil
}

// look decides how the folder is to be changed, as far as that can be seen.
func (t *target) look() error {
	t.exists, t.inPlace = false, ""
	info, err := os.Lstat(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	t.exists = true
	switch {
	case t.options.InPlace:
		t.inPlace = "asked for"
	case info.Mode()&fs.ModeSymlink != 0:
		t.inPlace = "it is a symbolic link"
	case info.IsDir():
		t.inPlace = mounted(t.dir)
	}
	if info, err = os.Stat(t.dir); err != nil {
		return fmt.Errorf("output folder %q: %w", t.options.Dir, err)
	}
	if !info.IsDir() {
		return &Refusal{fmt.Sprintf("%q is a file, not a folder", t.options.Dir), "name another with --output, or remove it"}
	}
	return nil
}

// protect refuses an output that would overwrite what the site is made from.
func (t *target) protect() error {
	clash := ""
	for _, p := range t.options.Protected {
		if p == "" || !holds(t.dir, p) && !holds(p, t.dir) {
			continue
		}
		if _, err := os.Lstat(p); err == nil { // better named than a folder that may come
			clash = p
			break
		}
		clash = cmp.Or(clash, p)
	}
	if clash != "" {
		return &Refusal{
			fmt.Sprintf("the output folder %q would overwrite %q, from which the site is made", t.options.Dir, clash),
			"name another with --output",
		}
	}
	if site := t.options.Site; site != "" && holds(t.dir, site) {
		return &Refusal{
			fmt.Sprintf("the output folder %q holds the site's own folder %q", t.options.Dir, site),
			"name another with --output",
		}
	}
	return nil
}

// holds says whether inner is outer or lies in it, whatever links and letter
// case the two paths are written with. Neither needs to exist.
func holds(outer, inner string) bool {
	outer, inner = resolve(outer), resolve(inner)
	if rel, err := filepath.Rel(outer, inner); err == nil && filepath.IsLocal(rel) {
		return true
	}
	out, err := os.Stat(outer)
	if err != nil {
		return false
	}
	for {
		if in, err := os.Stat(inner); err == nil && os.SameFile(out, in) {
			return true
		}
		up := filepath.Dir(inner)
		if up == inner {
			return false
		}
		inner = up
	}
}

// resolve makes a path absolute and free of links, as far as it exists.
func resolve(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if up := filepath.Dir(path); up != path {
		return filepath.Join(resolve(up), filepath.Base(path))
	}
	return path
}

// beside is the path of one of publish's own folders beside the output.
func (t *target) beside(name string) string {
	return filepath.Join(t.parent, "."+t.name+name)
}

// open gives the folder in which the old and the new site both stand, so that
// links and renames between them never leave it.
func (t *target) open() (*disk, error) {
	if t.inPlace != "" {
		root, err := os.OpenRoot(t.dir)
		if err != nil {
			return nil, err
		}
		return &disk{root: root, old: ".", new: stagingName, sys: t.sys, rooms: rooms{most: mostOpen(openFiles())}}, nil
	}
	root, err := os.OpenRoot(t.parent)
	if errors.Is(err, fs.ErrPermission) {
		return nil, &cannotReplace{"the folder that holds it cannot be read"}
	}
	if err != nil {
		return nil, err
	}
	return &disk{root: root, old: t.name, new: "." + t.name + stagingName, sys: t.sys, rooms: rooms{most: mostOpen(openFiles())}}, nil
}

// repair ends what an interrupted build began: a site that was renamed away
// comes back, staging folders go. The caller holds the lock.
func (t *target) repair(held *lock) error {
	aside := t.beside(asideName)
	if !t.exists {
		switch err := t.sys.rename(nil, aside, t.dir); {
		case err == nil:
			if err := held.follow(t.dir); err != nil {
				return err
			}
			if err := t.look(); err != nil {
				return err
			}
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	for _, path := range []string{aside, t.beside(stagingName), filepath.Join(t.dir, stagingName)} {
		remove := t.sys.removeAll
		if held.has(path) {
			remove = t.empty // it is the lock
		}
		if err := remove(path); err != nil {
			return err
		}
	}
	return nil
}

// tidy removes what is left of the staging folder: after a failure the new
// site, after an exchange the old one. If it cannot, the next build will try.
func (t *target) tidy() {
	if t.untidy {
		return
	}
	_ = t.sys.removeAll(t.beside(stagingName))
	_ = t.sys.removeAll(filepath.Join(t.dir, stagingName))
}

// empty removes what is in a folder.
func (t *target) empty(path string) error {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		err = errors.Join(err, t.sys.removeAll(filepath.Join(path, e.Name())))
	}
	return err
}

// removeAll removes a folder even where its folders may not be written to.
func removeAll(path string) error {
	err := os.RemoveAll(path)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	// Folders only: a file may be a link to one that somebody uses.
	_ = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			_ = os.Chmod(p, 0o700)
		}
		return nil
	})
	return os.RemoveAll(path)
}

package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"
)

// exchange completes the staged site and puts it in the old one's place.
func (b *build) exchange(ctx context.Context) error {
	if err := b.complete(ctx); err != nil {
		if b.exists && errors.Is(err, syscall.EXDEV) {
			return &cannotReplace{"another file system is mounted in it"}
		}
		return err
	}
	b.options.seams.at("staged")
	if err := b.sys.sync(b.stagingPath()); err != nil {
		return fmt.Errorf("flush %q: %w", b.stagingPath(), err)
	}
	b.options.seams.at("flushed")
	if err := b.swap(); err != nil {
		return err
	}
	b.options.seams.at("exchanged")
	if err := b.sys.syncFolder(b.parent); err != nil {
		return &Changed{fmt.Errorf("flush %q: %w", b.parent, err),
			"the new site is in place, but may not be after a power cut", "build again when the disk is well"}
	}
	return b.retire()
}

// complete adds to the staged files what is taken over from the old folder.
func (b *build) complete(ctx context.Context) error {
	if err := b.stage(); err != nil {
		return err
	}
	err := b.parallel(ctx, len(b.results), func(_, i int) error {
		if b.results[i].changed {
			return nil
		}
		_, err := b.disk.link(b.results[i].path)
		return err
	})
	if err != nil {
		return err
	}
	if err := b.carry(); err != nil {
		return err
	}
	if err := b.disk.write(manifestName, b.manifest); err != nil {
		return err
	}
	mode := folderMode
	if info, err := b.disk.root.Stat(b.disk.old); err == nil {
		mode = info.Mode().Perm() // somebody's choice: an internal site may be closed
	}
	b.disk.leave()
	return b.disk.sys.chmod(b.disk.root, b.disk.new, mode)
}

// carry takes over the files of others. What vanished meanwhile stays away.
func (b *build) carry() error {
	d := b.disk
	for _, f := range b.old.foreign {
		var err error
		if f.info.IsDir() {
			err = d.folders(d.new, path.Join(f.path, "in it"))
		} else {
			f.linked, err = d.link(f.path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	// Their folders' modes last, innermost first: one may forbid writing.
	for _, f := range slices.Backward(b.old.foreign) {
		if f.info.IsDir() && f.info.Mode().Perm() != folderMode {
			if err := d.sys.chmod(d.root, d.inNew(f.path), f.info.Mode().Perm()); err != nil {
				return err
			}
		}
	}
	return nil
}

// swap is the one moment at which the site changes.
func (b *build) swap() error {
	staging := b.stagingPath()
	if !b.exists {
		return b.sys.rename(nil, staging, b.dir)
	}
	err := b.sys.exchange(staging, b.dir)
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = b.swapByTwo()
	}
	if changed, ok := errors.AsType[*Changed](err); ok {
		return changed
	}
	switch {
	case errors.Is(err, syscall.EBUSY):
		return &cannotReplace{"it is in use as a mount point"}
	case errors.Is(err, syscall.EXDEV):
		return &cannotReplace{"its file system cannot rename folders"}
	case errors.Is(err, fs.ErrPermission):
		return &cannotReplace{"it may not be renamed"}
	}
	return err
}

// swapByTwo renames the old site away and the new one in. A build that dies
// between the two leaves what target.repair looks for.
func (b *build) swapByTwo() error {
	aside := b.beside(asideName)
	if err := b.sys.rename(nil, b.dir, aside); err != nil {
		return err
	}
	b.aside = true
	b.options.seams.at("aside")
	err := b.sys.rename(nil, b.stagingPath(), b.dir)
	if err != nil {
		if back := b.sys.rename(nil, aside, b.dir); back != nil {
			return &Changed{errors.Join(err, back), fmt.Sprintf("the old site now stands in %q", aside),
				"rename it back, or build again"}
		}
		b.aside = false
		return err
	}
	return nil
}

// retire removes the old site, once what others put into it during the build
// has been moved to the new one. The new site stands already, so that the old
// one cannot be removed is no failure of the build; the next one tries again.
func (b *build) retire() error {
	if !b.exists {
		return nil
	}
	gone := b.disk.new
	if b.aside {
		gone = path.Base(filepath.ToSlash(b.beside(asideName)))
	}
	err := b.rescue(gone)
	gone = filepath.Join(b.parent, gone)
	if err != nil {
		return b.keep(gone, err)
	}
	_ = b.sys.removeAll(gone)
	return nil
}

// keep puts the old site where no build removes it: files of others may be in it
// that exist nowhere else.
func (b *build) keep(gone string, err error) error {
	kept := b.beside(keptName)
	if b.sys.rename(nil, gone, kept) != nil {
		b.untidy, kept = true, gone
	}
	return &Changed{err, fmt.Sprintf("the new site is in place, and files of others that came during the build may lie in %q", kept),
		"take from it what is yours, then remove it"}
}

// rescue moves files of others that came or were replaced after inspect saw
// the folder. The error is that of the first that could not be moved.
func (b *build) rescue(gone string) error {
	var failed error
	known := make(map[string]*foreign)
	for _, f := range slices.Concat(b.old.foreign, b.old.replaced) {
		known[f.path] = f
	}
	err := b.disk.walk(gone, "", func(file string, e fs.DirEntry) error {
		if _, ours := b.old.ours[file]; ours || e.IsDir() || file == manifestName {
			return nil
		}
		from := path.Join(gone, file)
		info, err := b.disk.root.Lstat(from)
		f := known[file]
		if err != nil || f != nil && f.unchanged(info) {
			return nil
		}
		if _, err := b.disk.root.Lstat(b.disk.inOld(file)); err == nil && f == nil {
			return nil // the new site has its place
		}
		err = b.disk.folders(b.disk.old, file)
		if err == nil {
			err = b.disk.sys.rename(b.disk.root, from, b.disk.inOld(file))
		}
		if err != nil && failed == nil {
			failed = err
		}
		if err == nil && f == nil {
			b.old.foreign = append(b.old.foreign, &foreign{path: file, info: info})
		}
		return nil
	})
	return cmp.Or(failed, err)
}

// unchanged says whether now is still the file that was carried along.
func (f *foreign) unchanged(now fs.FileInfo) bool {
	return os.SameFile(f.info, now) && (f.linked || f.info.Size() == now.Size() && f.info.ModTime().Equal(now.ModTime()))
}

package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"publish/internal/route"
)

// changeInPlace brings the folder up to date file by file. The staged files
// are inside of it, so each arrives by one rename. While it goes on the
// manifest names the old files and the new, so that a build that dies leaves
// nothing that the next one takes for somebody else's.
func (b *build) changeInPlace(ctx context.Context) error {
	if err := b.stage(); err != nil {
		return err
	}
	if err := b.sys.sync(b.stagingPath()); err != nil {
		return fmt.Errorf("flush %q: %w", b.stagingPath(), err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := b.putManifest(b.both()); err != nil {
		return err
	}
	b.options.seams.at("announced")
	if err := b.placeAll(); err != nil {
		return &Changed{err, "the folder holds pages of the old site and of the new", "build again to complete it"}
	}
	return nil
}

// placeAll is the part of a change in place after which the folder is no
// longer the old site.
func (b *build) placeAll() error {
	gone, err := b.clearWay(b.removed())
	if err != nil {
		return err
	}
	for _, file := range b.order() {
		if err := b.place(file); err != nil {
			return err
		}
		b.options.seams.at("placed " + file)
	}
	if err := b.remove(gone); err != nil {
		return err
	}
	if err := b.prune(slices.Sorted(maps.Keys(b.old.ours))); err != nil {
		return err
	}
	b.options.seams.at("removed")
	return b.putManifest(b.manifest)
}

// putManifest replaces the manifest.
func (b *build) putManifest(data []byte) error {
	if err := b.disk.write(manifestName, data); err != nil {
		return err
	}
	return b.place(manifestName)
}

// both is a manifest of the old files and the new.
func (b *build) both() []byte {
	entries := b.entries()
	stays := make(map[string]bool, len(entries))
	for _, e := range entries {
		stays[e.path] = true
	}
	for file := range b.old.ours {
		if !stays[file] {
			entries = append(entries, entry{path: file}) // nobody will read its hash
		}
	}
	return formatManifest(entries)
}

// place moves one staged file to where it belongs.
func (b *build) place(file string) error {
	if err := b.disk.folders(b.disk.old, file); err != nil {
		return err
	}
	from, to := b.disk.inNew(file), b.disk.inOld(file)
	err := b.disk.sys.rename(b.disk.root, from, to)
	if err == nil {
		return nil
	}
	// A folder of ours from which somebody took the files may stand there.
	if info, statErr := b.disk.root.Lstat(to); statErr == nil && info.IsDir() && b.disk.sys.remove(b.disk.root, to) == nil {
		return b.disk.sys.rename(b.disk.root, from, to)
	}
	return err
}

// clearWay removes what a file cannot be renamed onto: folders of the old site
// where the new one has a file, the reverse, and what Force gave up. It
// returns what is still to be removed.
func (b *build) clearWay(gone []string) (rest []string, err error) {
	for _, f := range slices.Backward(b.old.replaced) {
		if err := b.disk.sys.remove(b.disk.root, b.disk.inOld(f.path)); err != nil {
			return nil, err
		}
	}
	files, folders := make(map[string]bool), make(map[string]bool)
	for _, r := range b.routes {
		files[r.File()] = true
		for folder := range route.Folders(r.File()) {
			folders[folder] = true
		}
	}
	var first []string
	for _, file := range gone {
		inTheWay := folders[file]
		for folder := range route.Folders(file) {
			inTheWay = inTheWay || files[folder]
		}
		if inTheWay {
			first = append(first, file)
		} else {
			rest = append(rest, file)
		}
	}
	if err := b.remove(first); err != nil {
		return nil, err
	}
	return rest, b.prune(first)
}

// remove takes away files of the old site. A page that cannot be removed is an
// error: it was withdrawn.
func (b *build) remove(files []string) error {
	if len(files) == 0 {
		return nil
	}
	spelt := make(map[string]string, len(b.routes))
	for _, r := range b.routes {
		spelt[route.Fold(r.File())] = r.File()
	}
	for _, file := range files {
		if now := spelt[route.Fold(file)]; now != "" && b.sameFile(file, now) {
			continue // one file, on a disk that cannot tell letter case
		}
		if err := b.disk.sys.remove(b.disk.root, b.disk.inOld(file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// prune removes the folders that files of the old site left empty, also files that
// an earlier build took away before it died.
func (b *build) prune(files []string) error {
	stays := make(map[string]bool, len(b.routes))
	for _, r := range b.routes {
		for folder := range route.Folders(r.File()) {
			stays[folder] = true
		}
	}
	for _, file := range files {
		for folder := range route.Folders(file) {
			if stays[folder] {
				break
			}
			info, err := b.disk.root.Lstat(b.disk.inOld(folder))
			if err != nil {
				continue // gone already
			}
			if !info.IsDir() {
				break // a file of the new site, or of somebody's
			}
			err = b.disk.sys.remove(b.disk.root, b.disk.inOld(folder))
			if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.EBUSY) {
				break // not empty, or in use
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *build) sameFile(x, y string) bool {
	a, errA := b.disk.root.Lstat(b.disk.inOld(x))
	c, errC := b.disk.root.Lstat(b.disk.inOld(y))
	return errA == nil && errC == nil && os.SameFile(a, c)
}

// order lists the changed files as they are to appear: what pages need, the
// pages, deep ones before the lists that lead to them, and then the feeds.
func (b *build) order() []string {
	var files []string
	for _, res := range b.results {
		if res.changed {
			files = append(files, res.path)
		}
	}
	slices.SortFunc(files, func(x, y string) int {
		return cmp.Or(
			cmp.Compare(rank(x), rank(y)),
			cmp.Compare(strings.Count(y, "/"), strings.Count(x, "/")),
			strings.Compare(x, y),
		)
	})
	return files
}

func rank(file string) int {
	switch strings.ToLower(path.Ext(file)) {
	case ".html":
		return 1
	case ".xml", ".atom", ".rss":
		return 2
	}
	return 0
}

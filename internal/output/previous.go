package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/route"
)

// previous is what stands in the output folder before a build.
type previous struct {
	manifest []byte // nil if there is none
	fault    error  // why the manifest cannot be used
	// ours are the paths that the manifest names; true if a regular file
	// stands there. present are those where anything but a folder stands.
	ours    map[string]bool
	present []string
	entries map[string]entry // the manifest, by path
	// foreign is everything else, a folder before what is in it. What Force
	// gives up has gone to replaced.
	foreign  []*foreign
	replaced []*foreign
}

// foreign is a file, a link or a folder that publish did not make.
type foreign struct {
	path   string
	info   fs.FileInfo
	linked bool // carried along as a hard link, not as a copy
}

// inspect looks at the whole output folder without opening a file of it but
// the manifest.
func inspect(d *disk, exists bool) (*previous, error) {
	old := &previous{ours: make(map[string]bool)}
	if !exists {
		return old, nil
	}
	if err := old.readManifest(d); err != nil {
		return nil, err
	}
	folders := make(map[string]bool)
	for file := range old.ours {
		for folder := range route.Folders(file) {
			folders[folder] = true
		}
	}
	err := d.walk(d.old, "", func(file string, e fs.DirEntry) error {
		if file == manifestName || e.IsDir() && folders[file] {
			return nil
		}
		if _, ours := old.ours[file]; ours && !e.IsDir() {
			old.ours[file] = e.Type().IsRegular()
			old.present = append(old.present, file)
			return nil
		}
		info, err := d.root.Lstat(d.inOld(file))
		if err != nil {
			return err
		}
		old.foreign = append(old.foreign, &foreign{path: file, info: info})
		return nil
	})
	return old, err
}

func (old *previous) readManifest(d *disk) error {
	info, err := d.root.Lstat(d.inOld(manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		old.fault = errors.New("it is not a file")
		return nil
	}
	if old.manifest, err = plainfile.Read(d.root.OpenFile, d.inOld(manifestName)); err != nil {
		return err
	}
	entries, err := parseManifest(old.manifest)
	if err != nil {
		old.manifest, old.fault = nil, err
		return nil
	}
	old.entries = make(map[string]entry, len(entries))
	for _, e := range entries {
		old.ours[e.path], old.entries[e.path] = false, e
	}
	return nil
}

// claim refuses a folder that is not publish's, and files of others where
// routes go, unless Force is given.
func (old *previous) claim(table *route.Table, t *target) error {
	if err := checkFiles(table); err != nil {
		return err
	}
	force, dir := t.options.Force, t.options.Dir
	switch {
	case force:
	case old.fault != nil:
		return &Refusal{
			fmt.Sprintf("the list of files %q cannot be used: %v", filepath.Join(dir, manifestName), old.fault),
			"was it written by a newer publish? --force overwrites what the site needs and keeps the rest",
		}
	case old.manifest == nil && len(old.foreign) > 0:
		return &Refusal{
			fmt.Sprintf("the folder %q is not empty and was not written by publish: it holds %q", dir, old.foreign[0].path),
			"name another with --output; --force overwrites what the site needs and keeps the rest",
		}
	}
	clashing := old.clashes(table)
	if len(clashing) == 0 {
		return nil
	}
	if !force {
		return &Refusal{
			fmt.Sprintf("in the folder %q, the site needs the place of %s, not written by publish", dir, names(clashing)),
			"move them away; --force overwrites them",
		}
	}
	old.giveUp(clashing)
	return nil
}

// clashes lists the foreign files whose place a route needs, on disks that
// cannot tell letter case too.
func (old *previous) clashes(table *route.Table) []*foreign {
	if len(old.foreign) == 0 {
		return nil
	}
	files, folders := make(map[string]bool), make(map[string]bool)
	for _, r := range table.All() {
		file := route.Fold(r.File())
		files[file] = true
		for folder := range route.Folders(file) {
			folders[folder] = true
		}
	}
	var clashing []*foreign
	for _, f := range old.foreign {
		file := route.Fold(f.path)
		clash := files[file] || !f.info.IsDir() && folders[file]
		for folder := range route.Folders(file) {
			clash = clash || files[folder]
		}
		if clash {
			clashing = append(clashing, f)
		}
	}
	return clashing
}

func (old *previous) giveUp(clashing []*foreign) {
	gone := make(map[*foreign]bool)
	for _, f := range clashing {
		gone[f] = true
	}
	var kept []*foreign
	for _, f := range old.foreign {
		if !gone[f] {
			kept = append(kept, f)
		}
	}
	old.foreign, old.replaced = kept, clashing
}

// names quotes the first few of the files.
func names(list []*foreign) string {
	const most = 5
	var quoted []string
	for _, f := range list[:min(len(list), most)] {
		quoted = append(quoted, fmt.Sprintf("%q", f.path))
	}
	if more := len(list) - most; more > 0 {
		quoted = append(quoted, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(quoted, ", ")
}

// checkFiles refuses routes in the place of publish's own files, and names
// that this system cannot hold (package route refuses those that concern all).
func checkFiles(table *route.Table) error {
	var list diag.List
	for _, r := range table.All() {
		switch file := r.File(); {
		case reservedFile(file):
			list.Report(diag.URLCollision, diag.Pos{File: r.Source}, "remove it or rename it",
				"the address %q is kept for publish's own use", r.Path)
		case !filepath.IsLocal(filepath.FromSlash(file)):
			list.Report(diag.URLInvalid, diag.Pos{File: r.Source}, "rename it, or build on another system",
				"the address %q cannot be written on this system", r.Path)
		}
	}
	if len(list) > 0 {
		return &diag.ErrorList{List: list}
	}
	return nil
}

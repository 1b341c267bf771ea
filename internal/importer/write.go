package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"publish/internal/plainfile"
)

// Plan says what writing a Result would do to a site folder.
type Plan struct {
	New   []File
	Same  []File
	Taken []File // a file is there and holds something else
	root  *os.Root
}

// NewPlan compares a Result with what the site folder holds. Nothing is ever
// written over: where Taken is not empty, nothing can be written.
func NewPlan(root *os.Root, r *Result) (*Plan, error) {
	p := &Plan{root: root}
	for _, f := range r.Files {
		data, err := plainfile.Read(root.OpenFile, filepath.FromSlash(f.Path))
		at, away := inTheWay(root, f.Path)
		switch {
		case away:
			return nil, fmt.Errorf("the folder %q is a link that leads out of the site folder, or nowhere", at)
		case at != "":
			f.Path = at
			p.Taken = append(p.Taken, f)
		case errors.Is(err, fs.ErrNotExist) && !isThere(root, f.Path):
			p.New = append(p.New, f)
		case err == nil && bytes.Equal(data, f.Data):
			p.Same = append(p.Same, f)
		case err == nil || isThere(root, f.Path) && !errors.Is(err, fs.ErrPermission):
			p.Taken = append(p.Taken, f)
		default:
			return nil, fmt.Errorf("%q cannot be read: %s", f.Path, plainfile.Why(err))
		}
	}
	return p, nil
}

// inTheWay finds a file, or a link out of the site folder, where a folder of
// the path should be.
func inTheWay(root *os.Root, name string) (at string, away bool) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := root.Stat(filepath.FromSlash(dir))
		if err == nil {
			if info.IsDir() {
				return "", false
			}
			return dir, false
		}
		if link, err := root.Lstat(filepath.FromSlash(dir)); err == nil && link.Mode()&fs.ModeSymlink != 0 {
			return dir, true
		}
	}
	return "", false
}

// isThere says whether a name is taken: by a file, or by a link wherever it leads.
func isThere(root *os.Root, name string) bool {
	_, err := root.Lstat(filepath.FromSlash(name))
	return err == nil
}

func isFolder(root *os.Root, name string) bool {
	info, err := root.Stat(filepath.FromSlash(name))
	return err == nil && info.IsDir()
}

// staging is the folder, beside everything else, in which files are written
// before they are put into their places.
const staging = ".publish-import"

// Write writes all new files or none: they are written in full beside their
// places, then linked there. A link never replaces a file, so that one which
// appeared meanwhile stops everything, and so does the end of ctx; what had been
// linked is taken away.
func (p *Plan) Write(ctx context.Context) (err error) {
	if len(p.Taken) > 0 {
		return fmt.Errorf("%q is there already", p.Taken[0].Path)
	}
	if err := p.root.Mkdir(staging, 0o755); err != nil {
		return fmt.Errorf("another import is at work; if none is, one was stopped: remove the folder %q (%w)", staging, err)
	}
	defer func() { err = errors.Join(err, p.root.RemoveAll(staging)) }()
	for i, f := range p.New {
		if ctx.Err() != nil {
			return fmt.Errorf("%w", ctx.Err())
		}
		if err := p.root.WriteFile(filepath.Join(staging, fmt.Sprint(i)), f.Data, 0o644); err != nil {
			return fmt.Errorf("%w", err)
		}
	}
	var made []string // files and folders, in the order in which they came
	for i, f := range p.New {
		if err = ctx.Err(); err == nil {
			made, err = p.put(filepath.Join(staging, fmt.Sprint(i)), f.Path, made)
		}
		if err != nil {
			for _, name := range slices.Backward(made) {
				err = errors.Join(err, p.root.Remove(name))
			}
			return err
		}
	}
	return nil
}

// put links a staged file into its place and notes what it made on the way.
func (p *Plan) put(staged, name string, made []string) ([]string, error) {
	var missing []string
	for dir := path.Dir(name); dir != "." && !isFolder(p.root, dir); dir = path.Dir(dir) {
		missing = append(missing, dir)
	}
	for _, dir := range slices.Backward(missing) {
		if err := p.root.Mkdir(filepath.FromSlash(dir), 0o755); err != nil {
			return made, fmt.Errorf("%w", err)
		}
		made = append(made, filepath.FromSlash(dir))
	}
	target := filepath.FromSlash(name)
	if err := p.root.Link(staged, target); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return made, fmt.Errorf("%w", err)
		}
		if err := p.copyNew(staged, target); err != nil { // a disk without links
			return made, err
		}
	}
	return append(made, target), nil
}

// copyNew copies a file to a place where there is none.
func (p *Plan) copyNew(staged, target string) error {
	data, err := p.root.ReadFile(staged)
	if err != nil {
		return fmt.Errorf("%w", err)
	}
	f, err := p.root.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("%w", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("%w", err), p.root.Remove(target))
	}
	return nil
}

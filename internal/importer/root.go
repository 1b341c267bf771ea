package importer

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A repository often keeps its site in a folder of its own: docs/, or the
// exampleSite/ of a theme. What lies around it is not the site.

// rootDepth is how many folders down the root of a site is looked for.
const rootDepth = 2

// enterRoot makes the folder of the site the source, where the folder that was
// named is none. Named is the format that was asked for, "" for any.
func (s *source) enterRoot(named string, r *Result) error {
	if s.FS == nil || s.single != "" || named == "statuspage" || s.mark(named) != "" {
		return nil
	}
	roots, err := s.rootsBelow(named)
	if err != nil || len(roots) == 0 {
		return err
	}
	if named == "" && statuspageEvidence(s) != "" {
		return nil
	}
	if len(roots) > 1 {
		quoted := make([]string, len(roots))
		for i, root := range roots {
			quoted[i] = fmt.Sprintf("%q", root+"/")
		}
		return failf(fmt.Sprintf("name the one that you mean: `publish import %s`", path.Join(s.name, roots[0])),
			"%q holds %d sites: %s", s.name, len(roots), strings.Join(quoted, ", "))
	}
	outside, err := s.beside(roots[0])
	if err != nil {
		return err
	}
	sub, err := fs.Sub(s.FS, roots[0])
	if err != nil {
		return fmt.Errorf("%w", err)
	}
	s.FS, s.known, s.below, r.Root = sub, nil, roots[0], roots[0]
	if len(outside) > 0 {
		r.pass("", "what lies outside of %s/: %s", roots[0], inShort(outside, 6))
	}
	return nil
}

// mark says by what a folder is seen to be the root of a site, from what lies
// in it alone.
func (s *source) mark(named string) string {
	for _, f := range formats {
		if f.mark == nil || named != "" && named != f.name {
			continue
		}
		if mark := f.mark(s); mark != "" {
			return mark
		}
	}
	return ""
}

// rootsBelow are the roots of sites below the folder. What lies in one of them
// is a part of it.
func (s *source) rootsBelow(named string) (roots []string, err error) {
	var look func(dir string, depth int) error
	look = func(dir string, depth int) error {
		entries, err := fs.ReadDir(s.FS, dir)
		if err != nil {
			return s.trouble(dir, err)
		}
		for _, e := range entries {
			if !e.IsDir() || skipped[e.Name()] || strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "_") {
				continue
			}
			name := path.Join(dir, e.Name())
			sub, err := fs.Sub(s.FS, name)
			if err != nil {
				return fmt.Errorf("%w", err)
			}
			if (&source{FS: sub}).mark(named) != "" {
				roots = append(roots, name)
			} else if depth > 1 {
				if err := look(name, depth-1); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return roots, look(".", rootDepth)
}

// beside names what lies outside of a folder, a folder as one.
func (s *source) beside(root string) (names []string, err error) {
	for dir, inner := ".", root; inner != ""; {
		first, rest, _ := strings.Cut(inner, "/")
		entries, err := fs.ReadDir(s.FS, dir)
		if err != nil {
			return nil, s.trouble(dir, err)
		}
		for _, e := range entries {
			switch name := path.Join(dir, e.Name()); {
			case e.Name() == first || skipped[e.Name()]:
			case e.IsDir():
				names = append(names, name+"/")
			default:
				names = append(names, name)
			}
		}
		dir, inner = path.Join(dir, first), rest
	}
	slices.Sort(names)
	return names, nil
}

// inShort lists names, and counts those beyond the limit.
func inShort(names []string, limit int) string {
	if len(names) <= limit {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:limit], ", "), len(names)-limit)
}

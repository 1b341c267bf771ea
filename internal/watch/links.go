package watch

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// links are the symbolic links of the site, with the real paths to which they
// lead, or would lead if something stood there. There are few.
type links struct {
	all   map[linkAt]string
	stale bool
}

type linkAt struct{ dir, name string } // dir: the real path of the folder

func (l *links) clear() { *l = links{all: map[linkAt]string{}} }

func (l *links) some() bool { return len(l.all) > 0 }

func (l *links) note(p *place, name string, e entry) {
	to := e.to
	switch {
	case e.link:
	case e.mode&fs.ModeSymlink == 0:
		return
	default: // it leads nowhere, or out
		text, _ := os.Readlink(filepath.Join(p.real, name))
		if to = text; !filepath.IsAbs(to) {
			to = filepath.Join(p.real, text)
		}
	}
	l.all[linkAt{p.real, name}] = to
}

func (l *links) forget(p *place, name string) { delete(l.all, linkAt{p.real, name}) }

// throughLinks tells of the links that lead to a real path, or below it.
func (t *tree) throughLinks(real string) {
	for at, to := range t.links.all {
		holder := t.places[at.dir]
		if holder == nil || !within(real, to) {
			continue
		}
		for _, f := range holder.folders {
			t.told(path.Join(f.path, at.name), holder.entries[at.name].folder)
		}
		t.links.stale = true
	}
}

// changed says that files came or went: links may lead elsewhere now.
func (l *links) changed() { l.stale = l.some() }

// relink looks at all links again, if need be.
func (t *tree) relink() {
	for t.links.stale {
		t.links.stale = false
		for _, at := range t.links.list() {
			if p := t.places[at.dir]; p == nil {
				delete(t.links.all, at)
			} else {
				t.touch(p, at.name, false)
			}
		}
		for _, p := range t.places { // a folder that went and came back below a link
			if _, id, err := whereIs(p.real); !p.armed && err == nil {
				t.watch(p, id)
				t.compare(p, list(t.root, p.real), true)
			}
		}
	}
}

// list returns the links in an order that is always the same.
func (l *links) list() []linkAt {
	return slices.SortedFunc(maps.Keys(l.all), func(a, b linkAt) int {
		return cmp.Or(cmp.Compare(a.dir, b.dir), cmp.Compare(a.name, b.name))
	})
}

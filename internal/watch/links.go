package watch

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
)

// links are the symbolic links of the site. There are few.
type links struct {
	all     map[linkAt]string // the real path behind it, "" if it leads nowhere or out
	targets map[string][]linkAt
	stale   bool
}

type linkAt struct{ dir, name string } // dir: the real path of the folder

func (l *links) clear() { *l = links{all: map[linkAt]string{}} }

func (l *links) some() bool { return len(l.all) > 0 }

func (l *links) note(p *place, name string, e entry) {
	if !e.link && e.mode&fs.ModeSymlink == 0 {
		return
	}
	l.all[linkAt{p.real, name}] = e.to
	l.targets = nil
}

func (l *links) forget(p *place, name string) {
	if at := (linkAt{p.real, name}); l.some() {
		delete(l.all, at)
		l.targets = nil
	}
}

// to returns the links that lead to a real path.
func (l *links) to(real string) []linkAt {
	if !l.some() {
		return nil
	}
	if l.targets == nil {
		l.targets = map[string][]linkAt{}
		for at, to := range l.all {
			l.targets[to] = append(l.targets[to], at)
		}
	}
	return l.targets[real]
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
				t.links.targets = nil
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

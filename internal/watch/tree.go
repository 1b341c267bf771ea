package watch

import (
	"path"
	"path/filepath"
	"slices"
	"time"
)

// tree is what the watcher knows of the folder: what stood under every name
// when it looked last. Only one goroutine uses it.
type tree struct {
	ignore func(path string, dir bool) bool
	arm    func(dir string) // asks for events of a folder
	disarm func(dir string)
	tell   func(path string)

	root    string             // the real path
	id      ident              // of the root
	folders map[string]*folder // by path in the site
	places  map[string]*place  // by real path
	byID    map[ident]*place
	links   links
}

// folder is a folder as the site sees it. The same place may be reached under
// several paths, through links.
type folder struct {
	path  string
	place *place
	above []string // real paths: the root … the folder itself
}

// place is a folder of the disk.
type place struct {
	real    string
	id      ident
	armed   bool
	rearmed bool  // since a change was found that no event told of
	changed int64 // when names last came or went; 0: not known
	heard   bool  // an event came since the last sweep
	entries map[string]known
	folders []*folder
}

// known is an entry; racy says that it must be told once more.
type known struct {
	entry
	racy bool
}

// maxAliases is how many paths of one folder are followed: folders with links
// to each other have as many as there are ways to order them.
const maxAliases = 64

// plant begins anew with a root, and tells nothing.
func (t *tree) plant(real string, id ident) {
	t.root, t.id = real, id
	t.folders, t.places, t.byID = map[string]*folder{}, map[string]*place{}, map[ident]*place{}
	t.links.clear()
	t.grow(".", real, id, nil, false)
}

// fell forgets everything and tells nothing.
func (t *tree) fell() {
	for _, p := range t.places {
		t.unwatch(p)
	}
	t.folders, t.places, t.byID = map[string]*folder{}, map[string]*place{}, map[ident]*place{}
	t.links.clear()
}

// grow adds a folder with all that is below it. The watch comes first and the
// list after it, so that nothing lies between the two.
func (t *tree) grow(name, real string, id ident, above []string, tell bool) {
	if t.folders[name] != nil {
		return
	}
	p := t.places[real]
	fresh := p == nil
	if fresh {
		p = &place{real: real, entries: map[string]known{}}
		t.places[real] = p
	} else if len(p.folders) >= maxAliases {
		return
	}
	f := &folder{path: name, place: p, above: append(slices.Clone(above), real)}
	t.folders[name] = f
	if !p.armed {
		t.watch(p, id)
		if fresh {
			t.fill(p)
		} else {
			t.compare(p, list(t.root, real), true)
		}
	}
	p.folders = append(p.folders, f)
	for base, e := range p.entries {
		t.sprout(f, base, e.entry, tell)
	}
}

func (t *tree) fill(p *place) {
	found := list(t.root, p.real)
	p.changed = found.changed
	for _, l := range found.all {
		p.entries[l.name] = known{l.entry, l.racy}
		t.links.note(p, l.name, l.entry)
	}
}

// sprout adds what stands under one name of a folder.
func (t *tree) sprout(f *folder, base string, e entry, tell bool) {
	name := path.Join(f.path, base)
	if tell {
		t.told(name, e.folder)
	}
	if !e.folder || t.folders[name] != nil || t.ignore(name, true) {
		return
	}
	real := e.to
	if !e.link {
		real = filepath.Join(f.place.real, base)
	} else if slices.ContainsFunc(f.above, func(a string) bool { return within(real, a) }) {
		return // a circle
	}
	t.grow(name, real, e.id, f.above, tell)
}

// watch asks for events of a place. Where the same folder is still watched
// under the name that it had before, that watch goes first: the system keeps
// one watch per folder, the library one name for it, and takes the watch away
// when it hears of the renaming.
func (t *tree) watch(p *place, id ident) {
	if old := t.byID[id]; id != (ident{}) && old != nil && old != p && old.armed {
		if _, now, err := whereIs(old.real); err != nil || now != id {
			t.unwatchBelow(old.real)
		}
	}
	p.id, p.armed = id, true
	if id != (ident{}) {
		t.byID[id] = p
	}
	t.arm(p.real)
}

func (t *tree) unwatch(p *place) {
	if !p.armed {
		return
	}
	p.armed = false
	if t.byID[p.id] == p {
		delete(t.byID, p.id)
	}
	t.disarm(p.real)
}

func (t *tree) unwatchBelow(real string) {
	for _, p := range t.places {
		if within(real, p.real) {
			t.unwatch(p)
		}
	}
}

// drop forgets a folder with all that is below it, and tells of it.
func (t *tree) drop(name string) {
	f := t.folders[name]
	if f == nil {
		return
	}
	delete(t.folders, name)
	p := f.place
	for base, e := range p.entries {
		below := path.Join(name, base)
		if e.folder {
			t.drop(below)
		}
		t.told(below, e.folder)
	}
	p.folders = slices.DeleteFunc(p.folders, func(other *folder) bool { return other == f })
	if len(p.folders) == 0 {
		t.unwatch(p)
		delete(t.places, p.real)
	}
}

// count is how many names are known.
func (t *tree) count() (n int) {
	for _, p := range t.places {
		n += len(p.entries)
	}
	return n
}

func (t *tree) told(name string, dir bool) {
	if !t.ignore(name, dir) {
		t.tell(name)
	}
}

// everywhere tells of a name of a place under all its paths, and under those
// of links that lead to it.
func (t *tree) everywhere(p *place, base string, dir bool) {
	for _, f := range p.folders {
		t.told(path.Join(f.path, base), dir)
	}
	if t.links.some() {
		t.throughLinks(filepath.Join(p.real, base))
	}
}

// touch looks at one name of a place, learns what stands there now and tells
// of what is different. New says that the system reported something new under
// that name: what was known of it is worth nothing then.
func (t *tree) touch(p *place, base string, isNew bool) bool {
	old, was := p.entries[base]
	now, is := look(t.root, p.real, base)
	if is && helper(base, now.folder) {
		is = false
	}
	switch {
	case !is && !was, is && was && now == old.entry && !(isNew && now.folder):
		return false
	case is:
		p.entries[base] = known{now, now.racy(time.Now())}
	default:
		delete(p.entries, base)
	}
	t.links.forget(p, base)
	if is {
		t.links.note(p, base, now)
	}
	t.links.changed()
	if was && old.folder {
		t.uproot(p, base, old.entry)
	}
	t.everywhere(p, base, is && now.folder || !is && old.folder)
	if is && now.folder {
		for _, f := range slices.Clone(p.folders) {
			t.sprout(f, base, now, true)
		}
	}
	return true
}

// uproot forgets the folder that stood under a name.
func (t *tree) uproot(p *place, base string, old entry) {
	for _, f := range slices.Clone(p.folders) {
		t.drop(path.Join(f.path, base))
	}
	if !old.link && t.links.some() { // others may still reach it, by links
		t.unwatchBelow(filepath.Join(p.real, base))
	}
}

// compare holds a list of a place against what is known, and returns the names
// that differ. What was listed may be old news by now: each difference is
// looked at again. Again says that racy files are told once more.
func (t *tree) compare(p *place, found listing, again bool) (different []string) {
	met := 0
	for _, l := range found.all {
		old, ok := p.entries[l.name]
		if ok {
			met++
		}
		switch {
		case !ok || old.entry != l.entry:
			if t.touch(p, l.name, false) {
				different = append(different, l.name)
			}
		case l.folder:
			for _, f := range slices.Clone(p.folders) { // it may have been ignored
				t.sprout(f, l.name, l.entry, false)
			}
		case old.racy:
			p.entries[l.name] = known{l.entry, l.racy}
			if again {
				t.everywhere(p, l.name, false)
			}
		}
	}
	if met < len(p.entries) {
		different = append(different, t.missing(p, found.all)...)
	}
	return different
}

// flicker tells of a folder in which names came or went without an event: some
// of them may have been there, and been read, between two sweeps only.
func (t *tree) flicker(p *place, found listing) {
	same := p.changed == found.changed && found.changed != 0
	p.changed = found.changed
	heard := p.heard
	p.heard = false
	if same || heard {
		return
	}
	for _, f := range p.folders {
		t.told(f.path, true)
	}
}

// missing looks for what is known and was not listed.
func (t *tree) missing(p *place, all []listed) (gone []string) {
	there := make(map[string]bool, len(all))
	for _, l := range all {
		there[l.name] = true
	}
	for base := range p.entries {
		if !there[base] && t.touch(p, base, false) {
			gone = append(gone, base)
		}
	}
	slices.Sort(gone)
	return gone
}

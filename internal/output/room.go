package output

import (
	"os"
	"path"
	"strings"
	"sync"
)

// Rooms are folders of the new site that are kept open while it is written. A
// root asks the system for each name of a path, one by one, so that no link leads
// out of it; from a room there are fewer to ask for. On a cold build of 1 000
// reports they were a sixth of all time.
type rooms struct {
	mu   sync.Mutex
	most int
	open map[string]*os.Root // by their paths below the root
}

const (
	// roomDepth is how deep a room lies below the new site: a year's month.
	roomDepth = 2
	// mostRooms is how many are open at once. Those that come later do without.
	mostRooms = 256
	// otherFiles is how many files a build may have open besides.
	otherFiles = 64
)

// mostOpen is how many rooms may be open where a program may have so many files
// open at once.
func mostOpen(files uint64) int {
	if files < otherFiles {
		return 0
	}
	return int(min((files-otherFiles)/2, mostRooms))
}

// room gives the innermost room above a file, and the rest of the path.
func (d *disk) room(name string) (*os.Root, string) {
	d.rooms.mu.Lock()
	defer d.rooms.mu.Unlock()
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if room := d.rooms.open[folder]; room != nil {
			return room, strings.TrimPrefix(name, folder+"/")
		}
	}
	return d.root, name
}

// enter opens a folder of the new site that was just made, if it is one that
// many others come to lie in. It is no mistake if that cannot be.
func (d *disk) enter(name string) {
	below, ok := strings.CutPrefix(name, d.new+"/")
	if !ok && name != d.new || strings.Count(below, "/") >= roomDepth {
		return
	}
	if d.rooms.most == 0 {
		return
	}
	from, rest := d.room(name)
	room, err := from.OpenRoot(rest)
	if err != nil {
		return
	}
	d.rooms.mu.Lock()
	defer d.rooms.mu.Unlock()
	if len(d.rooms.open) >= d.rooms.most || d.rooms.open[name] != nil {
		room.Close()
		return
	}
	if d.rooms.open == nil {
		d.rooms.open = make(map[string]*os.Root)
	}
	d.rooms.open[name] = room
}

// leave closes all rooms: before the folder changes its name, which Windows
// refuses to a folder in which one is open.
func (d *disk) leave() {
	d.rooms.mu.Lock()
	defer d.rooms.mu.Unlock()
	for _, room := range d.rooms.open {
		room.Close()
	}
	clear(d.rooms.open)
}

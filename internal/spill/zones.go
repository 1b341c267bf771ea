package spill

import (
	"sync"
	"time"
)

// zones are the zones of the times that were put away, each once: a time that is
// read again has the very location that it had. The number 0 is UTC. Offsets
// without a name, of which texts make a new location each, are one for all times
// with that offset.
type zones struct {
	mu        sync.RWMutex
	locations []*time.Location
	numbers   map[*time.Location]uint64
	offsets   map[int]uint64 // by seconds east of UTC
}

func (z *zones) number(t time.Time) uint64 {
	location := t.Location()
	if location == time.UTC {
		return 0
	}
	unnamed, offset := location.String() == "", 0
	if unnamed {
		_, offset = t.Zone()
	}
	z.mu.RLock()
	n := z.known(location, unnamed, offset)
	z.mu.RUnlock()
	if n > 0 {
		return n
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	if n := z.known(location, unnamed, offset); n > 0 {
		return n
	}
	z.locations = append(z.locations, location)
	n = uint64(len(z.locations))
	if z.numbers == nil {
		z.numbers, z.offsets = map[*time.Location]uint64{}, map[int]uint64{}
	}
	if unnamed {
		z.offsets[offset] = n
	} else {
		z.numbers[location] = n
	}
	return n
}

func (z *zones) known(location *time.Location, unnamed bool, offset int) uint64 {
	if unnamed {
		return z.offsets[offset]
	}
	return z.numbers[location]
}

func (z *zones) location(n uint64) *time.Location {
	if n == 0 {
		return time.UTC
	}
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.locations[n-1]
}

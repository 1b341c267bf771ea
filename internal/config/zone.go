package config

import (
	"strings"
	"time"

	"publish/internal/zoneinfo"
)

// loadZone finds a time zone: a name of the zone database, or an offset
// ("+02:00", "UTC+1"). The machine's own zone ("Local") is none: the site must
// come out the same everywhere.
func loadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	if zone, err := zoneinfo.Load(name); err == nil {
		return zone, true
	}
	offset := strings.TrimPrefix(strings.TrimPrefix(name, "UTC"), "GMT")
	if len(offset) == 2 { // UTC+1
		offset = offset[:1] + "0" + offset[1:]
	}
	for _, layout := range []string{"-07:00", "-0700", "-07"} {
		if t, err := time.ParseInLocation(layout, offset, time.UTC); err == nil {
			_, seconds := t.Zone()
			return time.FixedZone("", seconds), true
		}
	}
	return nil, false
}

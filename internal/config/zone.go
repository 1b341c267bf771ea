package config

import (
	"time"
	_ "time/tzdata" // the same zones on every machine
)

// loadZone finds an IANA time zone. The machine's own ("Local") is none: the
// same site must come out everywhere.
func loadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

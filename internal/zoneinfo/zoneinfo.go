// Package zoneinfo has the time zones of the IANA database, the same on every
// machine. Package time takes the machine's first: another machine may have rules
// of another year, names in any letter case (macOS), names of its own
// ("localtime", "posix/Europe/Paris") or, in ZONEINFO, anything; and Go's own copy
// changes from one patch release to the next. A site must not.
package zoneinfo

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"sync"
	"time"
)

// The file is Go's, from lib/time/zoneinfo.zip: `make zones` takes that of the Go
// that is installed. What it is made from is in the public domain.
//
//go:embed zoneinfo.zip
var data []byte

// files are those of the database, by name.
var files = sync.OnceValue(func() map[string]*zip.File {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil // TestLoad tells
	}
	m := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		m[f.Name] = f
	}
	return m
})

// known are the zones that were asked for, by name.
var known sync.Map

// Load gives the zone of a name as the database writes it ("Europe/Paris"). "UTC"
// is one; the machine's own zone ("Local") is none.
func Load(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	if zone, ok := known.Load(name); ok {
		return zone.(*time.Location), nil
	}
	f, ok := files()[name]
	if !ok || f.Mode().IsDir() {
		return nil, fmt.Errorf("\"%s\" is no time zone", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rules, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocationFromTZData(name, rules)
	if err != nil {
		return nil, err
	}
	first, _ := known.LoadOrStore(name, zone)
	return first.(*time.Location), nil
}

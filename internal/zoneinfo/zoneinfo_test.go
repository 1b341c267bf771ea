package zoneinfo

import (
	"testing"
	"time"
)

func TestLoad(t *testing.T) {
	summer := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]int{
		"UTC": 0, "Europe/Paris": 2, "America/New_York": -4, "US/Pacific": -7, "Asia/Tokyo": 9, "Etc/GMT+5": -5, "Pacific/Kiritimati": 14,
	} {
		zone, err := Load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if _, seconds := summer.In(zone).Zone(); seconds != want*3600 || zone.String() != name {
			t.Errorf("%s: it is %d seconds off, and called %q", name, seconds, zone)
		}
		if again, _ := Load(name); again != zone {
			t.Errorf("%s: it is read again", name)
		}
	}
}

// What machines have beside the database, or instead of it, is no zone anywhere.
func TestLoadKnowsNoMachine(t *testing.T) {
	t.Setenv("ZONEINFO", "/usr/share/zoneinfo/right")
	for _, name := range []string{"", "Local", "localtime", "posixrules", "posix/Europe/Paris", "right/UTC", "europe/paris", "Europe/", "Europe", "../zoneinfo/Europe/Paris", "/etc/localtime", "Mars/Olympus"} {
		if zone, err := Load(name); err == nil {
			t.Errorf("%q is %v", name, zone)
		}
	}
}

func TestEveryZoneLoads(t *testing.T) {
	n := 0
	for name, f := range files() {
		if f.Mode().IsDir() {
			continue
		}
		if _, err := Load(name); err != nil {
			t.Error(err)
		}
		n++
	}
	if n < 500 {
		t.Errorf("only %d zones are known", n)
	}
}

package scaffold

import (
	"os"
	"strings"

	"publish/internal/zoneinfo"
)

// Language is the language of whoever sits at the machine, if there are texts
// in it, else English. POSIX gives the variables in this order (Base
// Definitions, 8.2).
func Language(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		tag, _, _ := strings.Cut(value, ".")
		tag, _, _ = strings.Cut(tag, "_")
		tag, _, _ = strings.Cut(tag, "-")
		for _, known := range Languages() {
			if strings.EqualFold(tag, known) {
				return known
			}
		}
		break
	}
	return "en"
}

// Zone is the time zone of the machine, by its name; UTC where nothing says so.
// Root is the folder in which the system's files lie, "/".
func Zone(getenv func(string) string, root string) string {
	root = strings.TrimSuffix(root, "/")
	set := strings.TrimPrefix(getenv("TZ"), ":")
	switch set {
	case "", "localtime", "/etc/localtime", "/usr/share/zoneinfo/localtime":
		return machineZone(root)
	}
	if name, ok := zoneName(set); ok {
		return name
	}
	if to, err := os.Readlink(root + set); err == nil && strings.HasPrefix(set, "/") {
		if name, ok := zoneName(to); ok {
			return name
		}
	}
	return "UTC" // a rule such as CET-1CEST names no place
}

// machineZone is the zone that the machine's files say.
func machineZone(root string) string {
	if to, err := os.Readlink(root + "/etc/localtime"); err == nil {
		if name, ok := zoneName(to); ok {
			return name
		}
	}
	if text, err := os.ReadFile(root + "/etc/timezone"); err == nil { // Debian's
		if name, ok := zoneName(strings.TrimSpace(string(text))); ok {
			return name
		}
	}
	return "UTC"
}

// zoneName is the zone of a name, or of a file of the zone database.
func zoneName(s string) (string, bool) {
	if _, name, found := strings.Cut(s, "zoneinfo/"); found {
		s = strings.TrimPrefix(strings.TrimPrefix(name, "posix/"), "right/")
	}
	if s == "Local" || strings.HasPrefix(s, "/") {
		return "", false
	}
	if s == "Etc/UTC" || s == "UTC0" {
		return "UTC", true
	}
	if _, err := zoneinfo.Load(s); err != nil || s == "" {
		return "", false
	}
	return s, true
}

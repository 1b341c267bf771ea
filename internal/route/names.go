package route

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// One site must be the same site on every machine, so a name that one of the
// usual disks cannot hold is refused on all of them. A colon and the other
// marks that only Windows forbids are let pass: images have such names, and
// every host of static files serves them. A build on Windows refuses them
// (package output).

// maxName is the longest name of a file or folder, in bytes, on Linux.
const maxName = 255

// maxPath is the longest path in bytes: Linux takes 4 096 and Windows 32 767,
// the folders above the site included; no host's address is that long.
const maxPath = 1024

// reserved are the names that stand for devices on Windows, whatever the
// letter case and the extension.
var reserved = []string{
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
}

// longestReserved is the length of the longest of them, in bytes.
const longestReserved = len("conout$")

// Fault says why a path cannot be a file on every disk, or "".
func Fault(path string) string {
	if !strings.HasPrefix(path, "/") {
		return "it does not begin with a slash"
	}
	if len(path) > maxPath {
		return fmt.Sprintf("it has %d bytes, a path may have %d", len(path), maxPath)
	}
	if isPlain(path) {
		return ""
	}
	for name := range strings.SplitSeq(File(path), "/") {
		switch stem, _, _ := strings.Cut(name, "."); {
		case name == "":
			return "it has an empty name between two slashes"
		case name == "." || name == "..":
			return fmt.Sprintf("%q leads to another folder", name)
		case strings.Contains(name, `\`):
			return fmt.Sprintf("%q has a backslash, which parts folders on Windows", name)
		case strings.ContainsFunc(name, isControl):
			return fmt.Sprintf("%q has a control character", name)
		case len(name) > maxName:
			return fmt.Sprintf("%q has %d bytes, a name may have %d", shorten(name), len(name), maxName)
		case len(stem) <= longestReserved && slices.Contains(reserved, strings.ToLower(stem)):
			return fmt.Sprintf("%q is the name of a device on Windows", stem)
		}
	}
	return ""
}

// isPlain says of most paths that there is no fault in them: names of lower-case
// letters, digits and hyphens, of which none begins as a device's does and is
// about as long.
func isPlain(path string) bool {
	start := 1 // of the name
	for i := 1; i <= len(path); i++ {
		if i < len(path) && path[i] != '/' {
			if c := path[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
				return false
			}
			continue
		}
		name := path[start:i]
		switch {
		case name == "" && i < len(path): // at the end it is a folder's
			return false
		case name != "" && (name[0] == '.' || strings.IndexByte("acnpl", name[0]) >= 0 && mayBeDevice(name)):
			return false
		}
		start = i + 1
	}
	return path != "" && path[0] == '/' && len(path) <= maxName
}

// mayBeDevice says that a name is as long as a device's, with or without an
// extension.
func mayBeDevice(name string) bool {
	dot := strings.IndexByte(name, '.')
	if dot < 0 {
		dot = len(name)
	}
	return dot >= len("con") && dot <= len("conout$")
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

func shorten(name string) string { return string([]rune(name)[:20]) + "…" }

// Fold gives names that some disk takes for one the same text: letter case and
// Unicode form do not count.
func Fold(file string) string {
	for i := range len(file) {
		if file[i] >= 0x80 {
			// By way of upper case, so that ſ and s, ς and σ are one.
			return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFC.String(file))))
		}
	}
	return strings.ToLower(file)
}

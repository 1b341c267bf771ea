package postmortem

import (
	_ "embed"
	"strings"
	"sync"
	"time"
	"unicode"

	"publish/internal/zoneinfo"
)

//go:embed data/zones.txt
var zonesFile string

// zoneOffsets are the offsets of the built-in abbreviations, or the names of
// their zones; `?` for those that name several zones.
var zoneOffsets = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range dataLines(zonesFile) {
		name, offset, _ := strings.Cut(line, " ")
		m[name] = strings.TrimSpace(offset)
	}
	return m
})

// LoadZone finds the zone of `timezone:`: an IANA name (`Europe/Paris`), an
// offset (`+02:00`, `UTC+1`) or an abbreviation (`CET`: its fixed offset). What
// the site says of an abbreviation, which may again be any of these, comes
// before the built-in table; one that names several zones (`IST`) is refused.
func LoadZone(text string, abbreviations map[string]string) (*time.Location, bool) {
	text = strings.TrimSpace(text)
	if meaning, ok := abbreviations[text]; ok && meaning != text {
		return LoadZone(meaning, nil)
	}
	z := scanZone(text, abbreviations)
	if z.size == len(text) && z.problem == NoProblem && z.location != nil {
		return z.location, true
	}
	return nil, false
}

// zone is what scanZone read.
type zone struct {
	size     int            // bytes read, 0 if no zone stands there
	location *time.Location // nil if the abbreviation is ambiguous
	problem  Problem
}

// scanZone reads a zone at the beginning of a text: `Z`, `+0200`, `UTC+1`,
// `CET`, `Europe/Paris`, `+01:00[Europe/Paris]`, any of them in brackets.
func scanZone(s string, abbreviations map[string]string) zone {
	if s == "" {
		return zone{}
	}
	switch c := s[0]; {
	case c == '(' || c == '[':
		end := strings.IndexByte(s, closing(c))
		if end < 0 {
			return zone{}
		}
		z := scanZone(s[1:end], abbreviations)
		if z.size == 0 || z.size != end-1 {
			return zone{} // brackets with nothing in them are no zone either
		}
		z.size += 2
		return z
	case strings.HasPrefix(s, "+UTC") || strings.HasPrefix(s, "+GMT"):
		z := scanZoneName(s[1:], abbreviations) // as block explorers write it
		z.size++
		return z
	case c == '+' || c == '-' || strings.HasPrefix(s, "−"):
		z := scanOffset(s)
		if named := scanBracketed(s[z.size:]); z.size > 0 && named > 0 {
			z.size += named // the written offset is what counts
		}
		return z
	}
	return scanZoneName(s, abbreviations)
}

func closing(open byte) byte {
	if open == '(' {
		return ')'
	}
	return ']'
}

// scanBracketed reads `[Europe/Paris]`, as Java and Temporal write it.
func scanBracketed(s string) int {
	if !strings.HasPrefix(s, "[") {
		return 0
	}
	return scanZone(s, nil).size
}

// scanOffset reads `+02:00`, `+0200`, `+2` and the like.
func scanOffset(s string) zone {
	sign, size := 1, 1
	switch {
	case s[0] == '-':
		sign = -1
	case strings.HasPrefix(s, "−"):
		sign, size = -1, len("−")
	}
	number, n := digits(s[size:])
	size += n
	hours, minutes := number, 0
	switch n {
	case 1, 2:
		if strings.HasPrefix(s[size:], ":") {
			m, k := digits(s[size+1:])
			if k == 2 {
				minutes, size = m, size+1+k
			} else if k > 0 {
				return zone{}
			}
		}
	case 4:
		hours, minutes = number/100, number%100
	default:
		return zone{}
	}
	if hours > 23 || minutes > 59 {
		return zone{size: size, problem: NoSuchMoment}
	}
	if hours == 0 && minutes == 0 {
		return zone{size: size, location: time.UTC}
	}
	return zone{size: size, location: time.FixedZone("", sign*(hours*60+minutes)*60)}
}

// scanZoneName reads an abbreviation, in capitals because French writes "et"
// and "cet" after a time, or a name of the zone database.
func scanZoneName(s string, abbreviations map[string]string) zone {
	size := strings.IndexFunc(s, func(r rune) bool {
		return r != '/' && r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && !unicode.Is(unicode.Cyrillic, r)
	})
	if size < 0 {
		size = len(s)
	}
	name := s[:size]
	if meaning, ok := abbreviations[name]; ok && name != "" {
		if location, known := LoadZone(meaning, nil); known {
			return zone{size: size, location: location}
		}
	}
	utc := strings.EqualFold(name, "UTC") || strings.EqualFold(name, "GMT")
	if utc || strings.EqualFold(name, "Z") {
		rest := s[size:]
		if utc && rest != "" && (rest[0] == '+' || rest[0] == '-') {
			if z := scanOffset(rest); z.size > 0 {
				z.size += size
				return z
			}
		}
		return zone{size: size, location: time.UTC}
	}
	if offset, ok := zoneOffsets()[name]; ok {
		if offset == "?" {
			return zone{size: size, problem: AmbiguousZone}
		}
		if strings.Contains(offset, "/") {
			location, err := zoneinfo.Load(offset)
			if err != nil {
				return zone{}
			}
			return zone{size: size, location: location}
		}
		z := scanOffset(offset)
		z.size = size
		return z
	}
	// Names may hold digits and hyphens (Etc/GMT+5, America/Port-au-Prince).
	if size = strings.IndexAny(s, " \t,;:)]"); size < 0 {
		size = len(s)
	}
	if strings.Contains(s[:size], "/") {
		if location, err := zoneinfo.Load(s[:size]); err == nil {
			return zone{size: size, location: location}
		}
	}
	return zone{}
}

package postmortem

import (
	"bytes"
	"slices"

	"publish/internal/diag"
)

// keepsBack are the fields that hold a text back, each unless it has one of these
// values.
var keepsBack = map[string][]string{
	"stage": {"final", "published"}, "published": {"true", "yes"}, "audience": {"public"},
	"draft": {"false", "no"}, "internal": {"false", "no"}, "embargo": nil, "withdrawn": nil,
	"brouillon": {"false", "no", "non"}, "interne": {"false", "no", "non"},
}

// holdsBack says that a line is a field that would hold a text back. It is lower
// case: prose that begins with "Draft: …" is none.
func holdsBack(text []byte) bool {
	name, ok := fieldName(text)
	if !ok {
		return false
	}
	public, ok := keepsBack[string(name)]
	value := string(bytes.ToLower(bytes.TrimSpace(valueOf(text))))
	return ok && value != "" && !slices.Contains(public, value)
}

// valueOf is what stands behind the colon of a field.
func valueOf(text []byte) []byte {
	_, value, _ := bytes.Cut(text, []byte(":"))
	return value
}

// noFences tells of a file that begins with fields, then an empty line, and no
// fence anywhere: they would be published as text, and do nothing. Labels in a
// text ("Date: …", "Severity: …") begin with a capital; of small ones two are
// asked for, the first of them one that files begin with.
func (s *splitter) noFences(first line) {
	known, secret := 0, false
	for l, ok := first, true; ok && len(l.text) > 0; l, ok = s.after(l) {
		name, isField := fieldName(l.text)
		switch {
		case isField && !bytes.Equal(name, bytes.ToLower(name)):
			return
		case isField && isKnownKey(string(name)):
			known++
			secret = secret || holdsBack(l.text)
		case isField, l.text[0] == ' ', l.text[0] == '\t', l.text[0] == '#', isListItem(l.text):
		default:
			return
		}
		if l.number == first.number && known == 0 {
			return
		}
	}
	if known < 2 {
		return
	}
	d := diag.Diagnostic{
		Pos: s.pos(first), Level: diag.Warning, Code: diag.FrontMatterUnclosed,
		Message: "the fields that the file begins with are read as text: no \"---\" stands around them",
		Hint:    "put a line `---` before and after the fields",
	}
	if secret {
		d.Level = diag.Error // it would go out, whatever it says
	}
	s.list = append(s.list, d)
}

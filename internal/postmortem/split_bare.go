package postmortem

import (
	"bytes"
	"slices"

	"publish/internal/diag"
)

// keepsBack are the fields that hold a text back.
var keepsBack = []string{"stage", "draft", "internal", "audience", "embargo", "withdrawn"}

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
			secret = secret || slices.Contains(keepsBack, string(name))
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

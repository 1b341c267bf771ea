package content

import (
	"bytes"

	"publish/internal/pattern"
)

// codeFence opens or closes a block of code, in a list or quotation too.
var codeFence = pattern.New("^[ \t>]*(?:(?:[-*+]|\\d+[.)])[ \t]+)*(`{3,}|~{3,})(.*)$")

// fences follows the fences of code through a text, line by line.
type fences struct{ open string }

// line says of the next line whether it is a fence, or stands between two.
func (f *fences) line(line []byte) (fence, inside bool) {
	m := codeFence.FindSubmatch(line)
	switch {
	case f.open != "":
		if m == nil || !bytes.HasPrefix(m[1], []byte(f.open)) || len(bytes.TrimSpace(m[2])) > 0 {
			return false, true
		}
		f.open = ""
		return true, false
	case m != nil && (m[1][0] == '~' || !bytes.ContainsRune(m[2], '`')):
		f.open = string(m[1])
		return true, false
	}
	return false, false
}

// fencedSpans are the spans of a text that stand between fences.
func fencedSpans(text []byte) (spans [][2]int) {
	var f fences
	for at := 0; at < len(text); {
		end := at + lineLength(text[at:])
		_, inside := f.line(bytes.TrimRight(text[at:end], "\n"))
		switch last := len(spans) - 1; {
		case !inside:
		case last >= 0 && spans[last][1] == at:
			spans[last][1] = end
		default:
			spans = append(spans, [2]int{at, end})
		}
		at = end
	}
	return spans
}

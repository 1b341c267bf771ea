package content

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for _, test := range []struct{ name, raw, text, message, place string }{
		{"plain", "a\nb", "a\nb", "", ""},
		{"a byte-order mark", "\ufeffa", "a", "", ""},
		{"Windows", "a\r\nb\r\n", "a\nb\n", "", ""},
		{"old Macintosh", "a\rb", "a\nb", "", ""},
		{"Latin-1", "a\nb caf\xe9", "", "the byte 0xe9 is not UTF-8", "x.md:2:6"},
		{"UTF-16", "\xff\xfea\x00", "", "the text is in UTF-16, not in UTF-8", "x.md"},
		{"a NUL", "ab\x00", "", "the file holds a NUL byte: it is no text", "x.md:1:3"},
		{"colours of a log", "a\n\x1b[31mred", "a\n\x1b[31mred", "", ""},
		{"too long", strings.Repeat("a", maxText+1), "", "the text is longer than the 6 MiB that are read", "x.md"},
	} {
		text, diags := clean("x.md", []byte(test.raw))
		if string(text) != test.text {
			t.Errorf("%s: got %q", test.name, text)
		}
		message, place := "", ""
		if len(diags) > 0 {
			message, place = diags[0].Message, diags[0].Pos.String()
		}
		if message != test.message || place != test.place {
			t.Errorf("%s: %s %s", test.name, place, message)
		}
	}
}

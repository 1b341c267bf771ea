package publish_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
)

// A code that is missing from the documentation, or documented and gone, sends
// an author to a page that does not help: both fail here, level by level.
func TestDiagnosticsAreDocumented(t *testing.T) {
	documented := codesByHeading(t, "docs/diagnostics.md")
	for _, level := range []struct {
		heading string
		level   diag.Level
	}{
		{"Errors", diag.Error},
		{"Warnings", diag.Warning},
		{"Notes", diag.Note},
	} {
		if got, want := documented[level.heading], diag.Codes(level.level); !slices.Equal(got, want) {
			t.Errorf("docs/diagnostics.md lists under %q\n\t%q\nthe program has\n\t%q", level.heading, got, want)
		}
		delete(documented, level.heading)
	}
	for heading, codes := range documented {
		t.Errorf("docs/diagnostics.md lists %q under %q, which is not a level", codes, heading)
	}
}

// A table of the documentation: code, what it means, what to do.
var codeRow = regexp.MustCompile("^\\| `([a-z-]+)`( †)? \\| [^|]+ \\| [^|]+ \\|$")

func codesByHeading(t *testing.T, file string) map[string][]diag.Code {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	codes, heading := map[string][]diag.Code{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if name, ok := strings.CutPrefix(line, "## "); ok {
			heading = name
			continue
		}
		if row := codeRow.FindStringSubmatch(line); row != nil {
			codes[heading] = append(codes[heading], diag.Code(row[1]))
		} else if strings.HasPrefix(line, "| `") {
			t.Errorf("%s: a row that is not `code`, meaning and remedy: %s", file, line)
		}
	}
	return codes
}

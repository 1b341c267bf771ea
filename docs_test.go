package publish_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
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

// The postmortem that the README shows is the first that people copy: it must
// be short, and read without a remark.
func TestReadmeExample(t *testing.T) {
	const longest = 25
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n```markdown\n")
	example, _, found := strings.Cut(rest, "\n```\n")
	if !found {
		t.Fatal("README.md shows no postmortem")
	}
	if n := strings.Count(example, "\n") + 1; n > longest {
		t.Errorf("the example has %d lines, more than %d", n, longest)
	}
	parts, said := postmortem.Split("README.md", []byte(example))
	root, more := tree.ParseYAML("README.md", parts.MatterLine, parts.Matter, diag.FrontMatterSyntax)
	said = append(said, more...)
	p, more := postmortem.Decode(root, postmortem.Options{})
	for _, d := range append(said, more...) {
		t.Errorf("%s: %s", d.Pos, d.Message)
	}
	if p.Title == "" || len(p.Impacts) == 0 || len(p.Countermeasures) == 0 {
		t.Errorf("the example's front matter was read as %+v", p)
	}
}

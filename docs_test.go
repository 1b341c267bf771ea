package publish_test

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/markdown"
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
var codeRow = regexp.MustCompile("^\\| `([a-z-]+)` \\| [^|]+ \\| [^|]+ \\|$")

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
	for _, d := range said {
		t.Errorf("%s: %s", d.Pos, d.Message)
	}
	p := decodeQuietly(t, "README.md", string(parts.Matter))
	if p.Title == "" || len(p.Impacts) == 0 || len(p.Countermeasures) == 0 {
		t.Errorf("the example's front matter was read as %+v", p)
	}
}

// decodeQuietly reads front matter about which nothing is to be said.
func decodeQuietly(t *testing.T, file, yaml string) *postmortem.Postmortem {
	t.Helper()
	root, said := tree.ParseYAML(file, 1, []byte(yaml), diag.FrontMatterSyntax)
	p, more := postmortem.Decode(root, postmortem.Options{})
	for _, d := range append(said, more...) {
		t.Errorf("%s: %s\n%s", file, d.Message, yaml)
	}
	return p
}

const frontMatterPage = "docs/front-matter.md"

// frontMatterSection is the page on front matter from a heading to the next
// one; all of it without a heading.
func frontMatterSection(t *testing.T, heading string) string {
	t.Helper()
	text, err := os.ReadFile(frontMatterPage)
	if err != nil {
		t.Fatal(err)
	}
	if heading == "" {
		return string(text)
	}
	_, rest, found := strings.Cut(string(text), "\n"+heading+"\n")
	if !found {
		t.Fatalf("%s has no heading %q", frontMatterPage, heading)
	}
	section, _, _ := strings.Cut(rest, "\n#")
	return section
}

var (
	yamlBlock     = regexp.MustCompile("(?s)\n```yaml\n(.*?)```\n")
	markdownBlock = regexp.MustCompile("(?s)\n```markdown\n(.*?)```\n")
	// exampleCell is the last cell of a field's row, spelledRow a row of two
	// cells whose first is what an author may write.
	exampleCell = regexp.MustCompile("(?m)\\| `([a-z_]+: [^`]*)` \\|$")
	spelledRow  = regexp.MustCompile("(?m)^\\| `([^`]*)` \\| (.*) \\|$")
)

// What the page tells people to write is read without a remark.
func TestFrontMatterExamples(t *testing.T) {
	page := frontMatterSection(t, "")
	blocks := yamlBlock.FindAllStringSubmatch(page, -1)
	for _, m := range blocks {
		if p := decodeQuietly(t, frontMatterPage, m[1]); len(p.Fields) == 0 {
			t.Errorf("%s: nothing was read from\n%s", frontMatterPage, m[1])
		}
	}
	if len(blocks) < 10 {
		t.Errorf("%s has only %d examples in YAML", frontMatterPage, len(blocks))
	}
	fields := 0
	for _, heading := range []string{"## Identity", "## Incident", "## Timeline, impacts, causes and what follows", "## Declared measures"} {
		section, _, _ := strings.Cut(frontMatterSection(t, heading), "\n```") // what is below an example is about items
		for _, m := range exampleCell.FindAllStringSubmatch(section, -1) {
			fields++
			decodeQuietly(t, frontMatterPage, m[1])
		}
	}
	if n := len(postmortem.Fields()); fields != n {
		t.Errorf("%s has %d examples of the %d fields", frontMatterPage, fields, n)
	}
	for _, row := range spelledRow.FindAllStringSubmatch(frontMatterSection(t, "## What stays private"), -1) {
		decodeQuietly(t, frontMatterPage, row[1])
	}
}

// Each spelling of a time is read as the page says, or refused as it says.
func TestFrontMatterTimes(t *testing.T) {
	accepted, refused, found := strings.Cut(frontMatterSection(t, "## Dates and times"), "\n| not accepted |")
	if !found {
		t.Fatalf("%s does not say what is not accepted", frontMatterPage)
	}
	rows := spelledRow.FindAllStringSubmatch(accepted, -1)
	if len(rows) < 20 {
		t.Errorf("%s shows only %d spellings of times", frontMatterPage, len(rows))
	}
	for _, row := range rows {
		m, problem := postmortem.ParseMoment(row[1])
		if problem != postmortem.NoProblem || m.Known() && !strings.HasPrefix(row[2], m.String()) ||
			m.ClockOnly() != strings.Contains(row[2], "of a day") || m.Approximate != strings.HasSuffix(row[2], ", approximate") {
			t.Errorf("%s says that %q is %s; problem %d, read as %s", frontMatterPage, row[1], row[2], problem, m)
		}
	}
	for _, row := range spelledRow.FindAllStringSubmatch(refused, -1) {
		if m, problem := postmortem.ParseMoment(row[1]); problem == postmortem.NoProblem {
			t.Errorf("%s says that %q is refused, but it is %s", frontMatterPage, row[1], m)
		}
	}
	for _, row := range spelledRow.FindAllStringSubmatch(frontMatterSection(t, "### Lengths of time"), -1) {
		if d := postmortem.ParseDuration(row[1]); !d.Known || strconv.FormatFloat(d.Value.Minutes(), 'f', -1, 64) != row[2] {
			t.Errorf("%s says that %q is %s minutes, not %s", frontMatterPage, row[1], row[2], d.Value)
		}
	}
	for _, row := range spelledRow.FindAllStringSubmatch(frontMatterSection(t, "### Numbers"), -1) {
		if n := postmortem.ParseNumber(row[1]); !n.Known || strconv.FormatFloat(n.Value, 'f', -1, 64) != row[2] {
			t.Errorf("%s says that %q is %s, not %v", frontMatterPage, row[1], row[2], n.Value)
		}
	}
}

// The text that the page shows gives the facts that the page promises.
func TestFrontMatterText(t *testing.T) {
	m := markdownBlock.FindStringSubmatch(frontMatterSection(t, ""))
	if m == nil {
		t.Fatalf("%s shows no text", frontMatterPage)
	}
	r, said := readText(t, m[1])
	f := r.Facts
	if f.Severity.Text != "SEV2" || !slices.Equal(f.Services, []string{"Login", "Billing"}) || len(f.Timeline) != 3 || len(f.Countermeasures) != 2 || len(said) > 0 {
		t.Errorf("the text is read as %+v %v", f, said)
	}
	for _, text := range []string{
		"| Time | Event |\n|---|---|\n| 08:00 | a |\n| 08:07 | b |\n", "### 08:00 a\n\nx\n\n### 08:07 b\n\ny\n", "08:00 a\n\n08:07 b\n",
		"- [08:47] a\n- 14:?? b\n", "- 08:00–08:15 a\n- T+12m b\n", "### 2026-03-12\n\n- 23:50 a\n\n### 2026-03-13\n\n- 00:10 b\n",
	} {
		if r, said := readText(t, "## Timeline\n\n"+text); len(r.Facts.Timeline) != 2 || len(said) > 0 {
			t.Errorf("two events were expected, %+v %v were read in\n%s", r.Facts.Timeline, said, text)
		}
	}
	for _, text := range []string{"- a thing\n- [ ] b thing\n", "| Action | Owner | Due |\n|---|---|---|\n| a thing | Ops | 2026-04-01 |\n| b thing | Ops | |\n"} {
		if r, _ := readText(t, "## Plan d'action\n\n"+text); len(r.Facts.Countermeasures) != 2 {
			t.Errorf("two countermeasures were expected, %+v were read in\n%s", r.Facts.Countermeasures, text)
		}
	}
	if _, said := readText(t, "## Timeline\n\n- 08:00 a\n- 25:99 b\n"); len(said) != 1 || said[0].Code != diag.TimeUnread {
		t.Errorf("a time that does not exist is told as %v", said)
	}
}

func readText(t *testing.T, text string) (*postmortem.Reading, diag.List) {
	t.Helper()
	doc, said := markdown.Parse([]byte(text), markdown.Options{})
	if len(said) > 0 {
		t.Errorf("%v", said)
	}
	date, _ := postmortem.ParseMoment("2026-03-12")
	c := postmortem.Context{Date: date}
	return postmortem.ReadText(doc.Blocks, postmortem.FindSections(doc.Blocks, c), c)
}

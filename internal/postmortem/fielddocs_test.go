package postmortem

import (
	_ "embed"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"
)

var update = flag.Bool("update", false, "write docs/front-matter.md anew")

//go:embed data/fielddocs.md
var fieldPage string

// The reference page is made from the field table: a field that is not on it
// does not exist for authors.
func TestFieldDocs(t *testing.T) {
	const file = "../../docs/front-matter.md"
	want, err := writeFieldPage()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/front-matter.md is stale: run `make golden`")
	}
}

// writeFieldPage writes the reference page of the front matter,
// docs/front-matter.md, from its text and the field table.
func writeFieldPage() (string, error) {
	page, err := template.New("front-matter.md").Funcs(template.FuncMap{
		"fields":   groupTable,
		"items":    itemTable,
		"times":    timeTable,
		"lengths":  lengthTable,
		"numbers":  numberTable,
		"spelling": otherNames,
	}).Parse(fieldPage)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	err = page.Execute(&text, nil)
	return text.String(), err
}

// groupTable is the table of the fields of a group.
func groupTable(groups ...string) string {
	var fields []FieldInfo
	for _, group := range groups {
		for _, f := range Fields() {
			if f.Group == group {
				fields = append(fields, f)
			}
		}
	}
	return fieldTable(fields)
}

// itemTable is the table of the fields inside a field.
func itemTable(field string) string {
	for _, f := range Fields() {
		if f.Name == field {
			return fieldTable(f.Fields)
		}
	}
	return ""
}

func fieldTable(fields []FieldInfo) string {
	var table markdownTable
	table.row("field", "what it holds", "other names", "example")
	table.row("---", "---", "---", "---")
	for _, f := range fields {
		name, kind := code(f.Name), f.Type
		if f.Evidence {
			name += " †"
		}
		if len(f.Values) > 0 {
			kind = "one of " + codes(f.Values)
		}
		table.row(name, f.Doc+" *"+upperFirst(kind)+".*", codes(f.Aliases), code(f.Example))
	}
	return table.String()
}

// otherNames are those of one field, for a sentence.
func otherNames(field string) string {
	for _, f := range Fields() {
		if f.Name == field {
			return codes(f.Aliases)
		}
	}
	return ""
}

// timeTable shows how times are read.
func timeTable(spellings ...string) string {
	var table markdownTable
	table.row("you write", "it is")
	table.row("---", "---")
	for _, spelling := range spellings {
		m, _ := ParseMoment(spelling)
		read := m.String()
		if m.ClockOnly() {
			_, clock, _ := strings.Cut(m.On(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).String(), "T")
			read = clock + " of a day that is known from elsewhere"
		}
		if m.Approximate {
			read += ", approximate"
		}
		if read == "" {
			read = "unknown"
		}
		table.row(code(spelling), read)
	}
	return table.String()
}

// lengthTable shows how lengths of time are read.
func lengthTable(spellings ...string) string {
	var table markdownTable
	table.row("you write", "minutes")
	table.row("---", "---")
	for _, spelling := range spellings {
		table.row(code(spelling), strconv.FormatFloat(ParseDuration(spelling).Value.Minutes(), 'f', -1, 64))
	}
	return table.String()
}

// numberTable shows how numbers are read.
func numberTable(spellings ...string) string {
	var table markdownTable
	table.row("you write", "it is")
	table.row("---", "---")
	for _, spelling := range spellings {
		table.row(code(spelling), strconv.FormatFloat(ParseNumber(spelling).Value, 'f', -1, 64))
	}
	return table.String()
}

// markdownTable is a table while it is written.
type markdownTable struct{ strings.Builder }

func (t *markdownTable) row(cells ...string) {
	for _, cell := range cells {
		t.WriteString("| " + strings.ReplaceAll(cell, "|", "\\|") + " ")
	}
	t.WriteString("|\n")
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func codes(words []string) string {
	var list []string
	for _, word := range words {
		list = append(list, code(word))
	}
	return strings.Join(list, ", ")
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

package postmortem

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"
)

var (
	//go:embed data/examples.txt
	examplesFile string
	examples     = sync.OnceValue(func() map[string]map[string]string { return readExamples(examplesFile) })

	//go:embed data/fielddocs.md
	fieldDocsFile string
)

// readExamples reads a line of YAML for every field, by the name of the list
// that it belongs to, which is empty for those of the front matter itself.
func readExamples(text string) map[string]map[string]string {
	fields := map[string]string{}
	all := map[string]map[string]string{"": fields}
	for line := range dataLines(text) {
		if list, ok := strings.CutPrefix(line, "["); ok {
			fields = map[string]string{}
			all[strings.TrimSuffix(list, "]")] = fields
			continue
		}
		name, _, _ := strings.Cut(line, ":")
		fields[name] = line
	}
	return all
}

// FieldDocs writes the reference page of the front matter, docs/front-matter.md,
// from its text in data/fielddocs.md and the field table.
func FieldDocs() (string, error) {
	page, err := template.New("front-matter.md").Funcs(template.FuncMap{
		"fields":   groupTable,
		"items":    itemTable,
		"times":    timeTable,
		"lengths":  lengthTable,
		"numbers":  numberTable,
		"spelling": otherNames,
	}).Parse(fieldDocsFile)
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

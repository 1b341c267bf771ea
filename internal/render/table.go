package render

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"publish/internal/pattern"
	"publish/internal/route"
	"publish/internal/site"
)

const tablePath = "/postmortems.csv"

// tableColumn is a column of /postmortems.csv; docs/data.md is made of them.
type tableColumn struct{ name, doc string }

// tableColumns are the columns. Their names are those of /postmortems.json and
// stay the same in every language, since programs read them; duration_seconds is
// for those, and duration for people. New ones go to the end.
var tableColumns = []tableColumn{
	{"date", "The day by which the site is ordered, 2024-03-12."},
	{"title", "The title."},
	{"kind", "postmortem, maintenance or post."},
	{"severity", "The name of the severity."},
	{"services", "The services that it hit, with `; ` between them."},
	{"duration", "How long it hurt, in the words of the site's language."},
	{"duration_seconds", "The same as a number."},
	{"data_loss", "Whether data were lost: none, partial, total or unknown; of several impacts the worst."},
	{"status", "The state of the incident."},
	{"id", "The id, as in postmortems.json."},
	{"url", "The address of the page, where the site's is known."},
	{"path", "The path of the page from the site's root."},
}

// table gives /postmortems.csv: the rows of the archive, for a spreadsheet.
func (b *builder) table() planned {
	return planned{&route.Route{Path: tablePath, Source: "archive as a table", Render: func(w io.Writer) error {
		return b.writeTable(w)
	}}, b.addTable}
}

// writeTable writes RFC 4180: a header, lines that end in CRLF, and in UTF-8
// without a mark of byte order, which would become a part of the first name.
func (b *builder) writeTable(to io.Writer) error {
	w := b.words(b.site.Language)
	lines := csv.NewWriter(to)
	lines.UseCRLF = true
	names := make([]string, len(tableColumns))
	for i, c := range tableColumns {
		names[i] = c.name
	}
	if err := lines.Write(names); err != nil {
		return err
	}
	for _, p := range b.site.Posts {
		row := b.tableRow(p, w)
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := lines.Write(row); err != nil {
			return err
		}
	}
	lines.Flush()
	return lines.Error()
}

// tableRow is the row of a post, in the order of tableColumns. What is not
// stated is empty.
func (b *builder) tableRow(p *site.Page, w words) []string {
	severity, seconds, shown := "", "", p.In(b.site.Language)
	if p.Severity != nil {
		severity = p.Severity.Label
	}
	if p.HasLength {
		seconds = strconv.FormatInt(int64(p.Length.Value/time.Second), 10)
	}
	return []string{
		p.Date.DateString(), shown.Title, string(p.Kind), severity, strings.Join(termNames(p.ServiceTerms), "; "),
		w.duration(p.Length), seconds, string(p.DataLoss), string(p.Status),
		p.ID, b.site.Links.Absolute(shown.Path), b.site.Links.Address(shown.Path),
	}
}

// cell makes a text fit for a spreadsheet: one line, and never a formula.
// Programs compute what begins with one of these marks, which an apostrophe
// turns into a text (OWASP, "CSV Injection"; the wide forms are theirs too).
// Where lists are parted by semicolons, as in French spreadsheets, a cell also
// begins behind each of those.
func cell(s string) string {
	s = strings.Join(strings.Fields(cleanText(s)), " ")
	return formulas.ReplaceAllString(s, "$1'$2")
}

// formulas matches what begins a formula, and what stands before it.
var formulas = pattern.New(`(^|;[\s"']*)([=+\-@＝＋－＠])`)

// addTable is the rule of the table.
func (b *builder) addTable(h *route.Hash) {
	h.Key(b.keys.common)
	for _, p := range b.site.Posts {
		h.Key(b.line(p))
		h.Add(p.ID)
	}
}

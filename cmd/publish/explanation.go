package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// explanation is what `publish explain` knows of a file or an address. What is
// not known, or means nothing for it, is left out.
type explanation struct {
	File         string   `json:"file,omitempty"` // from the site folder
	Kind         string   `json:"kind,omitempty"`
	Evidence     []string `json:"evidence,omitempty"` // for the kind
	Title        string   `json:"title,omitempty"`
	TitleFrom    string   `json:"title_from,omitempty"`
	Date         string   `json:"date,omitempty"`
	DateFrom     string   `json:"date_from,omitempty"`
	Incident     string   `json:"incident,omitempty"` // its day, if that is another
	Language     string   `json:"language,omitempty"`
	LanguageFrom string   `json:"language_from,omitempty"`
	// Translates is the file of which this one is a translation; Translations
	// are those of an original.
	Translates   string                 `json:"translates,omitempty"`
	Translations []explainedTranslation `json:"translations,omitempty"`
	Public       bool                   `json:"public"`
	Reason       string                 `json:"reason,omitempty"`  // why it is public, or why not
	Preview      bool                   `json:"preview,omitempty"` // not public, but mixed in
	// Internal and Redacted are the lines on which parts begin that only the
	// internal edition has, or that the public reads as placeholders.
	Internal []int  `json:"internal,omitempty"`
	Redacted []int  `json:"redacted,omitempty"`
	Address  string `json:"address,omitempty"`
	ID       string `json:"id,omitempty"`
	FeedID   string `json:"feed_id,omitempty"`
	MadeFrom string `json:"made_from,omitempty"` // of what publish generates
	Type     string `json:"type,omitempty"`
	// Fields are the keys of the front matter, as they were read.
	Fields []explainedField `json:"fields,omitempty"`
	// Diagnostics are those of the file.
	Diagnostics []json.RawMessage `json:"diagnostics,omitempty"`
}

// explainedTranslation is a text in another language, and where it stands.
type explainedTranslation struct {
	Language string `json:"language"`
	File     string `json:"file"`
	Address  string `json:"address"`
}

// explainedField is one key of the front matter.
type explainedField struct {
	Name    string `json:"name"`
	Line    int    `json:"line"`
	Text    string `json:"text,omitempty"`    // the line as it is written
	Unknown bool   `json:"unknown,omitempty"` // it means nothing here
}

// readCuts says what the public edition does not have of a file that it has.
func (e *explanation) readCuts(d *content.Document) {
	for _, c := range d.Cuts {
		if c.Redacted == "" {
			e.Internal = append(e.Internal, c.Pos.Line)
		}
	}
	for _, t := range d.Head.Internal {
		e.Internal = append(e.Internal, t.Pos.Line)
	}
	for _, r := range d.Redactions {
		e.Redacted = append(e.Redacted, r.Pos.Line)
	}
	for _, lines := range []*[]int{&e.Internal, &e.Redacted} {
		slices.Sort(*lines)
		*lines = slices.Compact(*lines)
	}
}

// onLines names lines: "lines 3, 7, 12".
func onLines(lines []int) string {
	if len(lines) == 0 {
		return ""
	}
	names := make([]string, len(lines))
	for i, line := range lines {
		names[i] = strconv.Itoa(line)
	}
	if len(lines) == 1 {
		return "line " + names[0]
	}
	return "lines " + strings.Join(names, ", ")
}

// readFields says how each key of the front matter was read, with its line in
// the source.
func (e *explanation) readFields(d *content.Document, source []byte) {
	written := strings.Split(string(source), "\n")
	add := func(name string, line int, unknown bool) {
		f := explainedField{Name: name, Line: line, Unknown: unknown}
		if 1 <= line && line <= len(written) {
			f.Text = strings.TrimSpace(written[line-1])
		}
		e.Fields = append(e.Fields, f)
	}
	for _, f := range d.Meta().Fields {
		add(f.Name, f.Pos.Line, false)
	}
	for _, u := range d.Meta().Unknown {
		add(u.Key.Value, u.Key.Pos.Line, true)
	}
}

// printJSON writes one object.
func (e *explanation) printJSON(w io.Writer, list diag.List) error {
	var lines bytes.Buffer
	printer := diag.Printer{Format: diag.JSON}
	if err := printer.Print(&lines, list); err != nil {
		return err
	}
	for line := range bytes.Lines(lines.Bytes()) {
		e.Diagnostics = append(e.Diagnostics, bytes.TrimSpace(line))
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(e)
}

// printText writes a line of two columns for each fact.
func (e *explanation) printText(w io.Writer) {
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-9s %s\n", name, oneLine(value))
		}
	}
	line("file", e.File)
	if kind := e.Kind; kind != "" {
		if len(e.Evidence) > 0 {
			kind += ": " + strings.Join(e.Evidence, "; ")
		}
		line("kind", kind)
		line("title", fmt.Sprintf("%s (from the %s)", e.Title, e.TitleFrom))
	}
	if e.Date != "" {
		line("date", fmt.Sprintf("%s (from the %s)", e.Date, e.DateFrom))
	}
	line("incident", e.Incident)
	if e.Language != "" {
		line("language", fmt.Sprintf("%s (%s)", e.Language, e.LanguageFrom))
	}
	line("translates", e.Translates)
	for _, t := range e.Translations {
		line("in "+t.Language, t.File+" at "+t.Address)
	}
	if e.File != "" {
		line("public", e.verdict())
	}
	line("internal", onLines(e.Internal))
	line("redacted", onLines(e.Redacted))
	line("address", e.Address)
	line("id", e.ID)
	line("feed id", e.FeedID)
	line("made from", e.MadeFrom)
	line("type", e.Type)
	for _, f := range e.Fields {
		if f.Unknown {
			line("field", fmt.Sprintf("%s (line %d) means nothing here", f.Name, f.Line))
		} else {
			line("field", fmt.Sprintf("%s (line %d: %s)", f.Name, f.Line, f.Text))
		}
	}
	if len(e.Fields) == 0 && e.Kind != "" && e.Kind != string(postmortem.KindPage) {
		line("field", "no front matter")
	}
}

// verdict is in words whether the file is public.
func (e *explanation) verdict() string {
	switch {
	case e.Public && e.Reason != "":
		return "yes, since " + e.Reason
	case e.Public:
		return "yes"
	case e.Preview:
		return "not by itself: " + e.Reason
	case e.Reason != "":
		return "no: " + e.Reason
	}
	return "no"
}

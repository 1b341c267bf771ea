package diag

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// Format is a way to print diagnostics.
type Format uint8

// The formats.
const (
	Text   Format = iota // for people
	JSON                 // one object a line
	GitHub               // workflow commands, shown beside the changed lines
	SARIF                // one SARIF 2.1.0 document
)

// Formats are the names of the formats, in their order.
var Formats = []string{"text", "json", "github", "sarif"}

// ParseFormat gives the format of a name; ok is false if there is none.
func ParseFormat(name string) (f Format, ok bool) {
	for i, known := range Formats {
		if known == name {
			return Format(i), true
		}
	}
	return Text, false
}

// Printer prints lists. The zero Printer prints plain text without the
// sources.
type Printer struct {
	Format Format
	// Source gives a file's bytes for quoting the line, or nil.
	Source func(file string) []byte
	// Color asks for colours in text.
	Color bool
	// Prefix is the site folder's path from the root of its repository, with
	// slashes: GitHub and SARIF name files from there.
	Prefix string
	// Version of the program, for SARIF; may be empty.
	Version string
}

// Print writes the list in its order. Text and JSON write nothing for an
// empty list; SARIF is a whole document, so print once.
func (p *Printer) Print(w io.Writer, l List) error {
	buffered := bufio.NewWriter(w)
	switch p.Format {
	case JSON:
		p.printJSON(buffered, l)
	case GitHub:
		p.printGitHub(buffered, l)
	case SARIF:
		p.printSARIF(buffered, l)
	default:
		p.printText(buffered, l)
	}
	return buffered.Flush() // a write that went wrong before is told here
}

func (p *Printer) printJSON(w io.Writer, l List) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, d := range l {
		_ = encoder.Encode(struct {
			File    string `json:"file,omitempty"`
			Line    int    `json:"line,omitempty"`
			Column  int    `json:"column,omitempty"`
			Level   string `json:"level"`
			Code    Code   `json:"code"`
			Message string `json:"message"`
			Hint    string `json:"hint,omitempty"`
		}{d.File, d.Line, d.Column, d.Level.String(), d.Code, d.Message, d.Hint})
	}
}

// What GitHub reads as its own signs, in the message and in a property.
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (p *Printer) printGitHub(w *bufio.Writer, l List) {
	for _, d := range l {
		command := d.Level.String()
		if d.Level == Note {
			command = "notice"
		}
		w.WriteString("::" + command + " ")
		if d.File != "" {
			w.WriteString("file=" + githubProperty.Replace(Visible(p.fromRoot(d.File))) + ",")
			if d.Line > 0 {
				w.WriteString("line=" + strconv.Itoa(d.Line) + ",")
			}
			if d.Column > 0 {
				w.WriteString("col=" + strconv.Itoa(d.Column) + ",")
			}
		}
		w.WriteString("title=" + githubProperty.Replace(string(d.Code)) + "::")
		w.WriteString(githubMessage.Replace(withHint(d)) + "\n")
	}
}

// withHint is the message in one line, and the hint in one of its own.
func withHint(d Diagnostic) string {
	if d.Hint == "" {
		return Visible(d.Message)
	}
	return Visible(d.Message) + "\nhint: " + Visible(d.Hint)
}

// fromRoot is a file's path from the root of the repository.
func (p *Printer) fromRoot(file string) string {
	prefix := strings.Trim(p.Prefix, "/")
	if prefix == "" || prefix == "." {
		return file
	}
	return prefix + "/" + file
}

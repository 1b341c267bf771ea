// Package diag holds what publish has to say about somebody's content: an
// error, a warning or a note, with its place and what to do about it.
//
// Every stage reports into a List and goes on, so that an author sees all
// mistakes in one run. Failures of the machine (a full disk, a port that is
// taken) are ordinary Go errors and never come here.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file of the site. The zero Pos is "the site as a whole".
type Pos struct {
	File   string // from the site folder, with slashes
	Line   int    // from 1; 0 means the whole file
	Column int    // from 1, counted in characters; 0 means the whole line
}

// String gives file:line:column, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Level says how much a diagnostic matters. Errors stop a build.
type Level uint8

// The levels, mildest first. Off is only an answer of a site's `checks:`.
const (
	Off Level = iota
	Note
	Warning
	Error
)

// String is the word that is printed for the level.
func (l Level) String() string {
	return [...]string{"off", "note", "warning", "error"}[l]
}

// Diagnostic is one thing that an author should know.
type Diagnostic struct {
	Pos
	Level   Level
	Code    Code   // stable; see codes.go
	Message string // lower case, no full stop, names the thing in quotes
	Hint    string // the next action; may be empty
}

// List collects diagnostics. The zero List is ready to use.
type List []Diagnostic

// Report adds a diagnostic of the code's own level. The hint may be empty.
func (l *List) Report(code Code, pos Pos, hint, format string, args ...any) {
	*l = append(*l, Diagnostic{
		Pos: pos, Level: code.Level(), Code: code, Hint: hint,
		Message: fmt.Sprintf(format, args...),
	})
}

// Sort orders by file, line, column, then level (errors first), code and
// message, and drops what stands twice, so that output never depends on the
// order in which the work was done.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(b.Level, a.Level),
			strings.Compare(string(a.Code), string(b.Code)),
			strings.Compare(a.Message, b.Message),
			strings.Compare(a.Hint, b.Hint),
		)
	})
	*l = slices.Compact(*l)
}

// Count says how many diagnostics have the level.
func (l List) Count(level Level) int {
	n := 0
	for i := range l {
		if l[i].Level == level {
			n++
		}
	}
	return n
}

// HasErrors says whether anything would stop a build.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// ErrorList lets a diagnostic travel as an error: a Route's Render returns it
// when a layout or a page is at fault, and not the machine.
type ErrorList struct{ List List }

// Error gives the first message; whoever prints for people unwraps the list.
func (e *ErrorList) Error() string {
	if len(e.List) == 0 {
		return "no diagnostics"
	}
	first := e.List[0]
	if first.File == "" {
		return first.Message
	}
	return first.Pos.String() + ": " + first.Message
}

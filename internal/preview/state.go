package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"publish/internal/diag"
)

// mostTold is how many messages of a kind a browser is told; more help nobody.
const mostTold = 100

// message is one diagnostic as the terminal prints it: place, words, excerpt
// with caret, hint.
type message struct {
	Level string `json:"level"`
	Text  string `json:"text"`
}

func messages(printer diag.Printer, list diag.List) []message {
	told := make([]message, 0, min(len(list), mostTold))
	for i := range list[:min(len(list), mostTold)] {
		var b strings.Builder
		_ = printer.Print(&b, list[i:i+1]) // a Builder takes everything
		told = append(told, message{list[i].Level.String(), strings.TrimRight(b.String(), "\n")})
	}
	if more := len(list) - mostTold; more > 0 {
		told = append(told, message{"note", fmt.Sprintf("and %d more: the terminal has them all", more)})
	}
	return told
}

// state is what every tab is told about a revision.
type state struct {
	Number   int       `json:"number"`
	Base     string    `json:"base"`
	Errors   []message `json:"errors"`
	Warnings []message `json:"warnings"`
	// Counts are of all of them, also of those that are not told.
	ErrorCount   int     `json:"errorCount"`
	WarningCount int     `json:"warningCount"`
	Held         []Held  `json:"held"`
	HeldCount    int     `json:"heldCount"`
	Edited       *edited `json:"edited,omitempty"`
}

type edited struct {
	Path  string `json:"path"`
	Title string `json:"title"`
}

// describe makes the state of a revision.
func (rev *revision) describe() []byte {
	printer := diag.Printer{Source: rev.Source}
	warnings := append(Reserved(rev.Table, rev.base), rev.Warnings...)
	s := state{
		Number: rev.Number, Base: rev.base,
		Errors: messages(printer, rev.Errors), ErrorCount: len(rev.Errors),
		Warnings: messages(printer, warnings), WarningCount: len(warnings),
		Held: append([]Held{}, rev.Held[:min(len(rev.Held), mostTold)]...), HeldCount: len(rev.Held),
	}
	if rev.Edited != "" {
		s.Edited = &edited{rev.Edited, rev.EditedTitle}
	}
	return encode(s)
}

// encode gives JSON in one line. Angle brackets stay: it is read by a script,
// never put into a page as it is.
func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err) // our own types can be encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

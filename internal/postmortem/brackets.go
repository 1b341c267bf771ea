package postmortem

import (
	"strings"
	"unicode/utf8"
)

// openBrackets and closeBrackets are those that remarks stand in, of either width.
const (
	openBrackets  = "([（"
	closeBrackets = ")]）"
)

// inBrackets gives what stands in brackets and holds none itself, without and with
// them. An expression for it took a good part of the time of a list.
func inBrackets(text string) func(yield func(inner, whole string) bool) {
	return func(yield func(inner, whole string) bool) {
		open := -1 // behind the last bracket that is open
		start := 0 // of that bracket
		for i := 0; i < len(text); i++ {
			if c := text[i]; c != '(' && c != '[' && c != ')' && c != ']' && c != wideBracket[0] {
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			switch {
			case strings.ContainsRune(openBrackets, r):
				start, open = i, i+size
			case !strings.ContainsRune(closeBrackets, r):
				continue // another letter that begins as a wide bracket does
			case open >= 0 && !yield(text[open:i], text[start:i+size]):
				return
			default:
				open = -1
			}
			i += size - 1
		}
	}
}

// wideBracket is one of the wide ones, which begin with the same byte.
const wideBracket = "（"

package proof

import (
	"bytes"

	"publish/internal/pattern"
)

// begins is the start of a line that goes on with nothing: a heading, an item, a
// row, or none at all.
var begins = pattern.New(`^[ \t>]*(?:#|[-*+][ \t]|\d{1,9}[.)][ \t]|\||[\r\n]|$)`)

// blocks cuts a Markdown text where something else begins: at blank lines,
// headings, items and cells. Lines that are only wrapped stay together.
func blocks(text []byte) [][]byte {
	var all [][]byte
	start, at, heading := 0, 0, false
	cut := func(to int) {
		if to > start {
			all = append(all, text[start:to])
		}
		start = to
	}
	for line := range bytes.Lines(text) {
		if heading || begins.Match(line) {
			cut(at)
		}
		heading = bytes.HasPrefix(bytes.TrimLeft(line, " \t>"), []byte("#"))
		for i, c := range line {
			if c == '|' {
				cut(at + i)
			}
		}
		at += len(line)
	}
	cut(len(text))
	return all
}

package content

import (
	"bytes"
	"iter"
	"slices"
)

// signs are a few signs, each of which is looked for with what the processor has
// for it: of a text that has few of them next to nothing is looked at closely.
type signs [10]string

// lines gives the lines of a text that hold one of the signs, without their
// newlines, and where each begins.
func (s *signs) lines(text []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		var next [len(s)]int // where each sign stands next
		for i := range next {
			next[i] = s.from(i, text, 0)
		}
		for end := 0; ; {
			at := slices.Min(next[:])
			if at == len(text) {
				return
			}
			start := end + bytes.LastIndexByte(text[end:at], '\n') + 1
			line, _, _ := bytes.Cut(text[start:], []byte{'\n'})
			if !yield(start, line) {
				return
			}
			end = start + len(line)
			for i := range next {
				if next[i] < end {
					next[i] = s.from(i, text, end)
				}
			}
		}
	}
}

// from is where a sign stands first from a place on, the end of the text if it
// does not.
func (s *signs) from(i int, text []byte, at int) int {
	if n := bytes.Index(text[at:], []byte(s[i])); n >= 0 {
		return at + n
	}
	return len(text)
}

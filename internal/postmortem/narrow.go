package postmortem

import (
	"strings"
	"unicode/utf8"
)

// wideEnough is how far into a text, in letters, its time may reach.
const wideEnough = 60

// inASCII writes the digits and signs that are as wide as Chinese characters
// (`１５：０５（JST）`) in ASCII, at the beginning of a text, where its time
// stands. at turns a place in the narrow text into one in the text itself; it
// is nil where nothing was changed.
func inASCII(text string) (plain string, at func(int) int) {
	if !strings.Contains(text[:min(len(text), 4*wideEnough)], "\xef\xbc") {
		return text, nil
	}
	var b strings.Builder
	places := []int{0} // in the text, by place in the narrow one
	seen, from := 0, 0
	for from < len(text) && seen < wideEnough {
		r, size := utf8.DecodeRuneInString(text[from:])
		before := b.Len()
		if size == len("：") && isWide(r) {
			b.WriteByte(byte(r - '！' + '!'))
		} else {
			b.WriteString(text[from : from+size])
		}
		from, seen = from+size, seen+1
		for range b.Len() - before {
			places = append(places, from)
		}
	}
	head := b.Len()
	b.WriteString(text[from:])
	return b.String(), func(place int) int {
		if place <= head {
			return places[place]
		}
		return from + place - head
	}
}

// isWide says that a letter is a wide form of one that times are made of.
func isWide(r rune) bool {
	return '０' <= r && r <= '９' || strings.ContainsRune("：（），．／－", r)
}

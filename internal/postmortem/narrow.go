package postmortem

import (
	"strings"
	"unicode/utf8"
)

// wideEnough is how far into a text, in letters, its time may reach.
const wideEnough = 60

// inASCII writes the digits and signs that are as wide as Chinese characters
// (`１５：０５（JST）`), and Arabic and Indian digits (`१०:३०`), in ASCII, at the beginning of a text, where its time
// stands. at turns a place in the narrow text into one in the text itself; it
// is nil where nothing was changed.
func inASCII(text string) (plain string, at func(int) int) {
	if isASCII(text[:min(len(text), 4*wideEnough)]) {
		return text, nil
	}
	if !strings.ContainsFunc(text[:min(len(text), 4*wideEnough)], func(r rune) bool { return asciiOf(r) != 0 }) {
		return text, nil
	}
	var b strings.Builder
	places := []int{0} // in the text, by place in the narrow one
	seen, from := 0, 0
	for from < len(text) && seen < wideEnough {
		r, size := utf8.DecodeRuneInString(text[from:])
		before := b.Len()
		if sign := asciiOf(r); sign != 0 {
			b.WriteByte(sign)
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

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// asciiOf is the ASCII form of a digit or sign that times are made of and that
// is written in another way; 0 of any other letter.
func asciiOf(r rune) byte {
	switch {
	case r < 0x80:
		return 0
	case '０' <= r && r <= '９' || strings.ContainsRune("：（），．／－", r):
		return byte(r - '！' + '!')
	}
	for _, zero := range []rune{0x660, 0x6F0, 0x966} { // Arabic-Indic, Persian, Devanagari
		if zero <= r && r <= zero+9 {
			return byte('0' + r - zero)
		}
	}
	return 0
}

package markdown

import (
	"strconv"
	"strings"

	codes "publish/internal/code"
)

// Logs are pasted with what programs write to colour a terminal: escape
// sequences (ECMA-48 §5.4, §8.3.117 SGR; xterm's OSC for links and titles).
// Here they become classes, or go: none reaches a page.

const escape = '\x1b'

// styled is a stretch of a terminal's text that looks the same.
type styled struct {
	end     int    // in the text
	classes string // of its span; "" for plain text
}

// isTerminal says whether a block of code is what a terminal showed: it says
// so, or it holds escape sequences and is no program.
func isTerminal(language, code string) bool {
	return language == "ansi" || strings.IndexByte(code, escape) >= 0 && codes.Lookup(language) == nil
}

// readTerminal takes the escape sequences out of a text, and says what they
// make of it.
func readTerminal(raw string) (text string, looks []styled) {
	var b strings.Builder
	var now look
	for {
		before, after, found := strings.Cut(raw, string(escape))
		b.WriteString(before)
		if classes := now.classes(); before != "" {
			if n := len(looks); n > 0 && looks[n-1].classes == classes {
				looks[n-1].end = b.Len()
			} else {
				looks = append(looks, styled{b.Len(), classes})
			}
		}
		if !found {
			return b.String(), looks
		}
		var parameters string
		parameters, raw = cutSequence(after)
		now.set(parameters)
	}
}

// cutSequence cuts what follows an escape character behind its sequence, and
// gives the parameters of one that sets how text looks (SGR).
func cutSequence(s string) (parameters, rest string) {
	switch {
	case s == "":
		return "", ""
	case s[0] == '[': // CSI: parameters, intermediates, a final byte
		i := 1
		for i < len(s) && s[i] >= 0x20 && s[i] <= 0x3f {
			i++
		}
		switch {
		case i == len(s) || s[i] < 0x40 || s[i] > 0x7e: // cut short
			return "", s[i:]
		case s[i] != 'm':
			return "", s[i+1:]
		case i == 1:
			return "0", s[2:]
		}
		return s[1:i], s[i+1:]
	case s[0] == ']': // OSC: up to BEL or ST, and not beyond its line
		end := strings.IndexAny(s, "\a\x1b\n")
		switch {
		case end < 0:
			return "", ""
		case s[end] == '\a':
			return "", s[end+1:]
		case s[end] == escape && strings.HasPrefix(s[end+1:], `\`):
			return "", s[end+2:]
		}
		return "", s[end:]
	case strings.IndexByte("()*+", s[0]) >= 0 && len(s) > 1 && s[1] < 0x7f && s[1] > ' ': // a set of characters
		return "", s[2:]
	case s[0] > ' ' && s[0] < 0x7f:
		return "", s[1:]
	}
	return "", s
}

// look is how a terminal shows text. Colours are numbers from 1, so that 0 is
// that of the page.
type look struct {
	colour, ground                        int
	bold, dim, italic, underline, inverse bool
}

// colourNames are the eight colours of a terminal. The bright ones are the
// same here: the style sheet's are chosen to be read, in light and dark.
var colourNames = [...]string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}

// classes are those of the look. A ground becomes the text's colour turned
// around, since a pair of colours that suits one page is unreadable on another.
func (l look) classes() string {
	var list []string
	add := func(on bool, class string) {
		if on {
			list = append(list, class)
		}
	}
	colour := l.colour
	if l.ground > 0 {
		colour = l.ground
	}
	if colour > 0 {
		list = append(list, "ansi-"+colourNames[colour-1])
	}
	add(l.ground > 0 || l.inverse, "ansi-inverse")
	add(l.bold, "ansi-bold")
	add(l.dim, "ansi-dim")
	add(l.italic, "ansi-italic")
	add(l.underline, "ansi-underline")
	return strings.Join(list, " ")
}

// set follows the parameters of an SGR sequence.
func (l *look) set(parameters string) {
	if parameters == "" {
		return
	}
	values := strings.FieldsFunc(strings.ReplaceAll(parameters, ";;", ";0;"), func(r rune) bool { return r == ';' || r == ':' })
	for len(values) > 0 {
		n, err := strconv.Atoi(values[0])
		values = values[1:]
		if err != nil {
			return // private, and not about looks
		}
		switch {
		case n == 0:
			*l = look{}
		case n == 38 || n == 48:
			var colour int
			if colour, values = manyColours(values); n == 38 {
				l.colour = colour
			} else {
				l.ground = colour
			}
		default:
			l.setOne(n)
		}
	}
}

func (l *look) setOne(n int) {
	switch {
	case n >= 30 && n <= 37:
		l.colour = n - 29
	case n >= 90 && n <= 97:
		l.colour = n - 89
	case n == 39:
		l.colour = 0
	case n >= 40 && n <= 47:
		l.ground = n - 39
	case n >= 100 && n <= 107:
		l.ground = n - 99
	case n == 49:
		l.ground = 0
	case n == 1:
		l.bold = true
	case n == 2:
		l.dim = true
	case n == 22:
		l.bold, l.dim = false, false
	case n == 3 || n == 23:
		l.italic = n == 3
	case n == 4 || n == 24:
		l.underline = n == 4
	case n == 7 || n == 27:
		l.inverse = n == 7
	}
}

// manyColours reads a colour of 256 ("5;n") or of all ("2;r;g;b") as the
// nearest of the eight.
func manyColours(values []string) (int, []string) {
	number := func(i int) int {
		if i >= len(values) {
			return 0
		}
		n, _ := strconv.Atoi(values[i])
		return n
	}
	switch {
	case len(values) < 2:
		return 0, nil
	case values[0] == "2":
		return nearest(number(1), number(2), number(3)), values[min(4, len(values)):]
	case values[0] != "5":
		return 0, values[1:]
	}
	n, rest := number(1), values[min(2, len(values)):]
	switch {
	case n < 0 || n > 255:
		return 0, rest
	case n < 16:
		return n%8 + 1, rest
	case n >= 232: // greys
		return 0, rest
	}
	n -= 16
	return nearest(n/36*51, n/6%6*51, n%6*51), rest
}

// nearest gives the colour whose parts are strong where those of r, g, b are;
// greys are the text's own.
func nearest(r, g, b int) int {
	most, least := max(r, g, b), min(r, g, b)
	if most-least < 40 {
		return 0
	}
	colour := 1
	for i, part := range []int{r, g, b} {
		if part-least > (most-least)/2 {
			colour += 1 << i
		}
	}
	return colour
}

// styled writes a terminal's text with the classes of its stretches.
func (w *writer) styled(text string, looks []styled) {
	start := 0
	for _, s := range looks {
		if s.classes == "" {
			w.verbatim(text[start:s.end])
		} else {
			w.write(`<span class="`)
			w.write(s.classes)
			w.write(`">`)
			w.verbatim(text[start:s.end])
			w.write("</span>")
		}
		start = s.end
	}
}

package leak

import (
	"strings"

	"publish/internal/pattern"
)

// A number is told for one where it is written as people write them: with its
// country (E.164), in the groups of a country, or behind a word that says so.
// What counts, measures or dates never is.

// gap is what stands between the groups of a number: a blank, one that does not
// break, a point, a hyphen.
const gap = `(?:[ .-]|\x{a0}|\x{202f}|\x{2009})`

var (
	international = pattern.New(`^(?:\+|00)(?:1` + gap + `?\(?[2-9]\d\d\)?` + gap + `?[2-9]\d\d` + gap + `?\d{4}|[2-9]\d{0,2}(?:` + gap + `?\(0\))?(?:` + gap + `?\d){6,12})`)
	spread        = pattern.New(`^00[2-9]\d` + gap + `\d`)
	french        = pattern.New(`^0[1-9](?: \d\d){4}|^0[1-9](?:\.\d\d){4}|^0[1-9](?:-\d\d){4}|^0[1-9](?:\x{a0}\d\d){4}|^0[1-9](?:\x{202f}\d\d){4}`)
	bracketed     = pattern.New(`^\([2-9]\d\d\)(?: |-|\x{a0})?[2-9]\d\d[-. ]\d{4}`)
	dashed        = pattern.New(`^[2-9]\d\d-[2-9]\d\d-\d{4}|^[2-9]\d\d\.[2-9]\d\d\.\d{4}`)
	worded        = pattern.New(`(?i)^(?:tel|tél|telephone|téléphone|phone|mobile|fax|whatsapp)(?:\.| number| no\.?)?(?: ?:| ?=|\s)\s{0,2}(\+?[(\d][\d() ./\x{a0}\x{202f}-]{6,18}\d)`)
)

// phone finds a number around an anchor.
func phone(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	start = at
	var form *pattern.Pattern
	switch c := text[at]; {
	case c == '+':
		form = international
	case c == '(':
		form = bracketed
	case c == '-' || c == '.':
		if start = at - 3; start < 0 || !isDigit(text[at-1]) || at+4 >= len(text) || text[at+4] != c {
			return 0, 0, false
		}
		form = dashed
	case c == '0' && at+1 < len(text) && text[at+1] == '0':
		if !spread.Match(window(text, at)) {
			return 0, 0, false
		}
		form = international
	case c == '0':
		if at+2 >= len(text) || text[at+2] == ':' || isDigit(text[at+2]) {
			return 0, 0, false
		}
		form = french
	default:
		form = worded
	}
	if !apart(text, start) {
		return 0, 0, false
	}
	m := form.FindSubmatchIndex(window(text, start))
	if m == nil {
		return 0, 0, false
	}
	from, to := start+m[0], start+m[1]
	if len(m) > 2 {
		from, to = start+m[2], start+m[3]
	}
	if to < len(text) && (isAlnum(text[to]) || to+1 < len(text) && strings.IndexByte(".-:/", text[to]) >= 0 && isDigit(text[to+1]) || text[to] == '%') {
		return 0, 0, false
	}
	number := string(text[from:to])
	return from, to, isNumber(number, form == worded) && !s.isOwnNumber(number)
}

func window(text []byte, at int) []byte { return text[at:min(len(text), at+48)] }

// apart says that a number begins here: no other sign belongs to it.
func apart(text []byte, at int) bool {
	if at == 0 {
		return true
	}
	c := text[at-1]
	if isAlnum(c) || strings.IndexByte("_.-/:=#@&%+?", c) >= 0 {
		return c == ':' && at > 3 && strings.EqualFold(string(text[at-4:at]), "tel:")
	}
	// 2021-04-29 09:21 +0200 and 12 01 02 03 04 05 go on from before.
	return c != ' ' || at < 2 || !isDigit(text[at-2])
}

// isNumber says that a number can be somebody's: it has as many digits as one
// has, and is none of those that were set aside for books and films.
func isNumber(number string, said bool) bool {
	digits := onlyDigits(number)
	if len(digits) < 7 || len(digits) > 15 || repeats(digits) || strings.Contains("01234567890123456789", digits) || strings.Contains(number, "  ") {
		return false
	}
	if strings.HasPrefix(number, "+") && !said && len(digits) < 9 {
		return false
	}
	return !fictional.MatchString(strings.TrimPrefix(digits, "00"))
}

// fictional are numbers that nobody gets: 555-01xx in North America (and all of
// 555, which writers use), what ARCEP keeps for works of fiction in France, and
// Ofcom in Britain.
var fictional = pattern.New(`^1?\d{3}555\d{4}$|^1?555\d{7}$|^(?:33|0)?(?:19900|26191|35301|46571|53649|63998)\d{4}$|^(?:44|0)?(?:7700900\d{3}|20794609\d\d|1632960\d{3}|2079460\d{3}|1\d{2}4960\d{3}|8081570\d{3}|3069990\d{3})$|^555\d{4}$`)

func (s *Scanner) isOwnNumber(number string) bool {
	digits := onlyDigits(number)
	return s.digits != "" && strings.Contains(s.digits, strings.TrimPrefix(digits, "00"))
}

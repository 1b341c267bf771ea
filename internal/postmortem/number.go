package postmortem

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ParseNumber reads a quantity as people write it: `8 000`, `8,000`, `~8k`,
// `21,91 %`, `1.2 million`, `76 sessions`. The text is kept in any case; Known
// says whether it could be read. A comma before three digits parts thousands,
// any other comma is a decimal point. The sign % and a unit behind the number
// change nothing.
func ParseNumber(text string) Number {
	n := Number{Written: strings.TrimSpace(text)}
	rest := n.Written
	if size := scanApproximate(rest); size > 0 {
		n.Approximate, rest = true, rest[size:]
	}
	sign := 1.0
	if after, ok := strings.CutPrefix(rest, "-"); ok {
		sign, rest = -1, after
	}
	digits, size := figures(rest)
	if digits == "" {
		return n
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return n
	}
	factor, ok := unit(strings.TrimSpace(rest[size:]))
	if !ok {
		return n
	}
	n.Value, n.Known = sign*value*factor, true
	return n
}

// figures reads the digits of a number, with its separators of thousands taken
// out and a full stop for the decimal point.
func figures(s string) (digits string, size int) {
	var b strings.Builder
	parted := false
	for next := s; next != ""; {
		r, n := utf8.DecodeRuneInString(next)
		next = next[n:]
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
			size = len(s) - len(next)
		case b.Len() > 0 && (unicode.IsSpace(r) || r == '\'' || r == '’') && group(next):
			parted = true
		case b.Len() > 0 && (r == ',' || r == '.') && next != "" && '0' <= next[0] && next[0] <= '9':
			b.WriteRune(r)
		default:
			return decimal(b.String(), parted), size
		}
	}
	return decimal(b.String(), parted), size
}

// group says that exactly three digits follow.
func group(s string) bool {
	_, n := digits(s)
	return n == 3
}

// decimal settles what commas and full stops mean: the last of two kinds is
// the decimal point; one kind that comes twice, or a comma before exactly
// three digits, parts thousands.
func decimal(s string, parted bool) string {
	commas, stops := strings.Count(s, ","), strings.Count(s, ".")
	drop := func(sign string) { s = strings.ReplaceAll(s, sign, "") }
	switch {
	case commas > 0 && stops > 0 && strings.LastIndex(s, ",") > strings.LastIndex(s, "."):
		drop(".")
	case commas > 0 && stops > 0:
		drop(",")
	case commas > 1 || commas == 1 && !parted && group(s[strings.Index(s, ",")+1:]) && s[0] != '0':
		drop(",")
	case stops > 1:
		drop(".")
	}
	return strings.ReplaceAll(s, ",", ".")
}

// unit reads what stands behind a number: a multiplier, a percent sign, at
// most one word of another kind and no second number.
func unit(s string) (factor float64, ok bool) {
	factor = 1
	if strings.ContainsFunc(s, unicode.IsDigit) {
		return 0, false
	}
	first, rest, _ := strings.Cut(s, " ")
	if m := words()["multiplier"][fold(first)]; m != "" {
		factor, _ = strconv.ParseFloat(m, 64)
		first, rest = rest, ""
	}
	return factor, len(strings.Fields(first))+len(strings.Fields(rest)) <= 1
}

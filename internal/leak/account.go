package leak

import (
	"strings"

	"publish/internal/pattern"
)

// Numbers of cards and accounts have a checksum, which most numbers do not meet
// by chance: one in ten of a card, one in ninety-seven of an account. So a card
// counts only in the groups in which people and forms write it, or behind a word
// that says so.

var (
	cardGroups = pattern.New(`^(?:\d{4}(?: \d{4}){3}|\d{4}(?:-\d{4}){3}|\d{4}(?:\x{a0}\d{4}){3}|3[47]\d\d \d{6} \d{5}|3[47]\d\d-\d{6}-\d{5})`)
	cardDigits = pattern.New(`^(?:3[47]\d{13}|\d{16})`)
	cardWord   = pattern.New(`(?i)(?:card|carte|karte|tarjeta|visa|amex|\bpan|\bcb)[^\n]{0,24}$`)
	cardGoesOn = pattern.New(`^[ ./_-]\d{3}`) // and not with the month in which it ends
	// cardRange are the numbers that somebody gives out.
	cardRange = pattern.New(`^(?:4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|6011|62|64[4-9]|65)`)
)

// card finds the number of a payment card that begins at an anchor.
func card(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	if at > 0 && (isAlnum(text[at-1]) || strings.IndexByte("_.-/+", text[at-1]) >= 0) || at > 1 && text[at-1] == ' ' && isDigit(text[at-2]) {
		return 0, 0, false
	}
	near := window(text, at)
	size := len(cardGroups.Find(near))
	if size == 0 {
		if size = len(cardDigits.Find(near)); size == 0 || !cardWord.Match(text[max(0, at-40):at]) {
			return 0, 0, false
		}
	}
	if end = at + size; end < len(text) && isAlnum(text[end]) || cardGoesOn.Match(text[end:]) {
		return 0, 0, false
	}
	digits := onlyDigits(string(text[at:end]))
	return at, end, cardRange.MatchString(digits) && luhn(digits) && !repeats(digits) && !s.rules.everywhere[digits]
}

// luhn is the checksum of ISO/IEC 7812-1: every second digit from the right
// counts twice, and the sum of all digits ends in 0.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}

// ibanLength is how many signs the number of an account has, by country, for
// those whose letters are anchors in rules.txt.
var ibanLength = map[string]int{
	"AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27,
	"HU": 28, "IE": 22, "IT": 27, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24,
}

// iban finds the number of a bank account that begins at an anchor: in one piece,
// or in groups of four.
func iban(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	if at > 0 && (isAlnum(text[at-1]) || text[at-1] == '_' || text[at-1] == '-') {
		return 0, 0, false
	}
	length := ibanLength[string(text[at:at+2])] // an anchor has three
	number := make([]byte, 0, 34)
	for end = at; end < len(text) && len(number) < length; end++ {
		switch c := text[end]; {
		case isDigit(c) || c >= 'A' && c <= 'Z':
			number = append(number, c)
		case c == ' ' && len(number)%4 == 0:
		default:
			return 0, 0, false
		}
	}
	if length == 0 || len(number) < length || end < len(text) && (isAlnum(text[end]) || text[end] == '_') {
		return 0, 0, false
	}
	return at, end, remainder(number) == 1 && !s.rules.everywhere[strings.ToLower(string(number))]
}

// remainder is what is left of the number of an account after division by 97,
// with its first four signs put last and each letter as a number from 10 on.
func remainder(number []byte) int {
	rest := 0
	for i := range number {
		if c := number[(i+4)%len(number)]; isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest
}

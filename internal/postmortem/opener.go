package postmortem

import "publish/internal/pattern"

// opener is a pattern for what a text begins with, and the bytes with which that
// begins. Most texts begin with none of them, which is seen a hundred times faster
// than the pattern is asked.
type opener struct {
	pattern *pattern.Pattern
	first   [256]bool
	// next are the bytes of which one stands behind what many patterns begin
	// with: up to two digits and a blank. Nothing is known if it is nil.
	next *[256]bool
}

// newOpener makes one of a pattern that begins with ^. The first bytes are
// listed, and digits stand for themselves.
func newOpener(first string, p *pattern.Pattern) *opener {
	return &opener{pattern: p, first: setOf(first)}
}

func setOf(bytes string) (set [256]bool) {
	for i := range len(bytes) {
		set[bytes[i]] = true
	}
	return set
}

// then lists the bytes of which one stands behind the digits and the blank.
func (o *opener) then(next string) *opener {
	set := setOf(next)
	o.next = &set
	return o
}

var blanks = setOf(" \t\n\f\r")

const asciiDigits = "0123456789"

func (o *opener) mayMatch(s string) bool {
	if s == "" || !o.first[s[0]] {
		return false
	}
	if o.next == nil {
		return true
	}
	n := 0
	for n < min(len(s), 2) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n < len(s) && blanks[s[n]] {
		n++
	}
	return n < len(s) && o.next[s[n]]
}

// FindString is the pattern's.
func (o *opener) FindString(s string) string {
	if !o.mayMatch(s) {
		return ""
	}
	return o.pattern.FindString(s)
}

// FindStringSubmatch is the pattern's.
func (o *opener) FindStringSubmatch(s string) []string {
	if !o.mayMatch(s) {
		return nil
	}
	return o.pattern.FindStringSubmatch(s)
}

// MatchString is the pattern's.
func (o *opener) MatchString(s string) bool { return o.mayMatch(s) && o.pattern.MatchString(s) }

package postmortem

import "publish/internal/pattern"

// opener is a pattern for what a text begins with, and the bytes with which that
// begins. Most texts begin with none of them, which is seen a hundred times faster
// than the pattern is asked.
type opener struct {
	pattern *pattern.Pattern
	first   [256]bool
}

// newOpener makes one of a pattern that begins with ^. The first bytes are
// listed, and digits stand for themselves.
func newOpener(first string, p *pattern.Pattern) *opener {
	o := &opener{pattern: p}
	for i := range len(first) {
		o.first[first[i]] = true
	}
	return o
}

const asciiDigits = "0123456789"

func (o *opener) mayMatch(s string) bool { return s != "" && o.first[s[0]] }

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

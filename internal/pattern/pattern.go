// Package pattern is regular expressions that are compiled when they are first
// used. The program has some three hundred, and a command needs a few of them:
// compiling all at its start took a third of the time of `publish version`.
package pattern

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
)

// Pattern is a regular expression. It may be used by several goroutines at
// once.
type Pattern struct {
	text     string
	signs    string // one of them is in every match; none if nothing is known
	make     func() string
	once     sync.Once
	compiled *regexp.Regexp
}

// New gives the pattern of a text, which must be one that regexp reads: a test
// of the whole program (patterns_test.go) tries them all. It costs nothing at
// the start: the compiler lays a variable that is set with it out as data.
func New(text string) *Pattern { return &Pattern{text: text} }

// Holding gives a pattern of which every match holds one of some signs. Most texts
// hold none of them, which is seen a hundred times faster than the expression
// finds that it does not match. The test of all patterns proves it of each.
func Holding(signs, text string) *Pattern { return &Pattern{text: text, signs: signs} }

// Of gives a pattern whose text is put together when it is first used.
func Of(text func() string) *Pattern { return &Pattern{make: text} }

// Regexp is the compiled expression.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(p.compile)
	return p.compiled
}

// MayMatch says whether a text holds one of the signs that are in every match; it
// does if nothing is known.
func (p *Pattern) MayMatch(s string) bool {
	for _, sign := range p.signs {
		if strings.ContainsRune(s, sign) {
			return true
		}
	}
	return p.signs == ""
}

// mayMatchBytes is MayMatch of bytes.
func (p *Pattern) mayMatchBytes(b []byte) bool {
	for _, sign := range p.signs {
		if bytes.ContainsRune(b, sign) {
			return true
		}
	}
	return p.signs == ""
}

func (p *Pattern) compile() {
	if p.make != nil {
		p.text = p.make()
	}
	p.compiled = regexp.MustCompile(p.text)
}

// Package leak finds in what will be published what must not be: secrets,
// what persons are reached by, and what can only be reached from inside. It
// knows bytes and nothing of sites; whoever reads a text asks it.
//
// What it looks for are the rules of rules.txt. One pass over the bytes finds
// the letters by which the rules begin (anchors.go); only where some stand a
// rule is tried, on the little that can belong to it. So the cost of a text
// hardly depends on how many rules there are.
package leak

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"publish/internal/diag"
)

// Options are what a site says of itself.
type Options struct {
	// Own are texts with addresses that the site publishes on purpose: its
	// contact, its authors, where to subscribe, where it lies. What stands in
	// them is never a leak of a person or a host.
	Own []string
	// Hosts are the site's own names of what is internal: a host, which stands
	// for all below it, or a pattern with * in it.
	Hosts []string
}

// Scanner looks for leaks. It never changes and may be used by many goroutines.
type Scanner struct {
	own    string // lower case
	digits string // the digits of own, line by line
	hosts  *regexp.Regexp
	rules  *ruleBook
	find   *anchors
}

// Finding is one thing that must not be published.
type Finding struct {
	Start, End int // bytes of the text
	Code       diag.Code
	Kind       string // "a GitHub token"
	// Masked is as much of it as a message may show.
	Masked string
	rule   int
}

// New makes a Scanner.
func New(o Options) *Scanner {
	s := &Scanner{own: strings.ToLower(strings.Join(o.Own, "\n")), rules: rules(), find: rules().anchors}
	s.digits = onlyDigits(s.own)
	if len(o.Hosts) > 0 {
		var patterns []string
		book := *s.rules
		for _, host := range o.Hosts {
			host = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(host)), "*.")
			if host == "" {
				continue
			}
			patterns = append(patterns, strings.ReplaceAll(regexp.QuoteMeta(host), `\*`, `[a-z0-9.-]*`))
			anchor := longestPart(host)
			book.list = append(book.list, &rule{id: "own-host", kind: "the name of an internal host", code: diag.LeakHost, anchors: []string{anchor}, special: ownHost})
		}
		s.hosts = regexp.MustCompile(`^(?:[a-z0-9_-]+\.)*(?:` + strings.Join(patterns, "|") + `)$`)
		s.rules, s.find = &book, newAnchors(book.list)
	}
	return s
}

// longestPart is the longest piece of a pattern without a star. Of a pattern that is
// nothing else it is the point that a host has.
func longestPart(pattern string) string {
	parts := strings.Split(pattern, "*")
	return cmp.Or(slices.MaxFunc(parts, func(a, b string) int { return cmp.Compare(len(a), len(b)) }), ".")
}

// Scan gives what it finds in a text, in its order, without overlaps.
func (s *Scanner) Scan(text []byte) []Finding {
	var found []Finding
	last := -1 // the rule and place that were tried last: an anchor may lie in another
	lastAt := -1
	s.find.each(text, func(n, start int) {
		if n == last && start < lastAt {
			return
		}
		r := s.rules.list[n]
		f, ok := s.try(r, text, start)
		if !ok {
			return
		}
		f.rule = n
		found = append(found, f)
		last, lastAt = n, f.End
	})
	return settle(found)
}

// settle leaves of findings that overlap the one whose rule stands first.
func settle(found []Finding) []Finding {
	if len(found) < 2 {
		return found
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.rule, b.rule)) })
	kept := found[:1]
	for _, f := range found[1:] {
		last := &kept[len(kept)-1]
		switch {
		case f.Start >= last.End:
			kept = append(kept, f)
		case f.rule < last.rule:
			*last = f
		}
	}
	return kept
}

// reach is how many bytes behind an anchor a match may take.
const reach = 700

// behind is how many bytes before an anchor may belong to a match.
const behind = 120

// try tries a rule at an anchor.
func (s *Scanner) try(r *rule, text []byte, at int) (Finding, bool) {
	if r.special != nil {
		start, end, ok := r.special(s, text, at)
		if !ok {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Code: r.code, Kind: r.kind, Masked: mask(text[start:end])}, true
	}
	start := at
	if r.before != nil {
		for start > 0 && at-start < behind && r.before[text[start-1]] {
			start--
		}
	} else if at > 0 && isAlnum(text[at-1]) && isAlnum(text[at]) {
		return Finding{}, false
	}
	window := text[start:min(len(text), at+reach)]
	window = firstLines(window, r.lines)
	m := r.pattern().FindSubmatchIndex(window)
	if m == nil {
		return Finding{}, false
	}
	end := m[1]
	if isAlnum(window[end-1]) && end < len(window) && isAlnum(window[end]) {
		return Finding{}, false // it goes on: something else is meant
	}
	from, to := m[0], m[1]
	for i := 2; i < len(m); i += 2 { // the last group that matched is the secret
		if m[i] >= 0 {
			from, to = m[i], m[i+1]
		}
	}
	match := candidate{text: text, start: start, end: start + end, value: string(window[from:to]), valueAt: start + from, whole: string(window[:end])}
	if !r.holds(s.rules, &match) {
		return Finding{}, false
	}
	return Finding{Start: start + from, End: start + to, Code: r.code, Kind: r.kind, Masked: mask(window[from:to])}, true
}

// candidate is a match that has to be judged.
type candidate struct {
	text       []byte
	start, end int    // of the match
	value      string // the secret
	valueAt    int
	whole      string
}

// holds judges a match: by the rule's own check, and by what placeholders are
// like.
func (r *rule) holds(book *ruleBook, c *candidate) bool {
	if r.check != nil {
		if !r.check(book, c) {
			return r.sure && book.real(c.value, r.bits)
		}
		if r.sure {
			return true
		}
	}
	return book.real(c.value, r.bits)
}

// mask is the beginning of a secret, so that somebody can find it who knows it,
// and nobody learns it.
func mask(secret []byte) string {
	letters := []rune(string(secret))
	shown := min(4, len(letters)/4)
	return string(letters[:shown]) + "…"
}

// firstLines is the beginning of a text, up to n lines.
func firstLines(text []byte, n int) []byte {
	at := 0
	for range n {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return text
		}
		at += next + 1
	}
	return text[:at-1]
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// onlyDigits keeps the digits of a text and the ends of its lines.
func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '\n' {
			return r
		}
		return -1
	}, text)
}

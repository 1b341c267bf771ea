package code

import "strings"

// code reads a program.
func (x *lexer) code() {
	for x.at < len(x.text) {
		x.looked++
		switch c := x.text[x.at]; {
		case c == '\n':
			x.newline()
		case c == ' ' || c == '\t' || c == '\r':
			x.at++
		case x.openers[c] != nil && x.open(c):
		case isDigit(c):
			x.number()
		case x.letters[c] == letterFirst:
			x.word()
		default:
			x.at++
			x.last, x.defines, x.first = c, false, x.breaks[c]
		}
	}
}

func (x *lexer) newline() {
	x.at++
	x.first, x.defines = true, false
	if x.last != '\\' {
		x.last = '\n'
	}
	if x.heredoc != "" {
		x.readHeredoc()
	}
}

// open reads what an opener begins, if one stands here.
func (x *lexer) open(c byte) bool {
	for _, o := range x.openers[c] {
		x.looked++
		if !strings.HasPrefix(x.text[x.at:], o.open) || !x.mayOpen(o) {
			continue
		}
		start, first := x.at, x.first
		if !x.readOpened(o) {
			continue
		}
		if o.class != Comment {
			x.first, x.defines, x.last = false, false, x.text[x.at-1]
			if o.class == Text && x.keyed(first, x.at) {
				x.rename(start, x.keyClass)
			}
		}
		return true
	}
	return false
}

// mayOpen says whether an opener counts at this place.
func (x *lexer) mayOpen(o *opener) bool {
	switch {
	case o.first && !x.first:
		return false
	case o.spaced && x.at > 0 && !isBlank(x.text[x.at-1]):
		return false
	case o.apart && x.at > 0 && (x.letters[x.text[x.at-1]] != 0 || x.text[x.at-1] == ')' || x.text[x.at-1] == ']'):
		return false
	}
	return true
}

func (x *lexer) readOpened(o *opener) bool {
	switch o.kind {
	case openLine:
		end := x.lineEnd(x.at)
		for o.continued && end < len(x.text) && end > x.at && x.text[end-1] == '\\' {
			end = x.lineEnd(end + 1)
		}
		x.emit(o.class, x.at, end)
		x.at = end
		return true
	case openPair:
		return x.pair(o, x.at)
	case openChar:
		return x.char()
	case openMark:
		end := x.markEnd(o, x.at)
		x.emit(o.class, x.at, end)
		x.at = max(x.at, end)
		return end > 0
	case openHeredoc:
		return x.startHeredoc(o)
	case openPattern:
		return x.pattern()
	case openSign:
		x.emit(o.class, x.at, x.at+len(o.open))
		x.at += len(o.open)
		return true
	}
	return false
}

// rename gives what was emitted from a place on one other class.
func (x *lexer) rename(start int, class Class) {
	for len(x.spans) > 0 && x.spans[len(x.spans)-1].Start >= start {
		x.spans = x.spans[:len(x.spans)-1]
	}
	if n := len(x.spans); n > 0 && x.spans[n-1].End > start { // they were joined
		x.spans[n-1].End = start
	}
	x.emit(class, start, x.at)
}

// word reads a name.
func (x *lexer) word() {
	start, end := x.at, x.at+1
	for end < len(x.text) && x.letters[x.text[end]] != 0 {
		end++
	}
	if x.prefixes != nil && x.prefixed(start, end) {
		return
	}
	class := x.classOf(start, end)
	x.looked += end - start
	x.emit(class, start, end)
	x.at, x.first, x.last = end, false, x.text[end-1]
}

// classOf is the class of a name.
func (x *lexer) classOf(start, end int) Class {
	member := start > 0 && x.text[start-1] == '.' // its words are names
	known := x.lookup(x.text[start:end])
	if known.class != Plain && !member && (x.first || !known.first) {
		x.defines = known.defines
		return known.class
	}
	defined, next := x.defines, byte(0)
	x.defines = false
	if end < len(x.text) {
		next = x.text[end]
	}
	switch {
	case defined && !member:
		return Function
	case x.keyClass != Plain && x.keyed(x.first, end):
		return x.keyClass
	case x.assigns && next == '=' && (start == 0 || isBlank(x.text[start-1])) && !strings.HasPrefix(x.text[end:], "=="):
		return Variable
	case x.assignsApart && x.first && x.isAssigned(end):
		return Variable
	case x.lead != Plain && x.first:
		return x.lead
	case x.calls && next == '(':
		return Function
	case x.hyphenated != Plain && isUpper(x.text[start]) && strings.IndexByte(x.text[start:end], '-') > 0:
		return x.hyphenated
	case x.capitals != Plain && isUpper(x.text[start]):
		return x.capitals
	}
	return x.others
}

// isAssigned says whether something is assigned to the name before a place.
func (x *lexer) isAssigned(end int) bool {
	at := x.skipBlanks(end)
	if at < len(x.text) && strings.IndexByte(":?+", x.text[at]) >= 0 {
		at++
	}
	return at < len(x.text) && x.text[at] == '='
}

// longest is the length of the longest word of a language.
const longest = 32

// lookup finds a word of the language.
func (x *lexer) lookup(word string) wordMeaning {
	if !x.anyCase {
		return x.words[word]
	}
	if len(word) > longest {
		return wordMeaning{}
	}
	var small [longest]byte
	for i := range len(word) {
		small[i] = word[i]
		if isUpper(word[i]) {
			small[i] += 'a' - 'A'
		}
	}
	return x.words[string(small[:len(word)])]
}

// keyed says whether what ends at a place is a key: a sign follows.
func (x *lexer) keyed(first bool, end int) bool {
	if x.keyClass == Plain || x.keyFirst && !first {
		return false
	}
	at := x.skipBlanks(end)
	if at == len(x.text) || strings.IndexByte(x.keySigns, x.text[at]) < 0 {
		return false
	}
	next := byte('\n')
	if at+1 < len(x.text) {
		next = x.text[at+1]
	}
	if x.keySpaced && !isBlank(next) {
		return false
	}
	return x.keyAny || next != '=' && next != '~' && next != '>' && next != ':'
}

// number reads a number with its base, fraction, exponent and unit.
func (x *lexer) number() {
	start, end := x.at, x.at
	letters, base := 0, strings.HasPrefix(x.text[start:], "0x") || strings.HasPrefix(x.text[start:], "0X")
	for ; end < len(x.text); end++ {
		c := x.text[end]
		switch {
		case isDigit(c) || c == '_':
			continue
		case isLetter(c):
			letters++
			continue
		case c == '.' && end+1 < len(x.text) && isDigit(x.text[end+1]):
			continue
		case (c == '+' || c == '-') && !base && (x.text[end-1] == 'e' || x.text[end-1] == 'E') && end+1 < len(x.text) && isDigit(x.text[end+1]):
			continue
		}
		break
	}
	if base || letters <= 5 && (!x.numbersApart || x.apart(start, end)) {
		x.emit(Number, start, end)
	}
	x.at, x.first, x.defines, x.last = end, false, false, x.text[end-1]
	x.looked += end - start
}

// apart says whether blanks and brackets are around a stretch.
func (x *lexer) apart(start, end int) bool {
	before, after := byte(' '), byte(' ')
	if start > 0 {
		before = x.text[start-1]
	}
	if end < len(x.text) {
		after = x.text[end]
	}
	return (isBlank(before) || strings.IndexByte("=([{,:<>+", before) >= 0) && (isBlank(after) || strings.IndexByte(")]},;|%<>&", after) >= 0)
}

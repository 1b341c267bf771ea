package code

import "strings"

// pair reads what stands between an opener and what closes it; the part begins
// at start, where a prefix may stand. An opener that nothing closes is plain,
// but for comments, which then go on to the end: the text was cut.
func (x *lexer) pair(o *opener, start int) bool {
	if x.missing[o.number] > x.at {
		return false
	}
	from := x.at + len(o.open)
	end := x.pairEnd(o, from)
	if end < 0 {
		return false
	}
	x.at = end
	if !o.holds {
		x.emit(o.class, start, end)
		return true
	}
	x.emitHolding(o.class, start, from, end)
	return true
}

// pairEnd is where a pair ends that was opened before from, or -1.
func (x *lexer) pairEnd(o *opener, from int) int {
	depth, closing := 1, o.close[0]
	for i := from; i < len(x.text); {
		c := x.text[i]
		x.looked++
		switch {
		case c == '\n' && !o.lines:
			x.missing[o.number] = i
			return -1
		case o.escape != 0 && c == o.escape:
			i += 2
			continue
		case o.nested && c == o.open[0] && strings.HasPrefix(x.text[i:], o.open):
			depth++
			i += len(o.open)
			continue
		case c != closing || !strings.HasPrefix(x.text[i:], o.close):
			i++
			continue
		case o.doubled && strings.HasPrefix(x.text[i+len(o.close):], o.close):
			i += 2 * len(o.close)
			continue
		}
		i += len(o.close)
		if depth--; depth == 0 {
			return i
		}
	}
	if o.class == Comment {
		return len(x.text)
	}
	x.missing[o.number] = len(x.text)
	return -1
}

// emitHolding emits a part in which variables may stand, from a place on.
func (x *lexer) emitHolding(class Class, start, from, end int) {
	whole := x.text
	x.text = whole[:end]
	x.looked += end - from
	for i := from; i < end; i++ {
		for _, o := range x.held[whole[i]] {
			if whole[i-1] == '\\' || !strings.HasPrefix(x.text[i:], o.open) {
				continue
			}
			if stop := x.markEnd(o, i); stop > 0 {
				x.emit(class, start, i)
				x.emit(o.class, i, stop)
				start, i = stop, stop-1
				break
			}
		}
	}
	x.text = whole
	x.emit(class, start, end)
}

// markEnd is where a name ends that a sign before it marks, as `$name`, `${name}`
// or `@name`; 0 if none stands there.
func (x *lexer) markEnd(o *opener, at int) int {
	i := at + len(o.open)
	if i >= len(x.text) {
		return 0
	}
	closing := byte(0)
	switch c := x.text[i]; {
	case c == '{' && o.braces:
		closing = '}'
	case c == '(' && o.brackets:
		closing = ')'
	case o.special && (isDigit(c) || strings.IndexByte("?!@#*$-", c) >= 0):
		return i + 1
	}
	if closing != 0 {
		i++
	}
	end := i
	for end < len(x.text) && (x.letters[x.text[end]] != 0 || closing != 0 && (x.text[end] == '.' || x.text[end] == '#' && end == i)) {
		end++
	}
	x.looked += end - at
	if end == i || closing == 0 && !o.digits && isDigit(x.text[i]) {
		return 0
	}
	if closing != 0 && end < len(x.text) && x.text[end] == closing {
		end++
	}
	return end
}

// prefixed reads a text with letters before it: r"…", f'…', b"…".
func (x *lexer) prefixed(start, end int) bool {
	if end-start > 3 || end == len(x.text) || x.openers[x.text[end]] == nil || !x.prefixes[strings.ToLower(x.text[start:end])] {
		return false
	}
	before := x.at
	x.at = end
	for _, o := range x.openers[x.text[end]] {
		if o.kind == openPair && o.class == Text && strings.HasPrefix(x.text[end:], o.open) && x.pair(o, start) {
			x.first, x.defines, x.last = false, false, '"'
			return true
		}
	}
	x.at = before
	return false
}

// char reads a sign between apostrophes; anything else with an apostrophe (a
// lifetime, a prime) is plain.
func (x *lexer) char() bool {
	for i := x.at + 1; i < len(x.text) && i < x.at+12 && x.text[i] != '\n'; i++ {
		x.looked++
		switch {
		case x.text[i] == '\\':
			i++
		case x.text[i] == '\'' && i > x.at+1 && (i < x.at+6 || x.text[x.at+1] == '\\'):
			if i > x.at+2 && x.text[x.at+1] != '\\' && x.text[x.at+1] < 0x80 {
				return false // 'a, 'b: two lifetimes
			}
			x.emit(Text, x.at, i+1)
			x.at = i + 1
			return true
		}
	}
	return false
}

// pattern reads a regular expression between slashes, where a value may begin.
func (x *lexer) pattern() bool {
	if x.missing[0] > x.at || x.last != 0 && strings.IndexByte("\n(,=:[!&|?{};~+*%<>^", x.last) < 0 {
		return false
	}
	class := false
	for i := x.at + 1; i < len(x.text) && x.text[i] != '\n'; i++ {
		x.looked++
		switch c := x.text[i]; {
		case c == '\\':
			i++
		case c == '[' || c == ']':
			class = c == '['
		case c == '/' && !class && i > x.at+1:
			for i++; i < len(x.text) && isLetter(x.text[i]); i++ {
			}
			x.emit(Text, x.at, i)
			x.at = i
			return true
		}
	}
	x.missing[0] = x.lineEnd(x.at)
	return false
}

// startHeredoc reads `<<EOF`, which says how the text below is ended.
func (x *lexer) startHeredoc(o *opener) bool {
	if x.heredoc != "" || x.noHeredoc {
		return false
	}
	i := x.at + len(o.open)
	quote := byte(0)
	if i < len(x.text) && (x.text[i] == '\'' || x.text[i] == '"') {
		quote = x.text[i]
		i++
	}
	end := i
	for end < len(x.text) && end < i+40 && (isLetter(x.text[end]) || isDigit(x.text[end]) || x.text[end] == '_') {
		end++
	}
	switch {
	case end == i || isDigit(x.text[i]):
		return false
	case quote != 0 && (end == len(x.text) || x.text[end] != quote):
		return false
	}
	x.heredoc, x.heredocPlain = x.text[i:end], quote == '\''
	if quote != 0 {
		end++
	}
	x.emit(Text, x.at, end)
	x.at = end
	return true
}

// readHeredoc reads the lines up to the one that ends them. Where none does,
// they are read as code, and so is all that looks like another.
func (x *lexer) readHeredoc() {
	end := 0
	for at := x.at; at < len(x.text) && end == 0; {
		stop := x.lineEnd(at)
		if strings.TrimRight(strings.TrimSpace(x.text[at:stop]), ";,)") == x.heredoc {
			end = stop
		}
		at = stop + 1
	}
	x.heredoc = ""
	if end == 0 {
		x.noHeredoc = true
		return
	}
	if start := x.at; x.heredocPlain {
		x.emit(Text, start, end)
	} else {
		x.emitHolding(Text, start, start, end)
	}
	x.at = end
}

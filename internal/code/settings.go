package code

import "strings"

// ini reads settings: a line for each, below headings in brackets.
func (x *lexer) ini() {
	for at := x.at; at < len(x.text); {
		end := x.lineEnd(at)
		x.setting(x.skipBlanks(at), end)
		at = end + 1
	}
}

func (x *lexer) setting(at, end int) {
	line := x.text[at:max(at, end)]
	x.looked += 2 * len(line)
	switch {
	case line == "":
	case strings.IndexByte(x.keyComments, line[0]) >= 0:
		x.emit(Comment, at, end)
	case line[0] == '[' && x.keyComments != "#!": // properties have no headings
		close := strings.IndexByte(line, ']')
		if close < 0 {
			close = len(line) - 1
		}
		x.emit(Keyword, at, at+close+1)
	default:
		sign := strings.IndexAny(line, x.keySigns)
		if sign <= 0 {
			return
		}
		key := strings.TrimRight(line[:sign], " \t")
		x.emit(Attribute, at, at+len(key))
		x.value(x.skipBlanks(at+sign+1), end)
	}
}

// value reads a value up to a comment behind it.
func (x *lexer) value(at, end int) {
	if at >= end {
		return
	}
	value := x.text[at:end]
	for i := 1; i < len(value); i++ {
		if isBlank(value[i-1]) && (value[i] == '#' || value[i] == ';') && (i+1 == len(value) || value[i+1] == ' ') {
			x.emit(Text, at, at+len(strings.TrimRight(value[:i], " \t")))
			x.emit(Comment, at+i, end)
			return
		}
	}
	x.emit(Text, at, at+len(strings.TrimRight(value, " \t\r")))
}

// yaml reads YAML line by line.
func (x *lexer) yaml() {
	for x.at < len(x.text) {
		x.yamlLine()
		x.at++ // the line's end
	}
	x.at = min(x.at, len(x.text))
}

// yamlLine reads a line, and what of the next ones belongs to its value.
func (x *lexer) yamlLine() {
	indent := x.at
	x.at = x.skipBlanks(x.at)
	outer := x.at - indent
	end := x.lineEnd(x.at)
	if line := x.text[x.at:end]; strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "%") {
		if outer == 0 && (len(line) == 3 || line[0] == '%') {
			x.emit(Preprocessor, x.at, end)
			x.at = end
			return
		}
	}
	for x.at < end && (x.text[x.at] == '-' || x.text[x.at] == '?') && (x.at+1 == end || isBlank(x.text[x.at+1])) {
		x.at = x.skipBlanks(x.at + 1)
	}
	if sign := x.yamlKey(end); sign > 0 {
		outer = x.at - indent
		key := len(strings.TrimRight(x.text[x.at:sign], " \t"))
		x.emit(Tag, x.at, x.at+key)
		x.at = sign + 1
	}
	x.yamlValue(outer, end)
}

// yamlKey is the place of the colon behind a key, or 0.
func (x *lexer) yamlKey(end int) int {
	quote := byte(0)
	for i := x.at; i < end; i++ {
		x.looked++
		switch c := x.text[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i == x.at:
			quote = c
		case c == '#' && (i == x.at || isBlank(x.text[i-1])), i == x.at && strings.IndexByte("{[&*!|>%@`", c) >= 0 && !strings.HasPrefix(x.text[i:], "{{"):
			return 0
		case c == ':' && i > x.at && (i+1 == end || isBlank(x.text[i+1])):
			return i
		}
	}
	return 0
}

// yamlValue reads a value. Outer is the indentation of what it belongs to.
func (x *lexer) yamlValue(outer, end int) {
	for x.at = x.skipBlanks(x.at); x.at < end; x.at = x.skipBlanks(x.at) {
		c := x.text[x.at]
		switch {
		case c == '#' && (x.at == 0 || isBlank(x.text[x.at-1])):
			x.emit(Comment, x.at, end)
			x.at = end
			return
		case c == '&' || c == '*' || c == '!':
			stop := x.at + 1
			for stop < end && !isBlank(x.text[stop]) {
				stop++
			}
			x.looked += stop - x.at
			class := Variable
			if c == '!' {
				class = Type
			}
			x.emit(class, x.at, stop)
			x.at = stop
			continue
		case (c == '|' || c == '>') && x.isBlockHeader(end):
			x.at = end
			x.yamlBlock(outer)
			x.emit(Text, min(end+1, x.at), x.at)
			return
		case c == '"' || c == '\'':
			if stop := x.quotedEnd(c, end); stop > 0 {
				x.emit(Text, x.at, stop)
				if x.at = stop; stop > end {
					end = x.lineEnd(stop)
				}
				continue
			}
		case c == '{' || c == '[':
			x.within(x.inner["flow"], x.at, end)
			return
		}
		x.yamlPlain(end)
		return
	}
}

// quotedEnd is where a quoted value ends, which may have several lines, or 0.
func (x *lexer) quotedEnd(quote byte, lineEnd int) int {
	n := strings.IndexByte(`"'`, quote)
	if x.missing[n] > x.at {
		return 0
	}
	for i := x.at + 1; i < len(x.text); i++ {
		x.looked++
		switch c := x.text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c == quote && quote == '\'' && i+1 < len(x.text) && x.text[i+1] == '\'':
			i++
		case c == quote:
			return i + 1
		}
	}
	x.missing[n] = len(x.text)
	return 0
}

// isBlockHeader says whether `|` or `>` begins a block of text: nothing but its
// settings and a comment follow.
func (x *lexer) isBlockHeader(end int) bool {
	i := x.at + 1
	for i < end && strings.IndexByte("+-0123456789", x.text[i]) >= 0 {
		i++
	}
	i = x.skipBlanks(i)
	if i < end && x.text[i] == '#' {
		x.emit(Comment, i, end)
		return true
	}
	return i >= end || x.text[i] == '\r'
}

// yamlBlock reads the lines of a block of text: those that are empty, or
// farther in than what the block belongs to.
func (x *lexer) yamlBlock(outer int) {
	for x.at < len(x.text) {
		start := x.skipBlanks(x.at + 1)
		end := x.lineEnd(min(start, len(x.text)))
		if start < end && x.text[start] != '\r' && start-x.at-1 <= outer {
			return
		}
		x.at = end
	}
}

// yamlPlain reads a value without quotes.
func (x *lexer) yamlPlain(end int) {
	x.looked += end - x.at
	for i := x.at + 1; i < end; i++ {
		if x.text[i] == '#' && isBlank(x.text[i-1]) {
			x.emit(yamlClass(strings.TrimRight(x.text[x.at:i], " \t")), x.at, x.at+len(strings.TrimRight(x.text[x.at:i], " \t")))
			x.emit(Comment, i, end)
			x.at = end
			return
		}
	}
	value := strings.TrimRight(x.text[x.at:end], " \t\r")
	x.emit(yamlClass(value), x.at, x.at+len(value))
	x.at = end
}

// yamlClass is the class of a value: numbers and switches are no texts.
func yamlClass(value string) Class {
	switch value {
	case "true", "false", "null", "True", "False", "TRUE", "FALSE", "~", "yes", "no", "on", "off":
		return Constant
	}
	if value == "" || !isDigit(value[0]) && (value[0] != '-' && value[0] != '+' || len(value) == 1 || !isDigit(value[1])) {
		return Plain
	}
	for i := range len(value) {
		if c := value[i]; !isDigit(c) && strings.IndexByte(".:-+_TZxeE ", c) < 0 {
			return Plain
		}
	}
	return Number
}

package code

import "strings"

// markup reads HTML and XML.
func (x *lexer) markup() {
	for x.at < len(x.text) {
		n := strings.IndexByte(x.text[x.at:], '<')
		if n < 0 {
			x.at = len(x.text)
			return
		}
		x.looked += n + 1
		x.at += n
		rest := x.text[x.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			x.through("-->", Comment)
		case strings.HasPrefix(rest, "<![CDATA["):
			x.through("]]>", Text)
		case strings.HasPrefix(rest, "<!"):
			x.through(">", Preprocessor)
		case strings.HasPrefix(rest, "<?"):
			x.through("?>", Preprocessor)
		default:
			x.tag()
		}
	}
}

// through emits what stands up to an end, which is the text's if there is none.
func (x *lexer) through(end string, class Class) {
	stop := len(x.text)
	if n := strings.Index(x.text[x.at:], end); n >= 0 {
		stop = x.at + n + len(end)
	}
	x.emit(class, x.at, stop)
	x.looked += stop - x.at
	x.at = stop
}

// tag reads a tag, and what stands in an element of scripts or styles.
func (x *lexer) tag() {
	start := x.at + 1
	closing := start < len(x.text) && x.text[start] == '/'
	if closing {
		start++
	}
	end := x.tagName(start)
	if end == start || !isLetter(x.text[start]) && x.text[start] != '_' {
		x.at++
		return
	}
	name := x.text[start:end]
	x.emit(Tag, start, end)
	x.at = end
	x.attributes()
	if inner := x.inner[name]; inner != nil && !closing {
		stop := len(x.text)
		if n := strings.Index(x.text[x.at:], "</"+name); n >= 0 {
			stop = x.at + n
		}
		x.looked += stop - x.at
		x.within(inner, x.at, stop)
	}
}

func (x *lexer) tagName(at int) int {
	for at < len(x.text) && (isLetter(x.text[at]) || isDigit(x.text[at]) || strings.IndexByte("-_.:@#*", x.text[at]) >= 0 || x.text[at] >= 0x80) {
		at++
		x.looked++
	}
	return at
}

// attributes reads up to the end of a tag. A tag that is not closed ends where
// the next begins.
func (x *lexer) attributes() {
	for x.at < len(x.text) && x.text[x.at] != '<' {
		switch c := x.text[x.at]; {
		case c == '>':
			x.at++
			return
		case c == '"' || c == '\'':
			if x.missing[0] > x.at && c == '"' || x.missing[1] > x.at && c == '\'' {
				x.at++
				continue
			}
			n := strings.IndexByte(x.text[x.at+1:], c)
			x.looked += n
			if n < 0 {
				x.looked += len(x.text) - x.at
				x.missing[strings.IndexByte(`"'`, c)] = len(x.text)
				x.at++
				continue
			}
			x.emit(Text, x.at, x.at+n+2)
			x.at += n + 2
		case c == '=':
			x.at++
			start := x.at
			for x.at < len(x.text) && !isBlank(x.text[x.at]) && strings.IndexByte(`"'<>`, x.text[x.at]) < 0 {
				x.at++
			}
			x.emit(Text, start, x.at)
		default:
			if end := x.tagName(x.at); end > x.at {
				x.emit(Attribute, x.at, end)
				x.at = end
			} else {
				x.at++
			}
		}
	}
}

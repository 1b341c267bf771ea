package code

import "strings"

// diff reads changes, line by line.
func (x *lexer) diff() {
	for at := 0; at < len(x.text); {
		end := x.lineEnd(at)
		line := x.text[at:end]
		class := Plain
		switch {
		case strings.HasPrefix(line, "--- ") && strings.HasPrefix(x.text[min(end+1, len(x.text)):], "+++ "):
			next := min(end+1, len(x.text))
			x.emit(Heading, at, end)
			at, end = next, x.lineEnd(next)
			class = Heading
		case strings.HasPrefix(line, "@@"):
			class = Hunk
		case strings.HasPrefix(line, "diff ") || strings.HasPrefix(line, "index ") || strings.HasPrefix(line, "Index: ") || strings.HasPrefix(line, "====="):
			class = Heading
		case strings.HasPrefix(line, "+") || strings.HasPrefix(line, ">"):
			class = Inserted
		case strings.HasPrefix(line, "-") || strings.HasPrefix(line, "<"):
			class = Deleted
		case strings.HasPrefix(line, "!"):
			class = Heading
		}
		x.emit(class, at, end)
		at = end + 1
	}
}

// console reads what a terminal showed: lines with a prompt are commands, all
// others are what they said.
func (x *lexer) console() {
	goesOn := false
	for at := 0; at < len(x.text); {
		end := x.lineEnd(at)
		start, language := x.prompt(at, end)
		if start == 0 && goesOn {
			start = x.skipBlanks(at)
			if strings.HasPrefix(x.text[start:end], "> ") {
				start += 2
			}
		}
		goesOn = false
		if start > 0 && start < end {
			x.within(language, start, end)
			goesOn = x.text[end-1] == '\\'
		}
		at = end + 1
	}
}

// maxPrompt is the longest prompt that is looked for.
const maxPrompt = 60

// prompt gives the place behind the prompt of a line, or 0, and the language of
// what follows.
func (x *lexer) prompt(at, end int) (start int, language *Language) {
	line := x.text[at:min(end, at+maxPrompt)]
	shell := x.inner["shell"]
	switch {
	case strings.HasPrefix(line, ">>> ") || strings.HasPrefix(line, "... "):
		return at + 4, x.inner["python"]
	case strings.HasPrefix(line, "PS ") || strings.HasPrefix(line, "PS>"):
		if n := strings.Index(line, "> "); n > 0 {
			return at + n + 2, x.inner["powershell"]
		}
	}
	from := len(line) - len(strings.TrimLeft(line, " \t"))
	for i := from; i < len(line); i++ {
		x.looked++
		switch c := line[i]; {
		case strings.IndexByte("$#%>", c) >= 0 && (i+1 == len(line) || line[i+1] == ' '):
			before := line[from:i]
			switch {
			case c == '#' && before == "" && from > 0: // a comment
				return 0, shell
			case strings.HasSuffix(before, "=") || strings.Contains(before, "sql") && c == '>' || strings.HasPrefix(before, "MariaDB"):
				return at + min(i+2, len(line)), x.inner["sql"]
			case before == "" || strings.HasPrefix(before, "[") || strings.HasPrefix(before, "(") || strings.ContainsAny(before, "@:~/\\") && !strings.Contains(before, " ") || c == '>' && isName(before) || (c == '$' || c == '%') && isName(before):
				return at + min(i+2, len(line)), shell
			}
			return 0, shell
		case c == '"' || c == '\'' || c == '=' && (i+1 == len(line) || line[i+1] != '#' && line[i+1] != '>') || c == ',' || c == ';':
			return 0, shell
		}
	}
	return 0, shell
}

// isName says whether a text is a word as prompts have it: bash-5.1, irb(main).
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && strings.IndexByte("-._():", c) < 0 {
			return false
		}
	}
	return s != ""
}

// islands reads a template: what stands between its marks is code.
func (x *lexer) islands() {
	for x.at < len(x.text) {
		c := x.text[x.at]
		next := x.at + 1
		x.looked++
		for i, isle := range x.isles {
			if c != isle.open[0] || !strings.HasPrefix(x.text[x.at:], isle.open) || x.missing[i] > x.at {
				continue
			}
			n := strings.Index(x.text[x.at+len(isle.open):], isle.close)
			if n < 0 {
				x.missing[i] = len(x.text)
				x.looked += len(x.text) - x.at
				continue
			}
			start := x.at
			x.looked += n
			next = start + len(isle.open) + n + len(isle.close)
			if isle.class == Comment {
				x.emit(Comment, start, next)
				break
			}
			x.emit(Preprocessor, start, start+len(isle.open))
			inner := lexer{Language: x.Language, text: x.text[:next-len(isle.close)], at: start + len(isle.open), spans: x.spans, first: true}
			inner.code()
			x.spans = inner.spans
			x.looked += inner.looked
			x.emit(Preprocessor, next-len(isle.close), next)
			break
		}
		x.at = next
	}
}

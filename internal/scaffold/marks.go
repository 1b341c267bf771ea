package scaffold

import (
	"strings"

	"publish/internal/pattern"
)

// filled are the places in a template that stand for something: {{title}}.
var filled = pattern.New(`\{\{\s*(title|date|offset|severity|severities|services)\s*\}\}`)

// value is what a place in the template stands for.
func (r Report) value(mark string) string {
	switch filled.FindStringSubmatch(mark)[1] {
	case "title":
		return r.Title
	case "date":
		return r.Date
	case "offset":
		return r.Offset
	case "severity":
		return r.Severity
	case "severities":
		return strings.Join(r.Severities, ", ")
	}
	return strings.Join(r.Services, ", ")
}

// inText fills in the text of a template, which takes everything as it is.
func (r Report) inText(text string) string { return filled.ReplaceAllStringFunc(text, r.value) }

// inMatter fills in the lines of front matter, so that YAML reads what was meant:
// a title may hold quotes, a colon or a number sign.
func (r Report) inMatter(lines []string) []string {
	m := matterFiller{report: r, block: -1}
	done := make([]string, len(lines))
	for i, line := range lines {
		done[i] = m.line(line)
	}
	return done
}

// matterFiller goes through front matter from line to line, as far as it has to
// know YAML for that: which texts are in quotes, and where others end.
type matterFiller struct {
	report Report
	block  int  // the indentation of the key whose lines | or > take as they are, else -1
	quote  byte // that is open, else 0
	flow   int  // brackets that are open
}

var (
	// blockHead begins a value whose lines are taken as they are.
	blockHead = pattern.New(`^[|>][-+0-9]*(?:\s+#.*)?$`)
	// dashes are what stands before a key: the indentation, the dashes of lists.
	dashes = pattern.New(`^\s*(?:- +)*`)
	// valueHead is what stands on a line before a value: the indentation, the
	// dashes of lists, a key.
	valueHead = pattern.New(`^\s*(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#\[\]{},&*!|>%@-][^:#"'\[\]{},]*):(?: +|$))?`)
)

// line fills in one line.
func (m *matterFiller) line(line string) string {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	column := len(dashes.FindString(line))
	if m.block >= 0 && (indent > m.block || strings.TrimSpace(line) == "") {
		return m.report.inText(line)
	}
	m.block = -1
	at := 0
	if m.quote == 0 && m.flow == 0 {
		if at = len(valueHead.FindString(line)); blockHead.MatchString(line[at:]) {
			if m.block = indent; at > column {
				m.block = column
			}
		}
	}
	done := line[:at]
	for at < len(line) {
		n, text := m.piece(line, at)
		done += text
		at += n
	}
	return done
}

// inQuotes are texts in quotes without those.
var inQuotes = map[byte]*pattern.Pattern{'"': pattern.New(`^(?:\\.?|[^"\\])*`), '\'': pattern.New(`^(?:''|[^'])*`)}

// piece takes what stands at a place of a line: the rest of a text in quotes, a
// comment, a text without quotes, or one sign.
func (m *matterFiller) piece(line string, at int) (length int, text string) {
	rest, c := line[at:], line[at]
	switch {
	case m.quote != 0:
		inside := inQuotes[m.quote].FindString(rest)
		text = m.report.quoted(inside, m.quote)
		if inside == rest {
			return len(rest), text
		}
		text += string(m.quote)
		m.quote = 0
		return len(inside) + 1, text
	case c == '#' && (at == 0 || blank(line[at-1])):
		return len(rest), m.report.inText(rest)
	case c == '"', c == '\'':
		m.quote = c
	case strings.IndexByte("[{", c) >= 0 && markLength(rest) == 0:
		m.flow++
	case strings.IndexByte("]}", c) >= 0 && m.flow > 0:
		m.flow--
	case !blank(c) && (m.flow == 0 || c != ',' && c != ':'):
		length = plainLength(rest, m.flow > 0)
		return length, m.report.plain(rest[:length], m.flow > 0)
	}
	return 1, rest[:1]
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// markLength is the length of the mark that a text begins with, 0 without one.
func markLength(text string) int {
	if at := filled.FindStringIndex(text); at != nil && at[0] == 0 {
		return at[1]
	}
	return 0
}

// plainLength is the length of the text without quotes that a text begins with.
func plainLength(text string, flow bool) int {
	i := max(1, markLength(text))
	for i < len(text) {
		n := markLength(text[i:])
		comment := text[i] == '#' && blank(text[i-1])
		sign := strings.IndexByte(",[]{}", text[i]) >= 0 || text[i] == ':' && (i+1 == len(text) || blank(text[i+1]))
		if n == 0 && (comment || flow && sign) {
			break
		}
		i += max(1, n)
	}
	return len(strings.TrimRight(text[:i], " \t"))
}

// quoted fills in a text that stands between quotes.
func (r Report) quoted(text string, quote byte) string {
	return filled.ReplaceAllStringFunc(text, func(mark string) string {
		if quote == '\'' {
			return strings.ReplaceAll(r.value(mark), "'", "''")
		}
		value := quoted(r.value(mark))
		return value[1 : len(value)-1]
	})
}

// plain fills in a text that stands without quotes, and gives it some if it
// needs them now. Between brackets a list of names is as many items.
func (r Report) plain(text string, flow bool) string {
	done, safe := r.inText(text), true
	for _, mark := range filled.FindAllString(text, -1) {
		switch name := filled.FindStringSubmatch(mark)[1]; {
		case flow && mark == text && name == "services":
			return items(r.Services)
		case flow && mark == text && name == "severities":
			return items(r.Severities)
		case name != "date" && name != "offset" && r.value(mark) != "":
			safe = safe && Scalar(r.value(mark)) == r.value(mark)
		}
	}
	if safe {
		return done
	}
	return Scalar(done)
}

// items writes texts as the items of a list.
func items(texts []string) string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = Scalar(text)
	}
	return strings.Join(all, ", ")
}

package content

import (
	"bytes"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// cutMDX takes out of a text in MDX what its own tools never show: comments
// `{/* … */}`, and the lines that import and export parts of programs, which
// are named. All newlines stay, so that places stay true, and so does what
// stands in code. Line is the text's first line in the file.
func cutMDX(file string, text []byte, line int) ([]byte, diag.List) {
	if !bytes.Contains(text, []byte("/*")) && !program.Match(text) {
		return text, nil
	}
	c := mdxCutter{file: file, text: text, firstLine: line, blankAbove: true}
	for c.at < len(text) {
		c.line()
	}
	return c.out, c.diags
}

// mdxCutter walks through a text once and copies what remains of it.
type mdxCutter struct {
	file       string
	text, out  []byte
	firstLine  int
	at         int
	fences     fences
	blankAbove bool // what stands above may end before a program's line
	diags      diag.List
}

// program is a line that MDX takes for one of a program.
var program = pattern.New(`(?m)^(?:import\s*(?:["'{*]|[\pL_$][\w$]*(?:\s*,\s*[{*].*)?\s+from\b|[\pL_$][\w$]*\s*,\s*\{)|export\s*(?:\{|\*|(?:const|let|var|default|function|async|class)\b))`)

// line deals with one line: it is copied, all but its comments.
func (c *mdxCutter) line() {
	end := c.at + lineLength(c.text[c.at:])
	line := bytes.TrimRight(c.text[c.at:end], "\n")
	if fence, inside := c.fences.line(line); fence || inside {
		c.keep(end)
		c.blankAbove = c.fences.open == ""
		return
	}
	if c.blankAbove && program.Match(line) {
		c.program(line)
		return
	}
	c.blankAbove = len(bytes.TrimSpace(line)) == 0
	for c.at < len(c.text) {
		switch b := c.text[c.at]; {
		case b == '\n':
			c.keep(c.at + 1)
			return
		case b == '\\':
			c.keep(min(c.at+2, len(c.text)))
			if c.text[c.at-1] == '\n' {
				return
			}
		case b == '`':
			c.code()
		case b == '{' && c.comment():
		default:
			c.keep(c.at + 1)
		}
	}
}

func (c *mdxCutter) keep(upTo int) {
	c.out = append(c.out, c.text[c.at:upTo]...)
	c.at = upTo
}

// drop leaves out all but the newlines.
func (c *mdxCutter) drop(upTo int) {
	c.out = append(c.out, bytes.Repeat([]byte{'\n'}, bytes.Count(c.text[c.at:upTo], []byte{'\n'}))...)
	c.at = upTo
}

// longestProgram is how far, in bytes, the end of a program's part is looked
// for.
const longestProgram = 16 << 10

// program leaves out the lines of a program up to an empty line at which no
// bracket is open; one that is never closed ends at the first empty line.
func (c *mdxCutter) program(first []byte) {
	c.report(diag.TagUnknown, "write out what it stands for; programs are not run", "the line %q is left out", shortened(first))
	end, firstEnd, depth := c.at, 0, 0
	for end < len(c.text) && end-c.at < longestProgram {
		n := lineLength(c.text[end:])
		line := c.text[end : end+n]
		if len(bytes.TrimSpace(line)) == 0 {
			if firstEnd == 0 {
				firstEnd = end
			}
			if depth <= 0 {
				break
			}
		}
		for _, b := range line {
			switch b {
			case '{', '(', '[':
				depth++
			case '}', ')', ']':
				depth--
			}
		}
		end += n
	}
	if depth > 0 && firstEnd > 0 {
		end = firstEnd
	}
	c.drop(end)
	c.blankAbove = true
}

// comment leaves out the comment that may begin here, and says whether one did.
func (c *mdxCutter) comment() bool {
	rest := c.text[c.at:]
	inner := bytes.TrimLeft(rest[1:], " \t\n")
	if !bytes.HasPrefix(inner, []byte("/*")) {
		return false
	}
	start := len(rest) - len(inner)
	end := bytes.Index(inner[2:], []byte("*/"))
	if end < 0 {
		c.report(diag.InternalMark, "put `*/}` where it ends", "the comment that `{/*` begins is never closed")
		c.drop(len(c.text))
		return true
	}
	end += start + len("/**/")
	if behind := bytes.TrimLeft(rest[end:], " \t\n"); bytes.HasPrefix(behind, []byte("}")) {
		c.drop(c.at + len(rest) - len(behind) + 1)
		return true
	}
	c.keep(c.at + start) // a comment in a longer expression
	c.drop(c.at + end - start)
	return true
}

// code copies a code span, or the backquotes that begin none.
func (c *mdxCutter) code() {
	rest := c.text[c.at:]
	n := len(rest) - len(bytes.TrimLeft(rest, "`"))
	if end := bytes.Index(rest, []byte("\n\n")); end >= 0 {
		rest = rest[:end] // a span stays in its paragraph
	}
	for i := n; i < len(rest); {
		j := bytes.IndexByte(rest[i:], '`')
		if j < 0 {
			break
		}
		i += j
		m := len(rest[i:]) - len(bytes.TrimLeft(rest[i:], "`"))
		if i += m; m == n {
			n = i
			break
		}
	}
	c.keep(c.at + n)
}

func (c *mdxCutter) report(code diag.Code, hint, format string, args ...any) {
	if len(c.diags) >= maxSaid {
		return
	}
	pos := position(c.file, c.text, c.at)
	pos.Line += c.firstLine - 1
	c.diags.Report(code, pos, hint, format, args...)
}

// lineLength is the length of the first line, with its newline.
func lineLength(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// shortened is the beginning of a line, for a message.
func shortened(line []byte) string {
	runes := []rune(strings.TrimSpace(string(line)))
	if len(runes) <= 60 {
		return string(runes)
	}
	return string(runes[:59]) + "…"
}

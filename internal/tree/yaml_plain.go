package tree

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plainYAML reads the YAML that nearly all front matter and our own data are
// written in: fields, lists and fields within them, by indentation; values on one
// line, bare, in quotes or as `[a, b]`, which alone may go on over lines; comments. It does in one pass what costs the library
// fifty times as much. Whatever it is not sure of (block texts, anchors, tags,
// tabs, a key that comes twice, any mistake) it leaves to the library: ok is
// then false. FuzzPlainYAML holds the two against each other.
func (r *yamlReader) plainYAML(s *Scratch) (n *Node, ok bool) {
	if !plainText(r.text) {
		return nil, false
	}
	s.grow()
	p := &plainReader{yamlReader: r, rest: r.text, memory: s.memory, scratch: s}
	p.next()
	if p.ended || p.indent != 0 {
		return nil, false
	}
	n = p.mapping(0, 1)
	s.openEntries, s.openItems = p.openEntries[:0], p.openItems[:0]
	return n, p.ended && !p.unsure
}

// plainText says whether a text has no character that the library treats in a
// way of its own: controls, tabs, other ends of lines, what is no character.
func plainText(text string) bool {
	ascii := true
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' || c == 0x7f {
			return false
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if ascii {
		return true
	}
	for _, c := range text {
		switch {
		case c >= 0x80 && c < 0xa0, c == '\u2028', c == '\u2029', c == '\uFEFF', c >= 0xfffd && c <= 0xffff,
			c >= 0xfdd0 && c <= 0xfdef: // noncharacters, hiddenBreaks among them
			return false
		}
	}
	return true
}

// plainReader goes through the text line by line. Where it meets something
// that it does not know it is unsure, and what it made is worth nothing.
type plainReader struct {
	*yamlReader
	rest    string // behind the line
	line    string
	number  int // of the line, from 1
	indent  int // of its first character; of what is left of it once a list's dash is taken
	ended   bool
	unsure  bool
	memory  // what is left of it
	scratch *Scratch
}

// room is how much memory is asked for at a time, for so many values.
func (p *plainReader) room() int { return min(2*strings.Count(p.rest, "\n")+8, 256) }

// closeEntries ends a list of entries that was begun when so many were open.
func (p *plainReader) closeEntries(begin int) []Entry {
	n := len(p.openEntries) - begin
	if n > len(p.entries) {
		p.entries = make([]Entry, max(n, p.room()/2))
		p.scratch.missing.entries += len(p.entries)
	}
	list := p.entries[:n:n]
	copy(list, p.openEntries[begin:])
	p.entries, p.openEntries = p.entries[n:], p.openEntries[:begin]
	return list
}

// closeItems does the same for items.
func (p *plainReader) closeItems(begin int) []*Node {
	n := len(p.openItems) - begin
	if n > len(p.items) {
		p.items = make([]*Node, max(n, p.room()/4))
		p.scratch.missing.items += len(p.items)
	}
	list := p.items[:n:n]
	copy(list, p.openItems[begin:])
	p.items, p.openItems = p.items[n:], p.openItems[:begin]
	return list
}

// next goes to the next line that holds something.
func (p *plainReader) next() {
	for p.rest != "" {
		p.line, p.rest, _ = strings.Cut(p.rest, "\n")
		p.number++
		p.indent = len(p.line) - len(strings.TrimLeft(p.line, " "))
		if p.indent < len(p.line) && p.line[p.indent] != '#' {
			return
		}
	}
	p.ended = true
}

func (p *plainReader) doubt() *Node {
	p.unsure = true
	return &Node{}
}

// node makes a node for what stands at a byte of the line.
func (p *plainReader) node(kind Kind, at int) *Node {
	if len(p.nodes) == 0 {
		p.nodes = make([]Node, p.room())
		p.scratch.missing.nodes += len(p.nodes)
	}
	n := &p.nodes[0]
	p.nodes = p.nodes[1:]
	*n = Node{Kind: kind, Pos: p.at(p.number, utf8.RuneCountInString(p.line[:at])+1)}
	return n
}

// Maps that are longer than any front matter, and values that are nested more
// deeply, are left to the library with its limits.
const (
	maxPlainEntries = 512 // each is compared with those before it
	maxPlainDepth   = 10
)

// mapping reads the fields that begin in a column of this and the next lines.
func (p *plainReader) mapping(indent, depth int) *Node {
	n := p.node(Mapping, indent)
	begin := len(p.openEntries)
	for !p.ended && !p.unsure && p.indent == indent {
		length := plainKey(p.line[indent:])
		if length == 0 || len(p.openEntries)-begin == maxPlainEntries || depth > maxPlainDepth {
			return p.doubt()
		}
		key := p.key(indent, length, begin)
		value := p.field(indent, indent+length+1, depth)
		p.openEntries = append(p.openEntries, Entry{Key: key, Value: value})
	}
	n.Entries = p.closeEntries(begin)
	if !p.ended && p.indent > indent {
		return p.doubt() // the value goes on, or does not line up
	}
	return n
}

// key makes the node of a key, which none of the open entries may have.
func (p *plainReader) key(at, length, begin int) *Node {
	key := p.node(Scalar, at)
	key.Value, key.Quoted = p.line[at:at+length], true
	for _, e := range p.openEntries[begin:] {
		if e.Key.Value == key.Value {
			return p.doubt()
		}
	}
	return key
}

// plainKey gives the length of the bare name that a line begins with, if a
// colon and a blank or nothing stand behind it.
func plainKey(line string) int {
	for i := range min(len(line), 100) {
		switch c := line[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-'):
		case i > 0 && c == ':' && (i+1 == len(line) || line[i+1] == ' '):
			return i
		default:
			return 0
		}
	}
	return 0
}

// field reads what stands behind the colon of a field, and below it.
func (p *plainReader) field(indent, at, depth int) *Node {
	start := at + len(p.line[at:]) - len(strings.TrimLeft(p.line[at:], " "))
	if start < len(p.line) && p.line[start] != '#' {
		n := p.value(start)
		p.next()
		return n
	}
	empty := p.node(Null, at)
	p.next()
	switch {
	case p.ended || p.indent < indent:
		return empty
	case dash(p.line[p.indent:]):
		return p.sequence(p.indent, depth+1)
	case p.indent == indent:
		return empty
	}
	return p.mapping(p.indent, depth+1)
}

// dash says whether an item of a list begins.
func dash(s string) bool { return strings.HasPrefix(s, "- ") }

// sequence reads the items whose dashes stand in a column.
func (p *plainReader) sequence(indent, depth int) *Node {
	n := p.node(Sequence, indent)
	begin := len(p.openItems)
	if depth > maxPlainDepth {
		return p.doubt()
	}
	for !p.ended && !p.unsure && p.indent == indent && dash(p.line[indent:]) {
		start := indent + 1
		start += len(p.line[start:]) - len(strings.TrimLeft(p.line[start:], " "))
		switch {
		case start == len(p.line) || p.line[start] == '#':
			return p.doubt()
		case plainKey(p.line[start:]) > 0:
			p.indent = start
			item := p.mapping(start, depth+1)
			p.openItems = append(p.openItems, item)
		default:
			p.openItems = append(p.openItems, p.value(start))
			p.next()
		}
	}
	n.Items = p.closeItems(begin)
	if !p.ended && p.indent > indent {
		return p.doubt()
	}
	return n
}

// value reads a value that ends with its line.
func (p *plainReader) value(at int) *Node {
	var n *Node
	var end int
	switch p.line[at] {
	case '"', '\'':
		n, end = p.quoted(at)
	case '[':
		n, end = p.flow(at, 1)
	case '{':
		n, end = p.flowMapping(at)
	default:
		return p.bare(at)
	}
	behind := strings.TrimLeft(p.line[end:], " ")
	if behind != "" && (behind[0] != '#' || p.line[end] != ' ') {
		return p.doubt()
	}
	return n
}

// bare reads a value without quotes to the end of the line or to a comment.
func (p *plainReader) bare(at int) *Node {
	text := p.line[at:]
	if i := strings.Index(text, " #"); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimRight(text, " ")
	if !bareStart(text) || strings.Contains(text, ": ") || text[len(text)-1] == ':' {
		return p.doubt()
	}
	return p.scalar(text, at)
}

// bareStart says whether a text may begin a value without quotes and is no
// sign of YAML's there.
func bareStart(text string) bool {
	switch c := text[0]; {
	case c == '-':
		return len(text) > 1 && text[1] != ' ' && bareStart(text[1:])
	case c >= utf8.RuneSelf:
		return true
	default:
		return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("/.(+$<=~_;^", c) >= 0
	}
}

// scalar makes the node of a value without quotes.
func (p *plainReader) scalar(text string, at int) *Node {
	switch text {
	case "~", "null", "Null", "NULL":
		return p.node(Null, at)
	}
	n := p.node(Scalar, at)
	n.Value = text
	return n
}

// quoted reads a value in quotes and says where it ends.
func (p *plainReader) quoted(at int) (n *Node, end int) {
	n = p.node(Scalar, at)
	n.Quoted = true
	quote, text := p.line[at], p.line[at+1:]
	escapes := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			escapes = true
			i++
		case text[i] == quote:
			n.Value = text[:i]
			if escapes && quote == '\'' {
				n.Value = strings.ReplaceAll(n.Value, "''", "'")
			} else if escapes && !unescape(&n.Value) {
				return p.doubt(), at
			}
			return n, at + 1 + i + 1
		case text[i] == '\\' && quote == '"':
			escapes = true
			i++ // what it is a part of does not end the value
		}
	}
	return p.doubt(), at
}

// unescape replaces `\"`, `\\` and characters by their numbers, `\u00A0`. It is
// false where a text has other escapes, or a character that is none by itself or
// is treated in a way of its own.
func unescape(text *string) bool {
	var b strings.Builder
	for rest := *text; ; {
		before, escape, found := strings.Cut(rest, `\`)
		b.WriteString(before)
		switch {
		case !found:
			*text = b.String()
			return true
		case escape[0] == '"' || escape[0] == '\\':
			b.WriteByte(escape[0])
			rest = escape[1:]
		case escape[0] == 'u' && len(escape) > 4:
			c, err := strconv.ParseUint(escape[1:5], 16, 32)
			if err != nil || utf16.IsSurrogate(rune(c)) || !plainText(string(rune(c))) {
				return false
			}
			b.WriteRune(rune(c))
			rest = escape[5:]
		default:
			return false
		}
	}
}

// flow reads a list in brackets, which may hold such lists and go on below after
// each comma, and says where it ends: in which column of the line that is p's now.
func (p *plainReader) flow(at, depth int) (n *Node, end int) {
	n = p.node(Sequence, at)
	begin := len(p.openItems)
	for at++; ; at++ {
		at = p.flowStart(at)
		switch {
		case p.unsure || depth > maxPlainDepth:
			return p.doubt(), at
		case p.line[at] == ']' && len(p.openItems) == begin:
			n.Items = []*Node{}
			return n, at + 1
		}
		var item *Node
		if p.line[at] == '[' {
			item, at = p.flow(at, depth+1)
		} else {
			item, at = p.flowItem(at)
		}
		if p.unsure {
			return item, at
		}
		p.openItems = append(p.openItems, item)
		at = p.behindBlanks(at)
		switch {
		case at < len(p.line) && p.line[at] == ']':
			n.Items = p.closeItems(begin)
			return n, at + 1
		case at == len(p.line) || p.line[at] != ',':
			return p.doubt(), at
		}
	}
}

// flowStart is where the next item of a list in brackets begins, on this line or
// on a later one.
func (p *plainReader) flowStart(at int) int {
	if at = p.behindBlanks(at); at < len(p.line) {
		return at
	}
	if p.next(); p.ended || p.indent == 0 {
		p.doubt()
	}
	return p.indent
}

// behindBlanks is where the next character of the line stands that is no blank.
func (p *plainReader) behindBlanks(at int) int {
	return at + len(p.line[at:]) - len(strings.TrimLeft(p.line[at:], " "))
}

// flowMapping reads fields in braces, with bare names and values as in a list in
// brackets, and says where it ends.
func (p *plainReader) flowMapping(at int) (n *Node, end int) {
	n = p.node(Mapping, at)
	begin := len(p.openEntries)
	for at++; ; at++ {
		at = p.behindBlanks(at)
		length := plainKey(p.line[at:])
		if length == 0 || len(p.openEntries)-begin == maxPlainEntries {
			return p.doubt(), at
		}
		key := p.key(at, length, begin)
		if at = p.behindBlanks(at + length + 1); at == len(p.line) {
			return p.doubt(), at
		}
		var value *Node
		if value, at = p.flowItem(at); p.unsure {
			return value, at
		}
		p.openEntries = append(p.openEntries, Entry{Key: key, Value: value})
		at = p.behindBlanks(at)
		switch {
		case at < len(p.line) && p.line[at] == '}':
			n.Entries = p.closeEntries(begin)
			return n, at + 1
		case at == len(p.line) || p.line[at] != ',':
			return p.doubt(), at
		}
	}
}

func (p *plainReader) flowItem(at int) (n *Node, end int) {
	if c := p.line[at]; c == '"' || c == '\'' {
		return p.quoted(at)
	}
	length := strings.IndexAny(p.line[at:], ",[]{}:#?")
	if length <= 0 {
		return p.doubt(), at
	}
	text := strings.TrimRight(p.line[at:at+length], " ")
	if !bareStart(text) {
		return p.doubt(), at
	}
	return p.scalar(text, at), at + length
}

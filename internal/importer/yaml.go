package importer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/pattern"
	"publish/internal/tree"
)

// writeYAML writes the entries of a mapping as block YAML, deterministic and
// as a person would: text is quoted only where YAML would read something else,
// and text of several lines is a block.
func writeYAML(entries []tree.Entry) string {
	var b strings.Builder
	writeEntries(&b, entries, 0)
	return b.String()
}

func writeEntries(b *strings.Builder, entries []tree.Entry, indent int) {
	for i, e := range entries {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString(yamlKey(e.Key.Value) + ":")
		writeValue(b, e.Value, indent)
	}
}

// writeValue writes what stands behind a key, with its line end.
func writeValue(b *strings.Builder, n *tree.Node, indent int) {
	switch {
	case n == nil || n.Kind == tree.Null:
		b.WriteString("\n")
	case n.Kind == tree.Sequence && len(n.Items) == 0:
		b.WriteString(" []\n")
	case n.Kind == tree.Mapping && len(n.Entries) == 0:
		b.WriteString(" {}\n")
	case n.Kind == tree.Sequence:
		b.WriteString("\n")
		writeItems(b, n.Items, indent+2)
	case n.Kind == tree.Mapping:
		b.WriteString("\n" + strings.Repeat(" ", indent+2))
		writeEntries(b, n.Entries, indent+2)
	default:
		b.WriteString(" " + yamlScalar(n, indent+2) + "\n")
	}
}

func writeItems(b *strings.Builder, items []*tree.Node, indent int) {
	for _, item := range items {
		b.WriteString(strings.Repeat(" ", indent) + "-")
		switch {
		case item == nil || item.Kind == tree.Null:
			b.WriteString(" ~\n")
		case item.Kind == tree.Mapping && len(item.Entries) > 0:
			b.WriteString(" ")
			writeEntries(b, item.Entries, indent+2)
		case item.Kind == tree.Sequence && len(item.Items) > 0:
			b.WriteString("\n")
			writeItems(b, item.Items, indent+2)
		default:
			writeValue(b, item, indent)
		}
	}
}

// plainText is text that YAML reads as itself in any place of a block.
var plainText = pattern.New(`^[\pL_./(][^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{feff}]*$`)

// otherwise is text that YAML, of either version, takes for a switch, nothing
// or a number.
var otherwise = pattern.New(`(?i)^(?:true|false|yes|no|on|off|y|n|null|~|\.nan|[-+]?\.inf|\.\d[\d_.e+-]*|[-+.\d][\d_.,:xobae+-]*|0x[0-9a-f_]+)$`)

// isPlain says whether text may stand without quotes.
func isPlain(s string) bool {
	if !plainText.MatchString(s) && !plainDigits.MatchString(s) {
		return false
	}
	return !otherwise.MatchString(s) && !strings.Contains(s, ": ") && !strings.HasSuffix(s, ":") && !strings.Contains(s, " #") &&
		strings.TrimSpace(s) == s && !strings.HasPrefix(s, "...") && !strings.HasPrefix(s, "---")
}

// plainDigits is text that begins with a number and goes on with words.
var plainDigits = pattern.New(`^\d+ \pL[^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{feff}]*$`)

func yamlKey(key string) string {
	if isPlain(key) && !strings.ContainsAny(key, ":#") {
		return key
	}
	return doubleQuoted(key)
}

// yamlScalar writes a scalar; indent is that of a block below it.
func yamlScalar(n *tree.Node, indent int) string {
	switch s := n.Value; {
	case !n.Quoted && s != "" && plainScalar(s):
		return s
	case isPlain(s):
		return s
	case isBlock(s):
		return block(s, indent)
	case strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && printable(s):
		return "'" + s + "'"
	default:
		return doubleQuoted(s)
	}
}

// plainScalar says whether a value that stood without quotes in its source may
// do so in a block: TOML's times and JSON's numbers may.
func plainScalar(s string) bool {
	return printable(s) && strings.TrimSpace(s) == s && !strings.ContainsAny(s[:1], "!&*-?|>@`%{}[],#:\"'") &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") ||
		regexpNumber.MatchString(s)
}

var regexpNumber = pattern.New(`^-\d[\d_.eE+-]*$`)

// printable says that text stands on one line and holds nothing that YAML
// cannot show.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff'
	})
}

// isBlock says whether text of several lines can be a block: no line may begin
// as if it belonged to the indentation, or hold what cannot be printed.
func isBlock(s string) bool {
	if !strings.Contains(s, "\n") || strings.TrimSpace(s) == "" || s[0] == ' ' || s[0] == '\t' || s[0] == '\n' {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if !printable(strings.ReplaceAll(line, "\t", "")) || line != "" && strings.TrimSpace(line) == "" {
			return false
		}
	}
	return true
}

func block(s string, indent int) string {
	text := strings.TrimRight(s, "\n")
	header := "|-"
	switch ends := len(s) - len(text); {
	case ends == 1:
		header = "|"
	case ends > 1:
		header = "|+"
		text += strings.Repeat("\n", ends-1)
	}
	margin := "\n" + strings.Repeat(" ", indent)
	var b strings.Builder
	b.WriteString(header)
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			b.WriteString("\n")
			continue
		}
		b.WriteString(margin + line)
	}
	return b.String()
}

// doubleQuoted writes text with YAML's escapes.
func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x100 && unicode.IsControl(r):
			b.WriteString(`\x` + hex(r, 2))
		case r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			b.WriteString(`\u` + hex(r, 4))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func hex(r rune, digits int) string {
	s := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(0, digits-len(s))) + s
}

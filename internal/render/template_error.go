package render

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// place matches the head of what text/template and html/template say:
// "template: facts:12:5: …", "html/template:facts:12: …".
var place = pattern.New(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

// goType matches the Go types that the libraries name.
var goType = pattern.New(`(?:(?: (?:in|of) type|; (?:got|expected)|<) ?)?\*?(?:\[\])?\*?\b(?:render|site|template|locale|reflect)\.\w+>?`)

// executing is what the libraries say of the place besides.
var executing = pattern.New(`^executing "[^"]*" at <[^>]*>: `)

// noField matches the question for a field that is not there, and of what.
var noField = pattern.New(`can't evaluate field (\w+) in type (\S+)`)

// causes put what the libraries say into plain words. The first that matches
// wins; $1 and $2 are what it caught.
var causes = []struct {
	match         *pattern.Pattern
	message, hint string
}{
	{noField, `unknown field ".$1"`, ""}, // with what there is: fieldHint
	{pattern.New(`(\w+) has arguments but cannot be invoked`), `".$1" is followed by a value, and is no function`, "take the value out, or put what belongs together between ( and )"},
	{pattern.New(`wrong type for value|invalid (?:value; expected|type for comparison)|(?:can't|cannot) (?:handle|convert|index|slice)|len of type|non-comparable|incompatible types`), `a value of another kind is needed here`, "docs/themes.md says of what kind each field is"},
	{pattern.New(`nil pointer evaluating \S*?\.(\w+)$`), `".$1" is asked of something that this page does not have`, "put it between {{with …}} and {{end}}"},
	{pattern.New(`function "(\w+)" not defined`), `unknown function "$1"`, "docs/themes.md lists the functions"},
	{pattern.New(`(?:no such template|template) "([^"]*)"(?: not defined)?$`), `there is no partial "$1"`, "a partial is a file in layouts/partials/, called by its name without \".html\""},
	{pattern.New(`undefined variable "(\$\w+)"`), `unknown variable "$1"`, "declare it first: {{$1 := …}}"},
	{pattern.New(`unexpected EOF`), `the file ends inside an action`, "every {{if}}, {{range}}, {{with}}, {{block}} and {{define}} needs its {{end}}"},
	{pattern.New(`unexpected \{\{(\w+)\}\}`), `"{{$1}}" stands where nothing is open`, "take it out, or open what it should close"},
	{pattern.New(`bad character \S+ ('.+')`), `an action holds the character $1`, "close the action with }} before it"},
	{pattern.New(`exceeded maximum template depth`), `it calls itself without end`, "let it call itself only inside an {{if}}, {{with}} or {{range}} that ends"},
	{pattern.New(`the page takes more than`), `the page goes through {{range}} and {{template}} more than 10 million times`, "look for a {{range}} that does not end, or for parts that call others again and again"},
	{pattern.New(`the page grows beyond`), `the page grows beyond 256 MB`, "look for a {{range}} that does not end"},
	{pattern.New(`unclosed action`), `an action is not closed on its line`, "close it with }}"},
	{pattern.New(`multiple definition of template "([^"]*)"`), `"$1" is defined twice`, "keep one of the two"},
	{pattern.New(`unexpected ("[^"]*"|<[^>]*>)`), `unexpected $1 in an action`, "see the syntax of Go's text/template"},
	{pattern.New(`wrong number of args for (\w+)`), `wrong number of values for "$1"`, "docs/themes.md says with what it is called"},
	{pattern.New(`error calling (\w+): (.*)$`), `"$1": $2`, ""},
	{pattern.New(`appears in an ambiguous|ends in a non-text context|branches end in different contexts|unfinished`), `the HTML around an action is not complete: a quote or a tag stays open`, "close quotes and tags within each branch"},
	{pattern.New(`range can't iterate over`), `{{range}} is given something that is not a list`, "use {{with}} for a single thing"},
}

// explain turns an error of the template libraries into a diagnostic at the
// layout's file, line and column. File is where to point if the error does not
// say; view is what the layout was given, nil if it was not executed.
func (t *Theme) explain(err error, file string, view any, diags *diag.List) {
	pos := diag.Pos{File: file}
	text, name := err.Error(), ""
	if m := place.FindStringSubmatch(text); m != nil {
		if at, ok := t.files[m[1]]; ok {
			pos.File, name = at, m[1]
		}
		pos.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			// The libraries count columns from 0, in bytes.
			at, _ := strconv.Atoi(m[3])
			pos.Column = characters(t.texts[name], pos.Line, at) + 1
		}
		text = m[4]
	}
	for _, c := range causes {
		if m := c.match.FindStringSubmatchIndex(text); m != nil {
			expand := func(s string) string { return string(c.match.Regexp().ExpandString(nil, s, text, m)) }
			hint := expand(strings.ReplaceAll(c.hint, "$$", "$$$$"))
			if f := noField.FindStringSubmatch(text); f != nil {
				hint = fieldHint(view, f[1], f[2])
			}
			if pos.Column == 0 {
				pos.Column = column(t.texts[name], pos.Line, text)
			}
			diags.Report(diag.TemplateError, pos, hint, "%s", expand(c.message))
			return
		}
	}
	if pos.Column == 0 {
		pos.Column = column(t.texts[name], pos.Line, text)
	}
	diags.Report(diag.TemplateError, pos, "", "%s", goType.ReplaceAllString(executing.ReplaceAllString(text, ""), ""))
}

var quoted = pattern.New(`"([^"]+)"|\{\{(\w+)\}\}`)

// badCharacter matches the message about what no action may hold.
var badCharacter = pattern.New(`^bad character \S+ '(.+)'`)

// characters counts those before a byte of a line.
func characters(layout string, line, at int) int {
	lines := strings.Split(layout, "\n")
	if line < 1 || line > len(lines) || at > len(lines[line-1]) {
		return at
	}
	return utf8.RuneCountInString(lines[line-1][:at])
}

// column finds where in a line the thing stands that a message names, since of
// what cannot be parsed the libraries tell the line alone; else where the line
// begins. It is 0 where there is no such line.
func column(layout string, line int, message string) int {
	lines := strings.Split(layout, "\n")
	if line < 1 || line > len(lines) {
		return 0
	}
	text := lines[line-1]
	at := -1
	if m := quoted.FindStringSubmatch(message); m != nil {
		at = strings.Index(text, m[1]+m[2])
	} else if m := badCharacter.FindStringSubmatch(message); m != nil {
		if open := regexp.MustCompile(`\{\{(?:[^}]|\}[^}])*?` + regexp.QuoteMeta(m[1])).FindStringIndex(text); open != nil {
			at = open[1] - len(m[1])
		}
	}
	if at < 0 {
		at = max(0, strings.IndexFunc(text, func(r rune) bool { return r != ' ' && r != '\t' }))
	}
	return utf8.RuneCountInString(text[:at]) + 1
}

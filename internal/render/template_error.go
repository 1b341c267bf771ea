package render

import (
	"regexp"
	"strconv"
	"strings"

	"publish/internal/diag"
)

// place matches the head of what text/template and html/template say:
// "template: facts:12:5: …", "html/template:facts:12: …".
var place = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

// goType matches the Go types that the libraries name.
var goType = regexp.MustCompile(`(?: (?:in|of) type|<)\*?(?:render|site|template)\.\w+>?`)

// causes put what the libraries say into plain words. The first that matches
// wins; $1 and $2 are what it caught.
var causes = []struct {
	match         *regexp.Regexp
	message, hint string
}{
	{regexp.MustCompile(`can't evaluate field (\w+)`), `unknown field ".$1"`, "layouts see the fields of the types in internal/render/view.go"},
	{regexp.MustCompile(`nil pointer evaluating \S*?\.(\w+)$`), `".$1" is asked of something that this page does not have`, "put it between {{with …}} and {{end}}"},
	{regexp.MustCompile(`function "(\w+)" not defined`), `unknown function "$1"`, "compare with the built-in layouts, which use them all"},
	{regexp.MustCompile(`(?:no such template|template) "([^"]*)"(?: not defined)?$`), `there is no partial "$1"`, "a partial is a file in layouts/partials/, called by its name without \".html\""},
	{regexp.MustCompile(`undefined variable "(\$\w+)"`), `unknown variable "$1"`, "declare it first: {{$1 := …}}"},
	{regexp.MustCompile(`unexpected EOF`), `the file ends inside an action`, "every {{if}}, {{range}}, {{with}}, {{block}} and {{define}} needs its {{end}}"},
	{regexp.MustCompile(`unexpected \{\{(\w+)\}\}`), `"{{$1}}" stands where nothing is open`, "take it out, or open what it should close"},
	{regexp.MustCompile(`unclosed action`), `an action is not closed on its line`, "close it with }}"},
	{regexp.MustCompile(`multiple definition of template "([^"]*)"`), `"$1" is defined twice`, "keep one of the two"},
	{regexp.MustCompile(`unexpected ("[^"]*"|<[^>]*>)`), `unexpected $1 in an action`, "see the syntax of Go's text/template"},
	{regexp.MustCompile(`wrong number of args for (\w+)`), `wrong number of values for "$1"`, "compare with the built-in layouts, which call it"},
	{regexp.MustCompile(`error calling (\w+): (.*)$`), `"$1": $2`, ""},
	{regexp.MustCompile(`appears in an ambiguous|ends in a non-text context|branches end in different contexts|unfinished`), `the HTML around an action is not complete: a quote or a tag stays open`, "close quotes and tags within each branch"},
	{regexp.MustCompile(`range can't iterate over`), `{{range}} is given something that is not a list`, "use {{with}} for a single thing"},
}

// explain turns an error of the template libraries into a diagnostic at the
// layout's file, line and column. File is where to point if the error does not
// say.
func (t *Theme) explain(err error, file string, diags *diag.List) {
	pos := diag.Pos{File: file}
	text := err.Error()
	if m := place.FindStringSubmatch(text); m != nil {
		if at, ok := t.files[m[1]]; ok {
			pos.File = at
		}
		pos.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			// The libraries count columns from 0, in bytes.
			column, _ := strconv.Atoi(m[3])
			pos.Column = column + 1
		}
		text = m[4]
	}
	for _, c := range causes {
		if m := c.match.FindStringSubmatchIndex(text); m != nil {
			expand := func(s string) string { return string(c.match.ExpandString(nil, s, text, m)) }
			diags.Report(diag.TemplateError, pos, expand(strings.ReplaceAll(c.hint, "$$", "$$$$")), "%s", expand(c.message))
			return
		}
	}
	diags.Report(diag.TemplateError, pos, "", "%s", goType.ReplaceAllString(text, ""))
}

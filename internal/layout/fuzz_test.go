package layout

import (
	"fmt"
	"html/template"
	"strings"
	"testing"
)

// FuzzProgram writes layouts by the choices in a string of bytes, over a view
// whose texts are fuzzed too. What a program makes of one is what html/template
// makes, and where html/template meets an error the program makes nothing.
func FuzzProgram(f *testing.F) {
	for i := range 200 {
		choices := make([]byte, 60)
		for j := range choices {
			choices[j] = byte((i*7919 + j*j*104729 + j*i*31) >> 3)
		}
		f.Add(choices, "a<b>&\"c\" d'e+`f=", "<b title=\"x>y\">t</b>&amp;+", "https://x/?a=b&c=%41%zz#ü ")
	}
	f.Fuzz(func(t *testing.T, choices []byte, text, html, url string) {
		v := testView()
		v.Name, v.Odd, v.Kind, v.HTML, v.URL, v.Link = text, text+html, kind(url), template.HTML(html), template.URL(url), url
		v.Big = 3 // as it may be ranged over
		v.Items[1].Title, v.One.Title, v.Words[0] = url, text, html
		a := author{choices: choices}
		layout := a.list(1 + a.choose(4))
		for i, name := range templates {
			a.calls = i + 1
			layout += `{{define "` + name + `"}}` + a.list(1+a.choose(2)) + `{{end}}`
		}
		agree(t, layout, v)
	})
}

// templates call those behind them, so that every layout ends.
var templates = []string{"x0", "x1", "x2"}

// author writes layouts.
type author struct {
	choices []byte
	vars    []string
	loops   int
	calls   int // the first of the templates that may be called
}

func (a *author) choose(n int) int {
	if len(a.choices) == 0 {
		return 0
	}
	c := int(a.choices[0])
	a.choices = a.choices[1:]
	return c % n
}

func (a *author) one(of ...string) string { return of[a.choose(len(of))] }

func (a *author) list(depth int) string {
	outer := len(a.vars)
	defer func() { a.vars = a.vars[:outer] }()
	var b strings.Builder
	for range 1 + a.choose(4) {
		b.WriteString(a.node(depth))
	}
	return b.String()
}

func (a *author) node(depth int) string {
	choice := a.choose(16)
	if depth == 0 || len(a.choices) == 0 {
		choice %= 8
	}
	switch choice {
	default:
		return a.one(" text ", "<p>", "</p>\n", "é&amp;", " - ")
	case 1, 2:
		return "{{" + a.pipeline(2) + "}}"
	case 3:
		v := "{{" + a.pipeline(1) + "}}"
		return a.one(`<a title="`+v+`">`, `<a title='x`+v+`'>`, `<a title=`+v+`>`, `<a href="`+v+`">`, `<a href="/x`+v+`">`, `<a href="?q=`+v+`">`, `<a href="#`+v+`">`, `<a href=`+v+`>`,
			`<title>`+v+`</title>`, `<script type="application/ld+json">`+v+`</script>`, `<meta http-equiv="refresh" content="0; url=`+v+`">`, `<a href="`+v+v+`">`, `<!-- `+v+` -->`, `<p data-x`+v+`>`)
	case 4:
		return a.declare()
	case 5:
		if a.loops > 0 {
			return "{{if " + a.pipeline(1) + "}}" + a.one("{{break}}", "{{continue}}") + "{{end}}"
		}
		return a.declare()
	case 6:
		if len(a.vars) > 0 {
			return "{{" + a.one(a.vars...) + " = " + a.pipeline(1) + "}}"
		}
		return "{{$}}"
	case 7:
		return a.one("{{- /* */ -}}", "{{.}}", "{{- . -}}")
	case 8, 9:
		return "{{if " + a.head() + "}}" + a.list(depth-1) + a.otherwise("if", depth-1) + "{{end}}"
	case 10, 11:
		return "{{with " + a.head() + "}}" + a.list(depth-1) + a.otherwise("with", depth-1) + "{{end}}"
	case 12, 13, 14:
		return a.loop(depth)
	case 15:
		if a.calls < len(templates) {
			return `{{template "` + a.one(templates[a.calls:]...) + `" ` + a.pipeline(1) + `}}`
		}
		return "{{.}}"
	}
}

func (a *author) declare() string {
	name := fmt.Sprintf("$v%d", a.choose(3))
	text := "{{" + name + " := " + a.pipeline(2) + "}}"
	a.vars = append(a.vars, name)
	return text
}

// head is what stands behind "if" and "with".
func (a *author) head() string {
	if a.choose(4) == 0 {
		return "$h := " + a.pipeline(2)
	}
	return a.pipeline(2)
}

func (a *author) otherwise(of string, depth int) string {
	switch a.choose(4) {
	case 0:
		return "{{else}}" + a.list(depth)
	case 1:
		return "{{else " + of + " " + a.pipeline(1) + "}}" + a.list(depth)
	}
	return ""
}

func (a *author) loop(depth int) string {
	// None is long, since they stand in each other.
	over := a.one("$.Items", "$.Words", "$.Tree", "$.Grid", "$.Pair", ".Tags", ".", "$.Pointers", "$.PointerToList", "$.Nothing", "3", "$.One.All", "$.Items", "$.Words", "$.Items", "$.Name", "$.Two", "$.Zero", "$.Any", "(index $.Grid 0)", "(or $.Nothing $.Items)")
	outer := len(a.vars)
	head := a.one("", "", "$i, $x := ", "$x := ")
	if strings.Contains(head, "$x") {
		a.vars = append(a.vars, "$x")
	}
	if strings.Contains(head, "$i") {
		a.vars = append(a.vars, "$i")
	}
	a.loops++
	body := a.list(depth - 1)
	a.loops--
	otherwise := ""
	if a.choose(3) == 0 {
		otherwise = "{{else}}" + a.list(depth-1)
	}
	a.vars = a.vars[:outer]
	return "{{range " + head + over + "}}" + body + otherwise + "{{end}}"
}

func (a *author) pipeline(depth int) string {
	text := a.command(depth)
	for range a.choose(10) / 9 {
		text += " | " + a.one("len", "not", "print", "printf \"%v\"", "upper", "t \"k\"", "raw", "eq 1", "index .Words", ".One.Plus", "or .Empty", "values", "html")
	}
	return text
}

func (a *author) command(depth int) string {
	if depth == 0 {
		return a.operand(depth)
	}
	switch a.choose(20) {
	case 0:
		return a.one("eq", "ne", "lt", "le", "gt", "ge") + " " + a.operand(depth) + " " + a.operand(depth)
	case 1:
		return a.one("and", "or", "eq", "print", "t \"k\"", "n \"k\"") + " " + a.operand(depth) + " " + a.operand(depth)
	case 2:
		return a.one("not", "len", "upper", "raw", "may", "print", "join", "titles", "values", "double", "t", "printf \"<%v>\"", ".One.Add", ".Self.Plus", ".Plus", ".Fail", "slice") + " " + a.operand(depth)
	case 3:
		return "index " + a.operand(depth) + " " + a.operand(depth)
	}
	return a.operand(depth)
}

func (a *author) operand(depth int) string {
	if depth > 0 && a.choose(4) == 0 {
		return "(" + a.command(depth-1) + ")"
	}
	switch a.choose(12) {
	case 0:
		return a.one("1", "0", "-1", "1.5", `"x<"`, `""`, "true", "false", "'a'", "0x1e", "nil", `"no"`)
	case 1:
		return a.one(append([]string{"$", "$.Name", "$.One.Title", "$.Self", "(or $.None $.One).Title", "(index $.Items 1).Pointer"}, a.vars...)...)
	case 2:
		return a.one(".", ".Title", ".Rank", ".Next", ".Tags", ".Upper", ".Pointer", ".Next.Title", ".Below", ".Self.Upper", ".Self.Pointer")
	}
	if a.calls > 0 && a.choose(4) > 0 {
		return a.one(".", "$", "7", `"text&"`)
	}
	field := a.one(".Name", ".Empty", ".Odd", ".Kind", ".HTML", ".URL", ".Link", ".Attr", ".Yes", ".No", ".Zero", ".Seven", ".Minus", ".Byte", ".Big", ".Half", ".NaN", ".None", ".One", ".Two", ".Text", ".NoText", ".Self", ".Items",
		".Pointers", ".Nothing", ".Words", ".Pair", ".Grid", ".Tree", ".PointerToList", ".Speaks", ".SpeaksByPointer", ".Wrong", ".Rank", ".Letters", ".Struct", ".InDeepest", ".Method", ".Said", ".One.Title", ".One.Next.Title", ".Name", ".Seven", ".Words", ".Words", ".Items", ".One")
	switch a.choose(100) {
	case 0:
		return a.one(".Any", ".Map.k", ".Nope")
	case 1, 2, 3, 4, 5, 6, 7, 8, 9:
		return field
	}
	return "$" + field
}

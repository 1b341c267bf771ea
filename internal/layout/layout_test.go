package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"testing"
)

// TestProgramsAgreeWithTemplates: a layout, and whether a program makes it.
func TestProgramsAgreeWithTemplates(t *testing.T) {
	v := testView()
	check := func(want outcome, layouts ...string) {
		t.Helper()
		for _, text := range layouts {
			if got := agree(t, text, v); got != want {
				_, _, err := perform(text, v)
				t.Errorf("%s: outcome %d (%v), want %d", text, got, err, want)
			}
		}
	}
	t.Run("values in every context", func(t *testing.T) {
		values := []string{".Name", ".Empty", ".Odd", ".Kind", ".HTML", ".URL", ".Link", ".Attr", ".CSS", ".JS", ".Yes", ".No", ".Zero", ".Seven", ".Minus",
			".Byte", ".Big", ".Half", ".NaN", ".None", ".One", ".Two", ".Text", ".NoText", ".Self", ".Words", ".Pair", ".Bytes", ".Map", ".Speaks",
			".SpeaksByPointer", ".Wrong", ".Rank", ".Letters", ".Struct", `"con<st>ant"`, `"a b?c=d&e=ü+%20%zz"`, "12", "1.5", "true", "'x'", "0x1e", ".Nothing", ".PointerToList", ".Items"}
		for _, in := range []string{"%s", "<title>%s</title>", `<a title="x %s y">`, `<a title='%s'>`, `<a title=%s>`, `<a href="%s">`, `<a href='%s/x'>`, `<a href="/x/%s">`, `<a href="/x?y=%s">`,
			`<a href="#%s">`, `<a href=%s>`, `<meta http-equiv="refresh" content="0; url=%s">`, `<textarea>%s</textarea>`} {
			for _, of := range values {
				check(made, fmt.Sprintf(in, "{{"+of+"}}"))
			}
		}
		check(made, `<script type="application/ld+json">{{.Items}}</script>`, `<script>x = {{.Seven}}</script>`, `<script>x = {{.Name}}</script>`, `<script>x = {{.None}}</script>`, `<script>x = {{.Yes}};</script>`, `<script>x = {{.Wrong}}</script>`)
	})
	t.Run("what only html/template writes", func(t *testing.T) {
		check(refused, `<script>x = "{{.Name}}"</script>`, `<style>p { color: {{.Name}} }</style>`, `<a style="color: {{.Name}}">`, `<a onclick="f({{.Name}})">`, `<p {{.Attr}}>`, `<img srcset="{{.Link}}">`,
			`<script>x = {{.Speaks}}</script>`, `<script>x = {{.JS}}</script>`, `{{.Name | html}}`, `{{urlquery .Name}}`, `{{.Any}}`, `{{.Error}}`, `{{.Map.k}}`, `{{any}}`, `{{range $k, $v := .Map}}{{$k}}{{end}}`,
			`{{range .Chan}}{{.}}{{end}}`, `{{range .Sequence}}{{.}}{{end}}`, `{{.Func}}`, `{{call .Func}}`, `{{slice .Name 1}}`, `{{eq .One .One}}`, `{{eq .One nil}}`, `<p title="{{template "x" .}}">{{define "x"}}{{.Name}}{{end}}`)
	})
	t.Run("truth", func(t *testing.T) {
		for _, of := range []string{".Name", ".Empty", ".Yes", ".No", ".Zero", ".Seven", ".Minus", ".Byte", ".Big", ".Half", ".NaN", ".None", ".One", ".Two", ".Text", ".NoText", ".Self", ".Items",
			".Nothing", ".Pair", ".Map", ".HTML", ".Kind", ".Rank", `""`, `"x"`, "0", "1", "0.0", "false", "(not .Yes)", "(and .Yes .No)", "(or .Empty .Name)", "(eq .Zero 0)", "(len .Words)"} {
			check(made, "{{if "+of+"}}yes{{else}}no{{end}}", "{{with "+of+"}}yes {{.}}{{else}}no{{end}}", "{{if not "+of+"}}yes{{end}}", "{{if and .Yes "+of+"}}yes{{end}}",
				"{{if or .No "+of+" .Zero}}yes{{end}}", "{{"+of+" | not}}", "{{if "+of+" | not}}x{{end}}", "{{if $x := "+of+"}}{{$x}}{{else}}no {{$x}}{{end}}", "{{with $x := "+of+"}}{{$x}}{{.}}{{else}}{{$x}}{{end}}")
		}
	})
	t.Run("branches", func(t *testing.T) {
		check(made, `{{if .No}}a{{else if .Yes}}b{{else}}c{{end}}`, `{{with .Empty}}a{{else with .Name}}{{.}}{{else}}c{{end}}`, `{{with .Empty}}a{{else with .Empty}}b{{else}}{{.Name}}{{end}}`,
			`{{if .No}}a{{else if $x := .Name}}{{$x}}{{end}}`, `{{if .Yes}}{{if .No}}a{{else}}b{{end}}{{end}}`, "a {{- if .Yes -}} b {{- end -}} c", `{{/* nothing */}}x`, ``, `{{""}}`)
	})
	t.Run("loops", func(t *testing.T) {
		check(made, `{{range .Items}}{{.Title}},{{end}}`, `{{range $i, $x := .Items}}{{$i}}{{$x.Title}}{{$.Name}}{{end}}`, `{{range $x := .Words}}{{$x}}{{end}}`, `{{range .Nothing}}a{{else}}b{{.Name}}{{end}}`,
			`{{range $i, $x := .Nothing}}a{{else}}{{$i}} {{$x}}{{end}}`, `{{range .Pair}}{{.}}{{end}}`, `{{range 3}}{{.}}{{end}}`, `{{range $i := 3}}{{$i}}{{end}}`, `{{range .Minus}}x{{else}}y{{end}}`, `{{range .Byte}}{{.}}{{end}}`,
			`{{range .PointerToList}}{{.}}{{end}}`, `{{range .Items}}{{if eq .Rank 1}}{{continue}}{{end}}{{.Title}}{{end}}`, `{{range .Items}}{{if eq .Rank 1}}{{break}}{{end}}{{.Title}}{{else}}x{{end}}`,
			`{{range .Grid}}[{{range $i, $n := .}}{{if $i}},{{end}}{{$n}}{{else}}-{{end}}]{{end}}`, `{{range $i, $x := .Items}}{{range $j, $y := $.Words}}{{if eq $i $j}}{{continue}}{{end}}{{$i}}{{$j}}{{$y}}{{end}};{{end}}`,
			`{{range .Bytes}}{{.}} {{end}}`, `{{range .Letters}}{{.}}{{end}}`, `{{range .Pointers}}{{with .}}{{.Title}}{{else}}none{{end}}{{end}}`, `{{range .Rank}}{{.}}{{end}}`, `{{range .Items}}{{break}}{{end}}x`,
			`{{range .Items}}{{with .Tags}}{{range .}}{{break}}{{end}}b{{continue}}{{end}}c{{end}}`)
		check(refused, `{{range $i, $x := 3}}{{end}}`, `{{range .Name}}{{end}}`, `{{range .Self}}{{end}}`, `{{$x := .Self}}{{range $x = .Items}}{{$x.Title}}{{end}}`)
		check(gaveBack, `{{range .Items}}{{.Next.Title}}{{end}}`)
	})
	t.Run("variables", func(t *testing.T) {
		check(made, `{{$x := .Name}}{{$x}}{{$x = "b"}}{{$x}}`, `{{$x := 1}}{{if .Yes}}{{$x := 2}}{{$x}}{{end}}{{$x}}`, `{{$x := 1}}{{if .Yes}}{{$x = 2}}{{end}}{{$x}}`, `{{$x := .Self}}{{$x.Title}}{{$x.Upper}}{{$x.Pointer}}`,
			`{{$x := 1}}{{range .Words}}{{$x = len .}}{{end}}{{$x}}`, `{{range .Words}}{{$y := .}}{{$y}}{{end}}`, `{{$x := .One}}{{with $x}}{{.Title}}{{$x.Rank}}{{$.Name}}{{end}}`, `{{$x := 1}}{{if .Yes}}{{$x := 2}}{{else}}{{$x}}{{end}}`,
			`{{$x := 1}}{{if .No}}{{$x := 2}}{{$x}}{{else}}{{$x}}{{end}}`, `{{$x := .Name | len}}{{$x}}`, `{{with $x := .One}}{{$x = .Next}}{{$x.Title}}{{end}}`, `{{$.Name}}{{$.One.Title}}{{($).Seven}}`)
		check(refused, `{{$x := 1}}{{$x = "a"}}{{$x}}`, `{{if .No}}{{$x := 2}}{{else}}{{$x}}{{end}}`, `{{($x := 1)}}{{$x}}`, `{{$x := .Self}}{{range .Items}}{{$x = .All}}{{end}}`)
	})
	t.Run("fields and methods", func(t *testing.T) {
		check(made, `{{.InInner}}{{.InDeepest}}{{.InDeep}}{{.Inner.Deepest.InDeepest}}{{.Deep.InDeep}}`, `{{.Said}}{{.Method}}{{.Inner.Said}}`, `{{.One.Title}}{{.Two.Title}}{{.One.Next.Title}}{{.Self.Title}}{{.Struct.A}}`,
			`{{.One.Upper}}{{.One.Pointer}}{{.Self.Upper}}{{.Self.Pointer}}{{.Two.Pointer}}`, `{{.One.Plus 2}}{{.One.Plus .Seven}}{{3 | .Self.Plus}}`, `{{.One.Add}}{{.One.Add "a" .Name}}{{.Name | .One.Add "b"}}`,
			`{{.One.Again.Again.Title}}{{(.One.Again).Title}}{{(index .Items 1).Title}}{{(index .Items 1).Pointer}}`, `{{range .One.All}}{{.Title}}{{.Pointer}}{{end}}`, `{{.Self.Fail .No}}`, `{{range .Items}}{{.Pointer}}{{.Upper}}{{end}}`,
			`{{.Letters.First}}{{.Letters.Count}}{{.Kind.Shout}}{{.Kind.Whisper}}`)
		check(gaveBack, `{{.None.Title}}`, `{{.None.Upper}}`, `{{.None.Pointer}}`, `{{.Self.Fail .Yes}}`, `{{.Self.Panic}}`, `{{range .Pointers}}{{.Title}}{{end}}`, `{{values .None}}`)
		check(refused, `{{.Nope}}`, `{{.hidden}}`, `{{.One.Nope}}`, `{{.Name.Length}}`, `{{.Name 1}}`, `{{1 | .Name}}`, `{{.Self.Three}}`, `{{.One.Plus}}`, `{{.One.Plus "a"}}`, `{{.One.Plus 1 2}}`, `{{nil}}`, `{{1.Name}}`, `{{"x".Name}}`,
			`{{with .One.All}}{{.Title}}{{end}}`)
	})
	t.Run("functions", func(t *testing.T) {
		check(made, `{{t "a"}}{{t "a" 1 "b" .Name}}{{t .Name (t "b")}}{{.Name | t "x"}}{{t .Name}}`, `{{n "a" 1}}{{n .Name .Seven}}{{.Seven | n "x"}}`, `{{upper .Name}}{{upper "x"}}{{.Name | upper | len}}`, `{{raw .Name}}{{raw "<b>"}}<a title="{{raw .Name}}">`,
			`{{may .Name}}{{may "yes"}}`, `{{join .Words}}{{join .PointerToList}}`, `{{titles .One}}{{titles .Self}}{{values .Self}}{{values .One}}`, `{{double 1}}{{double 1.5}}{{double .Half}}{{small 3}}{{small .Byte}}{{not_ true}}`,
			`{{print 1 2 "a" .Name .One.Rank}}{{println .Name}}{{printf "%s-%d-%v" .Name .Seven .Words}}{{.Seven | printf "%05d"}}{{printf "%q" .Kind}}{{print}}`, `{{len .Name}}{{len .Words}}{{len .Map}}{{len .PointerToList}}{{.Pair | len}}`,
			`{{index .Words 1}}{{index .Grid 0 1}}{{1 | index .Words}}{{index .Name 0}}{{index .PointerToList 1}}`)
		check(gaveBack, `{{index .Words 3}}`, `{{index .Words -1}}`, `{{index .Words 4}}`, `{{index .Nothing 0}}`, `{{len .NoText}}`, `{{t .Name | may}}{{may (index .Words 9)}}`, `{{titles .None}}`)
		check(refused, `{{may "no"}}`, `{{t}}`, `{{t 1}}`, `{{t "panic"}}`, `{{n "a" "b"}}`, `{{n "a" 1.5}}`, `{{index .Words "a"}}`, `{{index .Words nil}}`, `{{index .Self 1}}`, `{{len .Seven}}`, `{{len 3}}`, `{{upper .Kind}}`, `{{upper nil}}`, `{{upper .HTML}}`,
			`{{printf .Seven}}`, `{{len}}`, `{{not}}`, `{{and}}`, `{{eq 1}}`, `{{lt 1 2 3}}`, `{{"x" | 1}}`, `{{not_ 1}}`, `{{small "x"}}`)
	})
	t.Run("comparisons", func(t *testing.T) {
		operands := []string{".Name", ".Kind", `"Kind<"`, ".Seven", "7", ".Minus", ".Big", ".Byte", ".Half", "0.5", ".NaN", ".Rank", ".Yes", "true", ".HTML"}
		for _, f := range []string{"eq", "ne", "lt", "le", "gt", "ge"} {
			for _, a := range operands {
				for _, b := range operands {
					agree(t, "{{"+f+" "+a+" "+b+"}}", v)
					agree(t, "{{if "+f+" "+a+" "+b+"}}yes{{end}}", v)
				}
			}
			check(made, "{{"+f+" .Seven 7}}{{7 | "+f+" .Zero}}{{if "+f+" (len .Name) .Seven}}x{{end}}")
		}
		check(made, `{{eq .Seven 1 2 7}}{{eq .Seven 1 2}}{{if eq .Name "a" "b"}}x{{end}}`, `{{or .Empty "x"}}{{or .Name "x"}}{{and .Name "x"}}{{and .Empty "x"}}{{or .None .One}}{{(or .None .One).Title}}{{and .Name}}`,
			`{{if or .Zero .Empty .Items (and .Yes .Name)}}x{{end}}`, `{{if and (not .No) (or .Zero (eq .Seven 7))}}x{{end}}`, `{{$x := or .Empty .Name}}{{$x}}`, `{{if or .Yes .None.Title}}x{{end}}`, `{{if (and .Yes .Zero)}}x{{end}}{{if not (or .Zero .Name)}}x{{else}}y{{end}}`, `{{(or .Self .Self).Pointer}}`)
		check(gaveBack, `{{if or .No .None.Title}}x{{end}}`, `{{eq .Seven 7 .None.Rank}}`)
		check(refused, `{{or .Empty 1}}`, `{{.Empty | or "x"}}`, `{{eq .Name 1}}`, `{{lt .Yes .No}}`, `{{eq .Words .Words}}`)
	})
	t.Run("templates", func(t *testing.T) {
		check(made, `{{template "x" .One}}{{template "x" .Self}}{{define "x"}}{{.Title}}{{$.Rank}}{{.Pointer}}{{end}}`, `{{template "x"}}{{define "x"}}text{{end}}`, `{{block "x" .One}}{{.Title}}{{end}}`, `{{template "x" "text"}}{{define "x"}}{{.}}{{end}}`,
			`{{template "tree" .Tree}}{{define "tree"}}<ul>{{range .}}<li>{{.Name}}{{with .Below}}{{template "tree" .}}{{end}}</li>{{end}}</ul>{{end}}`, `{{template "a" .}}{{define "a"}}{{with .One}}{{template "b" .}}{{end}}{{end}}{{define "b"}}{{.Title}}{{with .Next}}{{template "b" .}}{{end}}{{end}}`,
			`{{range .Words}}{{template "x" .}}{{end}}{{template "x" .Seven}}{{define "x"}}{{$y := .}}{{range 2}}{{$y}}{{end}}{{end}}`, `{{range .Items}}{{template "x" .}}{{break}}{{end}}{{define "x"}}{{range .Tags}}{{break}}{{end}}{{.Title}}{{end}}`)
		check(refused, `{{template "x"}}{{define "x"}}{{.Name}}{{end}}`, `{{template "nope"}}`, `{{template "x" .Any}}{{define "x"}}{{.}}{{end}}`, `{{template "x" .Name}}{{define "x"}}{{.Title}}{{end}}`)
		check(gaveBack, `{{template "x" .}}{{define "x"}}{{template "x" .}}{{end}}`)
	})
	t.Run("size", func(t *testing.T) {
		check(gaveBack, `{{range 1000}}{{range 1000}}{{range 10}}0123456789{{end}}{{end}}{{end}}`, `{{printf "%2000000d" 1 | len | printf "%2000000d"}}`)
		check(made, `{{range 1024}}{{printf "%1024d" .}}{{end}}`)
		check(gaveBack, `{{range 1024}}{{printf "%1024d" .}}{{end}}!`)
	})
}

// Methods of pointers are there only where a value has a pointer.
func TestProgramsOfValues(t *testing.T) {
	v := *testView()
	for text, want := range map[string]outcome{
		`{{.Name}}{{.Self.Upper}}{{.One.Pointer}}{{range .Items}}{{.Pointer}}{{end}}{{.Method}}`: made,
		`{{.Self.Pointer}}`:                                       refused,
		`{{range .Pair}}{{.}}{{end}}`:                             made,
		`{{.SpeaksByPointer}}{{.Speaks}}`:                         made,
		`{{$x := .Self}}{{$x.Pointer}}`:                           refused,
		`{{titles .Self}}`:                                        refused,
		`{{with .One}}{{.Pointer}}{{end}}`:                        made,
		`{{(index .Items 0).Pointer}}`:                            made,
		`{{(or .Self .Self).Upper}}`:                              made,
		`{{$x := .Kind}}{{$x.Whisper}}`:                           refused,
		`{{template "x" .Self}}{{define "x"}}{{.Pointer}}{{end}}`: refused,
	} {
		if got := agree(t, text, v); got != want {
			t.Errorf("%s: outcome %d, want %d", text, got, want)
		}
	}
	for _, other := range []any{nil, 7, "text <", []string{"a"}, struct{ Name string }{"x"}, (*view)(nil), &[]int{1}} {
		for _, text := range []string{"{{.}}", "{{.Name}}", "{{range .}}{{.}}{{end}}", "{{with .}}{{.}}{{end}}", "text"} {
			agree(t, text, other)
		}
	}
}

// A program is of one type of view, and its limit is of the page alone.
func TestAppend(t *testing.T) {
	parsed := template.Must(template.New("x").Parse("{{.Title}}"))
	p, err := Compile(parsed, nil, reflect.TypeFor[*item]())
	if err != nil {
		t.Fatal(err)
	}
	if page, ok := p.Append([]byte("abc"), &item{Title: "1234"}, 4); !ok || string(page) != "abc1234" {
		t.Errorf("got %q %t", page, ok)
	}
	for _, v := range []any{&item{Title: "12345"}, item{}, (*item)(nil), nil, 7} {
		if page, ok := p.Append(nil, v, 4); ok {
			t.Errorf("%v: got %q, want nothing", v, page)
		}
	}
}

// What is constant is one text: words of the theme are made when it is compiled.
func TestConstantsAreJoined(t *testing.T) {
	parsed := template.Must(template.New("x").Funcs(functionsOfTest).Parse(`<p>{{t "a"}} <b title="{{t "b" (t "c")}}">{{/**/}}</b>{{"<"}}{{7}}{{.Title}}`))
	p, err := Compile(parsed, functionsOfTest, reflect.TypeFor[*item]())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.main.steps) != 1 || !bytes.HasSuffix(p.main.steps[0].text, []byte("&lt;7")) {
		t.Errorf("there are %d steps and the first writes %q, want one, and all that is constant", len(p.main.steps), p.main.steps[0].text)
	}
	page, _ := p.Append(nil, &item{Title: "x"}, 1000)
	if allocs := testing.AllocsPerRun(100, func() { p.Append(page[:0], &item{Title: "x"}, 1000) }); allocs > 3 {
		t.Errorf("a page takes %v allocations", allocs)
	}
	if !strings.HasSuffix(string(page), "&lt;7x") {
		t.Errorf("got %q", page)
	}
}

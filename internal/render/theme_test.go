package render

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// repository is the root of this module: its layouts/ and static/ are the
// built-in theme.
var repository = os.DirFS("../..")

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// smallTheme is a theme of two pages, for tests of overlays and mistakes.
func smallTheme() fstest.MapFS {
	return fstest.MapFS{
		"layouts/base.html":          file("<title>{{.Title}}</title>{{block \"main\" .}}{{end}}"),
		"layouts/page.html":          file("{{define \"main\"}}<p>{{template \"part\" .}}</p>{{end}}"),
		"layouts/partials/part.html": file("built in"),
		"static/style.css":           file("a{}"),
		"static/logo.png":            file("png"),
	}
}

func TestUserFilesReplaceBuiltInOnes(t *testing.T) {
	user := fstest.MapFS{
		"layouts/partials/part.html": file("mine"),
		"static/style.css":           file("b{}"),
		"static/.well-known/x.txt":   file("dot"),
	}
	theme, diags, err := LoadTheme(user, smallTheme(), config.Theme{})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var page strings.Builder
	if err := theme.render(&page, "page", "en", struct{ Title string }{"A & B"}); err != nil {
		t.Fatal(err)
	}
	if want := "<title>A &amp; B</title><p>mine</p>"; page.String() != want {
		t.Errorf("got %q, want %q", page.String(), want)
	}
	var paths []string
	for _, r := range theme.staticRoutes() {
		var content strings.Builder
		if err := r.Render(&content); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, r.Path+"="+content.String())
	}
	want := "/.well-known/x.txt=dot /logo.png=png /style.css=b{} /style.ef2a875407.css=b{}"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("static routes: got %s, want %s", got, want)
	}
}

// A page is appended to what a buffer holds, whole or not at all.
func TestPagesFillABuffer(t *testing.T) {
	base := fstest.MapFS{"layouts/base.html": file(`<b>{{.Title}}</b>{{index .Tags 0}}`)}
	theme, diags, err := LoadTheme(base, smallTheme(), config.Theme{})
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	type view struct {
		Title string
		Tags  []string
	}
	page := bytes.NewBufferString("before ")
	if err := theme.render(page, "page", "en", view{"A", nil}); err == nil || page.String() != "before " {
		t.Errorf("got %v and %q, want an error and nothing", err, page)
	}
	if err := theme.render(page, "page", "en", view{"A", []string{"b"}}); err != nil || page.String() != "before <b>A</b>b" {
		t.Errorf("got %v and %q", err, page)
	}
}

// tooFar is said of a layout that goes on and on without a word.
const tooFar = "the page goes through {{range}} and {{template}} more than 10 million times"

// doubling are parts each of which calls the one before it twice, and the first
// shows nothing.
var doubling = func() string {
	parts := `{{define "p0"}}{{end}}`
	for i := 1; i <= 40; i++ {
		parts += fmt.Sprintf(`{{define "p%d"}}{{template "p%d"}}{{template "p%d"}}{{end}}`, i, i-1, i-1)
	}
	return parts
}()

func TestMistakesInLayoutsHavePlaces(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"an unknown field", "layouts/page.html", "{{define \"main\"}}\n <b>{{.Titel}}</b>{{end}}", `layouts/page.html:2:7: unknown field ".Titel"`},
		{"an unknown field in a partial", "layouts/partials/part.html", "\n\n{{.Nope}}", `layouts/partials/part.html:3:3: unknown field ".Nope"`},
		{"an unknown function", "layouts/page.html", "\n{{shout .Title}}", `layouts/page.html:2:3: unknown function "shout"`},
		{"an unknown partial", "layouts/page.html", "{{define \"main\"}}{{template \"prat\" .}}{{end}}", `layouts/page.html:1:29: there is no partial "prat"`},
		{"an unknown field behind letters of two bytes", "layouts/page.html", "{{define \"main\"}}\n éé {{.Titel}}{{end}}", `layouts/page.html:2:7: unknown field ".Titel"`},
		{"an end that is missing", "layouts/page.html", "{{define \"main\"}}\n{{if .Title}}\n", `layouts/page.html:3:1: the file ends inside an action`},
		{"an end too many", "layouts/page.html", "{{define \"main\"}}{{end}}\n{{end}}", `layouts/page.html:2:3: "{{end}}" stands where nothing is open`},
		{"an unknown variable", "layouts/page.html", "{{$x}}", `layouts/page.html:1:3: unknown variable "$x"`},
		{"a quote that stays open", "layouts/page.html", "{{define \"main\"}}<a title=\"{{.Title}}>{{end}}", `layouts/page.html: the HTML around an action is not complete: a quote or a tag stays open`},
		{"an action that stays open before HTML", "layouts/page.html", "{{define \"main\"}}<p>{{.Title</p>{{end}}", `layouts/page.html:1:29: an action holds the character '<'`},
		{"a partial that calls itself", "layouts/partials/part.html", `x{{template "part" .}}`, `layouts/partials/part.html:1:13: it calls itself without end`},
		{"a page without end", "layouts/page.html", `{{define "main"}}{{range 1000}}{{printf "%300000d" .}}{{end}}{{end}}`, `layouts/page.html: the page grows beyond 256 MB`},
		{"a range without end", "layouts/page.html", `{{define "main"}}{{range 10000000000}}{{end}}{{end}}`, `layouts/page.html: ` + tooFar},
		{"ranges in ranges", "layouts/page.html", `{{define "main"}}{{.Title}}{{range 100000}}{{range $i := 100000}}{{if $i}}{{end}}{{end}}{{end}}{{end}}`, `layouts/page.html: ` + tooFar},
		{"parts that call each other twice", "layouts/page.html", doubling + `{{define "main"}}{{.Title}}{{template "p40"}}{{end}}`, `layouts/page.html: ` + tooFar},
		{"a page without main", "layouts/page.html", "<p>{{.Title}}</p>", `layouts/page.html:1:1: there is no {{define "main"}}, so that the page would be empty`},
		{"an empty file", "layouts/page.html", "", `layouts/page.html:1:1: there is no {{define "main"}}, so that the page would be empty`},
		{"a file that is missing", "layouts/page.html", "{{define \"main\"}}{{.Asset \"x.css\"}}{{end}}", `layouts/page.html:1:20: "Asset": there is no file "x.css" in static/`},
	} {
		t.Run(test.name, func(t *testing.T) {
			theme, diags, err := LoadTheme(fstest.MapFS{test.file: file(test.text)}, smallTheme(), config.Theme{})
			if err != nil {
				t.Fatal(err)
			}
			if !diags.HasErrors() {
				view := &Plain{Frame: Frame{Title: "x", theme: theme, link: func(s string) string { return s }}}
				var list *diag.ErrorList
				if err := theme.render(&strings.Builder{}, "page", "en", view); !errors.As(err, &list) {
					t.Fatalf("got %v, want a mistake in the layout", err)
				}
				diags = list.List
			}
			if len(diags) != 1 || diags[0].Code != diag.TemplateError {
				t.Fatalf("got %v, want one template-error", diags)
			}
			if got := diags[0].Pos.String() + ": " + diags[0].Message; got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// Whoever adds a file to layouts/ hears when it changes nothing, and nothing when
// a text or a layout asks for it.
func TestLayoutsThatNobodyUsesAreTold(t *testing.T) {
	user := fstest.MapFS{
		"layouts/pge.html":             file(`{{define "main"}}{{end}}`),
		"layouts/page.htm":             file(``),
		"layouts/sub/page.html":        file(``),
		"layouts/hero.html":            file(`{{define "main"}}{{template "mine" .}}{{end}}`),
		"layouts/wide.html":            file(`{{define "main"}}{{end}}`),
		"layouts/.wide.html.swp":       file(``),
		"layouts/README.md":            file(``),
		"layouts/partials/mine.html":   file(`mine`),
		"layouts/partials/prat.html":   file(`typo`),
		"layouts/partials/banner.html": file(`alone`),
		"layouts/partials/part.html":   file(`replaces`),
	}
	theme, diags, err := LoadTheme(user, smallTheme(), config.Theme{})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	wide := &site.Page{Document: content.Document{}.With(&postmortem.Postmortem{Head: postmortem.Head{Layout: "wide"}}, nil)}
	var got []string
	for _, d := range theme.unused(&site.Site{Pages: []*site.Page{wide}}) {
		got = append(got, d.File+": "+d.Hint)
	}
	want := []string{
		"layouts/hero.html: a text asks for it by `layout: hero` in its front matter",
		"layouts/page.htm: did you mean \"layouts/page.html\"? else layouts end in .html, and stand in layouts/ or layouts/partials/",
		"layouts/partials/banner.html: a layout calls it by {{template \"banner\" .}}",
		"layouts/partials/prat.html: did you mean \"layouts/partials/part.html\"? else a layout calls it by {{template \"prat\" .}}",
		"layouts/pge.html: did you mean \"layouts/page.html\"? else a text asks for it by `layout: pge` in its front matter",
		"layouts/sub/page.html: layouts end in .html, and stand in layouts/ or layouts/partials/",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A mistake is told in the words of who writes templates, with what there is.
func TestMistakesInLayoutsHaveHints(t *testing.T) {
	for text, want := range map[string]string{
		`{{.Titel}}`:                          `unknown field ".Titel" | did you mean ".Title"? there are .Asset .`,
		`{{range .Menu}}{{.Adress}}{{end}}`:   `unknown field ".Adress" | there are .Count .Current .Dir .External .Inside .Lang .Note .Term .Text .URL; docs/themes.md says what they are`,
		`{{range .Menu}}{{.Tekst}}{{end}}`:    `unknown field ".Tekst" | did you mean ".Text"? there are .Count .Current .Dir .External .Inside .Lang .Note .Term .Text .URL`,
		`{{.Menu.Text}}`:                      `unknown field ".Text" | it is asked of a list: put it between {{range …}} and {{end}}`,
		`{{.Title.Text}}`:                     `unknown field ".Text" | it is asked of a text or a number, which has no fields; docs/themes.md says of what kind each field is`,
		`{{.Text.Text}}`:                      `unknown field ".Text" | it is asked of a text or a number, which has no fields; docs/themes.md says of what kind each field is`,
		`{{.Logo.Hight}}`:                     `unknown field ".Hight" | did you mean ".Height"? there are .Height .URL .Width`,
		`{{range .Menu}}{{t .}}{{end}}`:       `a value of another kind is needed here | docs/themes.md says of what kind each field is`,
		`{{range .Menu}}{{lt . 2}}{{end}}`:    `a value of another kind is needed here | `,
		`{{range .Menu}}{{$.Asset .}}{{end}}`: `a value of another kind is needed here | `,
		`{{.License.URL}}`:                    `".URL" is asked of something that this page does not have | put it between {{with …}} and {{end}}`,
		`{{index .Menu "a"}}`:                 ``,
		`{{.Link}}`:                           `wrong number of values for "Link" | docs/themes.md says with what it is called`,
		`{{len .Logo}}`:                       ``,
		`{{template "part" .Menu 1}}`:         ``,
	} {
		theme, diags, err := LoadTheme(fstest.MapFS{"layouts/page.html": file(`{{define "main"}}` + text + "{{end}}")}, smallTheme(), config.Theme{})
		if err != nil {
			t.Fatal(err)
		}
		if !diags.HasErrors() {
			frame := Frame{Title: "x", Menu: []Link{{Text: "y"}}, Logo: &Image{}, theme: theme, link: func(s string) string { return s }}
			var list *diag.ErrorList
			if err := theme.render(&strings.Builder{}, "page", "en", &Plain{Frame: frame}); !errors.As(err, &list) {
				t.Fatalf("%s: got %v, want a mistake in the layout", text, err)
			}
			diags = list.List
		}
		got := diags[0].Message + " | " + diags[0].Hint
		if !strings.HasPrefix(got, want) || goNames.MatchString(got) || diags[0].Column == 0 {
			t.Errorf("%s: %s\ngot  %s\nwant %s", text, diags[0].Pos, got, want)
		}
	}
}

// goNames are what only those know who know Go.
var goNames = regexp.MustCompile(`\b(render|template|reflect|interface|string|struct|int|func|nil|executing)\b|\*\w`)

func TestAllMistakesInLayoutsAreReported(t *testing.T) {
	user := fstest.MapFS{
		"layouts/page.html":          file("{{nope}}"),
		"layouts/partials/part.html": file("{{if}}"),
	}
	_, diags, err := LoadTheme(user, smallTheme(), config.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	if len(diags) != 2 {
		t.Errorf("got %v, want two", diags)
	}
}

func TestBuiltInThemeLoads(t *testing.T) {
	theme, diags, err := LoadTheme(nil, repository, config.Theme{})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	if later, _, err := LoadTheme(fstest.MapFS{}, repository, config.Theme{}); err != nil || later.frame != nil {
		t.Error("layouts are parsed that no page needs yet", err)
	}
	for name := range builtin {
		if name != "base" && theme.pages[name] == "" {
			t.Errorf("there is no layout %q", name)
		}
	}
	for name := range theme.pages {
		if !builtin[name] {
			t.Errorf("layouts/%s.html is used by no page", name)
		}
	}
}

func TestBehaviourIsLayoutsAndScripts(t *testing.T) {
	load := func(files fstest.MapFS) *Theme {
		t.Helper()
		look, diags, err := LoadTheme(files, repository, config.Theme{})
		if err != nil || diags.HasErrors() {
			t.Fatal(err, diags)
		}
		return look
	}
	plain := load(nil).Behaviour()
	for name, test := range map[string]struct {
		text string
		same bool
	}{
		"static/style.css":          {"p { color: red }", true},
		"static/logo.svg":           {"<svg/>", true},
		"static/own.js":             {"1", false},
		"layouts/404.html":          {`{{define "main"}}x{{end}}`, false},
		"layouts/partials/own.html": {"x", false},
	} {
		if got := load(fstest.MapFS{name: {Data: []byte(test.text)}}).Behaviour(); (got == plain) != test.same {
			t.Errorf("%s: the same behaviour is %t, want %t", name, got == plain, test.same)
		}
	}
}

package render

import (
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	texttemplate "text/template"

	"publish/internal/config"
	"publish/internal/locale"
)

// sees says which view a layout is given; Frame has none of its own.
var sees = map[string]string{
	"home": "Home", "list": "List", "index": "Index", "archive": "Archive", "search": "Search", "feeds": "Feeds",
	"countermeasures": "Register", "insights": "Insights", "providers": "Providers", "redactions": "Redactions", "redirect": "Moved",
	"postmortem": "Post", "post": "Post", "maintenance": "Post", "page": "Plain", "tombstone": "Plain", "404": "Plain",
	"base": "Frame",
}

// The page for authors of themes is made from what they may use: the comments
// of the views, the functions, the variables of the style sheet.
func TestThemeDocs(t *testing.T) {
	const file = "../../docs/themes.md"
	want := themeDocs(t)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/themes.md is stale: run `make golden`")
	}
}

func themeDocs(t *testing.T) string {
	t.Helper()
	views := readViews(t)
	page, err := texttemplate.New("themes.md").Funcs(texttemplate.FuncMap{
		"layouts":   func() string { return layoutTable(t, views) },
		"views":     views.all,
		"variables": func() string { return variableTable(t) },
		"functions": func() string { return functionTable(t) },
		"settings":  func() string { return settingsTable(t) },
	}).Delims("<<", ">>").ParseFiles("testdata/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := page.Execute(&text, nil); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// layoutTable lists the files of layouts/ with what they are given.
func layoutTable(t *testing.T, v *views) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("| file | is | sees |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(builtin)) {
		if layoutMeans[name] == "" || sees[name] == "" {
			t.Errorf("layouts/%s.html: say what it is and what it sees", name)
		}
		fmt.Fprintf(&text, "| `layouts/%s.html` | %s | %s |\n", name, layoutMeans[name], link(sees[name]))
	}
	text.WriteString("\n| file | is |\n|---|---|\n")
	files, err := filepath.Glob("../../layouts/partials/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		about, found := strings.CutPrefix(string(data), "{{- /* ")
		about, _, closed := strings.Cut(about, " */")
		if !found || !closed {
			t.Errorf("%s does not begin with a remark on what it is: {{- /* … */ -}}", filepath.Base(file))
		}
		fmt.Fprintf(&text, "| `layouts/partials/%s` | %s |\n", filepath.Base(file), v.plain(sentence(about)))
	}
	return strings.TrimSuffix(text.String(), "\n")
}

var layoutMeans = map[string]string{
	"404": "What is shown for an address that does not exist.", "archive": "The table of all reports.",
	"base": "The frame of every page; `main` and `head` are filled by the others.", "countermeasures": "All that was promised.",
	"feeds": "How to subscribe.", "home": "The home page, and those after it.", "index": "All services, severities or tags.",
	"insights": "Figures over all incidents.", "list": "The reports of a service, a severity, a tag or a year.",
	"maintenance": "A planned maintenance.", "page": "A page without a date.", "post": "A dated text that is no postmortem.",
	"postmortem": "A postmortem.", "providers": "Incidents by provider.", "redactions": "The register of redactions, of the internal edition.", "redirect": "An old address.", "search": "The search.",
	"tombstone": "What is left of a text that was withdrawn.",
}

// variableTable lists the variables at the top of the style sheet.
func variableTable(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(data), "@media (prefers-color-scheme: dark)")
	night, _, _ := strings.Cut(rest, "\n}\n")
	dark := map[string]string{}
	for _, m := range variable.FindAllStringSubmatch(night, -1) {
		dark[m[1]] = m[2]
	}
	var text strings.Builder
	text.WriteString("| variable | what it is | value | in the dark |\n|---|---|---|---|\n")
	for _, m := range variable.FindAllStringSubmatch(light, -1) {
		if m[3] == "" {
			t.Errorf("style.css: --%s has no remark behind it: /* what it is */", m[1])
		}
		night := ""
		if dark[m[1]] != "" {
			night = "`" + dark[m[1]] + "`"
		}
		fmt.Fprintf(&text, "| `--%s` | %s | `%s` | %s |\n", m[1], sentence(m[3]), m[2], night)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// examples call each function and method of layouts.
var examples = []struct{ name, call, means, gives string }{
	{"t", `{{t "archive"}}`, "Words of the theme by their key, in the page's language; further values fill their places.", "Archive"},
	{"t", `{{t "permalink" "Timeline"}}`, "", "Permalink: Timeline"},
	{"n", `{{n "incidents" 2}}`, "Words with a number, in the form that the language has for it.", "2 incidents"},
	{"unbroken", `{{unbroken "Night of 2021-04-29"}}`, "A text as HTML in which no line ends within a day, for titles.", `Night of <span class="whole">2021-04-29</span>`},
	{"Link", `{{.Link "/archive/"}}`, "The address of a page of the site, as seen from this one. In a loop: `$.Link`.", "../archive/"},
	{"Asset", `{{.Asset "logo.png"}}`, "The address of a file of `static/`; of styles and scripts one with a hash, so that browsers may keep them.", "../logo.png"},
	{"OpenGraph", `{{range .OpenGraph}}{{.Name}}={{.Content}} {{end}}`, "What a link to this page may show, property by property; nothing where search engines are kept away.", "og:type=website "},
	{"LargeCard", `{{.LargeCard}}`, "Whether there is a picture for such a link.", "false"},
	{"TouchIcon", `{{.TouchIcon}}`, "The address of the icon for phones; empty where the site has an icon of its own.", "../apple-touch-icon.png"},
	{"LinkedData", `{{with .LinkedData}}{{.}}{{end}}`, "What the page is, for machines; write it inside `<script type=\"application/ld+json\">`.", ""},
}

func functionTable(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("| call | gives | what it is |\n|---|---|---|\n")
	shown := map[string]bool{}
	theme, _, err := LoadTheme(nil, smallTheme(), config.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	frame := &Frame{theme: theme, link: func(to string) string { return ".." + to }}
	for _, e := range examples {
		shown[e.name] = true
		call, err := template.New("x").Funcs(functions(locale.For("en"))).Parse(e.call)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := call.Execute(&got, frame); err != nil {
			t.Fatal(err)
		}
		if got.String() != e.gives {
			t.Errorf("%s gives %q, want %q", e.call, got.String(), e.gives)
		}
		fmt.Fprintf(&text, "| `%s` | %s | %s |\n", e.call, got.String(), e.means)
	}
	for name := range functions(locale.For("en")) {
		if !shown[name] {
			t.Errorf("the function %q has no example", name)
		}
	}
	for i := range reflect.TypeFor[*Frame]().NumMethod() {
		if name := reflect.TypeFor[*Frame]().Method(i).Name; !shown[name] {
			t.Errorf("the method %q has no example", name)
		}
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// settingMeans are the keys of `theme:`.
var settingMeans = map[string]string{
	"Accent":     "Colour of links and of the focus: `\"#0a4f96\"` (in quotes, or YAML takes it for a comment), `rgb(10 79 150)`, `hsl(210 88% 31%)` or a name of CSS. A warning says where it is hard to read. | `--accent`",
	"AccentDark": "The same in the dark. Without it, `accent` is made bright enough. | `--accent`, in the dark",
	"Width":      "Width of the page, `48rem` to `120rem`, or in `px`. Lines of text stay as they are: `--measure`. | `--width`",
	"Font":       "`sans` or `serif`: the type of the texts. | `--reading`",
	"Logo":       "Image in the place of the mark beside the title, shown 28 pixels high: `static/logo.svg`, or the path of a file in the content folder. | `.Logo` of the frame",
}

func settingsTable(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("| key | what it is | changes |\n|---|---|---|\n")
	for f := range reflect.TypeFor[config.Theme]().Fields() {
		if strings.HasSuffix(f.Name, "Pos") {
			continue
		}
		if settingMeans[f.Name] == "" {
			t.Errorf("say what `theme.%s` is", f.Name)
		}
		fmt.Fprintf(&text, "| `%s` | %s |\n", strings.ReplaceAll(strings.ToLower(title(f.Name)), " ", "_"), settingMeans[f.Name])
	}
	return strings.TrimSuffix(text.String(), "\n")
}

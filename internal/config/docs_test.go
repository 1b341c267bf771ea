package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"publish/internal/locale"
	"publish/internal/tree"
)

const page = "../../docs/configuration.md"

var (
	settingRow = regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| (.*?) \\| (.*?) \\| (.*) \\|$")
	inCode     = regexp.MustCompile("`([^`]+)`")
	yamlOfPage = regexp.MustCompile("(?s)\n```yaml\n(.*?)```\n")
)

// The page on the configuration has a row for every key, and none for a key
// that does not exist. Each value that it shows is accepted, and what it calls
// the default is one.
func TestConfigurationIsDocumented(t *testing.T) {
	text := readPage(t)
	var documented []string
	for _, row := range settingRow.FindAllStringSubmatch(text, -1) {
		name, values, without := row[1], row[3], row[4]
		documented = append(documented, name)
		shown := inCode.FindAllStringSubmatch(values, -1)
		if len(shown) == 0 {
			t.Errorf("%s shows no value of %s", page, name)
		}
		for _, v := range shown {
			accept(t, setting(name, v[1]))
		}
		if m := inCode.FindStringSubmatch(without); m != nil && m[0] == without {
			if got := accept(t, setting(name, m[1])); !sameSettings(got, Default(), name) {
				t.Errorf("%s says that %s is %s without it", page, name, without)
			}
		}
	}
	slices.Sort(documented)
	if want := slices.Sorted(slices.Values(Keys())); !slices.Equal(documented, want) {
		t.Errorf("%s has the keys\n\t%q\nthe program\n\t%q", page, documented, want)
	}
}

// The examples of the page are read without a remark, and together they show
// every key.
func TestConfigurationExamples(t *testing.T) {
	shown := map[string]bool{}
	for _, m := range yamlOfPage.FindAllStringSubmatch(readPage(t), -1) {
		accept(t, m[1])
		root, _ := tree.ParseYAML(page, 1, []byte(m[1]), "")
		for _, e := range root.Entries {
			shown[e.Key.Value] = true
			inner := e.Value.Items
			if e.Value.Kind == tree.Mapping {
				inner = []*tree.Node{e.Value}
			}
			for _, n := range inner {
				for _, below := range n.Entries {
					shown[e.Key.Value+"."+below.Key.Value] = true
				}
			}
		}
	}
	for _, name := range Keys() {
		if !shown[name] {
			t.Errorf("no example of %s shows %s", page, name)
		}
	}
}

// setting is publish.yaml with one value. A list of mappings has what else an
// item needs.
func setting(name, value string) string {
	outer, inner, nested := strings.Cut(name, ".")
	switch {
	case !nested:
		return name + ": " + value + "\n"
	case outer == "severities" && inner != "id":
		return "severities: [{id: P1, " + inner + ": " + quotedComma(value) + "}]\n"
	case outer == "services" && inner != "name":
		return "services: [{name: Login, " + inner + ": " + quotedComma(value) + "}]\n"
	case name == "menu.title":
		return "menu: [{title: " + value + ", url: about.md}]\n"
	case name == "menu.url":
		return "menu: [{title: About, url: \"" + value + "\"}]\n"
	case name == "redact.reason":
		return "redact: [{text: Contoso, reason: " + value + "}]\n"
	case outer == "redact":
		return "redact: [{" + inner + ": " + value + ", reason: hidden}]\n"
	case outer == "severities" || outer == "services":
		return outer + ": [{" + inner + ": " + value + "}]\n"
	}
	return outer + ":\n  " + inner + ": " + value + "\n"
}

// quotedComma puts a sentence with a comma into quotes, as YAML wants it in
// braces.
func quotedComma(value string) string {
	if strings.Contains(value, ",") {
		return "\"" + value + "\""
	}
	return value
}

// accept reads settings about which nothing is to be said.
func accept(t *testing.T, text string) *Config {
	t.Helper()
	c, said := Load(fstest.MapFS{
		"publish.yaml":      {Data: []byte(text)},
		"reports/x.md":      {},
		"content/x.md":      {},
		"static/logo.svg":   {},
		"reports/logo.png":  {},
		"postmortems/x.svg": {},
	}, "")
	for _, d := range said {
		t.Errorf("%s: %s (%s)\n%s", page, d.Message, d.Hint, text)
	}
	return c
}

// sameSettings says whether two configurations agree in one key that has a
// simple value.
func sameSettings(a, b *Config, name string) bool {
	value := map[string]func(*Config) any{
		"output":                func(c *Config) any { return c.Output },
		"per_page":              func(c *Config) any { return c.PerPage },
		"pages.countermeasures": func(c *Config) any { return c.Pages.Countermeasures },
		"pages.insights":        func(c *Config) any { return c.Pages.Insights },
		"feed.limit":            func(c *Config) any { return c.Feed.Limit },
		"facts":                 func(c *Config) any { return c.Facts },
		"cards":                 func(c *Config) any { return c.Cards },
		"audience":              func(c *Config) any { return c.Audience },
		"theme.font":            func(c *Config) any { return fontOf(c) },
		"theme.width":           func(c *Config) any { return c.Theme.Width == "" || c.Theme.Width == "64rem" },
	}[name]
	return value != nil && value(a) == value(b)
}

func fontOf(c *Config) string {
	if c.Theme.Font == "" {
		return "sans"
	}
	return c.Theme.Font
}

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The page names each role of sections to which `headings` may add.
func TestRolesAreDocumented(t *testing.T) {
	for _, role := range locale.Roles {
		if !strings.Contains(readPage(t), "`"+string(role)+"`") {
			t.Errorf("%s does not name the role %s", page, role)
		}
		accept(t, "headings: {"+string(role)+": [A name]}\n")
	}
}

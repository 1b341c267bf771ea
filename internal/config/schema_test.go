package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

var update = flag.Bool("update", false, "take the words of keys.txt from "+page)

// compiled is the schema ready for use; compiling it checks it against the schema
// of its draft.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	text, err := Schema()
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("publish.schema.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("publish.schema.json")
})

// judge holds settings against the schema, as an editor does.
func judge(t testing.TB, text string) error {
	t.Helper()
	s, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	root, list := tree.ParseYAML("publish.yaml", 1, []byte(text), diag.Config)
	if len(list) > 0 {
		t.Fatalf("%s\n%s", text, list[0].Message)
	}
	return s.Validate(plain(root))
}

var (
	yamlNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	yamlFlag   = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
)

// plain is a node by the core schema of YAML 1.2.
func plain(n *tree.Node) any {
	switch {
	case n == nil || n.Kind == tree.Null:
		return nil
	case n.Kind == tree.Mapping:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key.Value] = plain(e.Value)
		}
		return m
	case n.Kind == tree.Sequence:
		items := []any{}
		for _, item := range n.Items {
			items = append(items, plain(item))
		}
		return items
	case n.Quoted:
		return n.Value
	case yamlFlag.MatchString(n.Value):
		return strings.EqualFold(n.Value, "true")
	case yamlNumber.MatchString(n.Value):
		f, _ := strconv.ParseFloat(n.Value, 64)
		return f
	}
	return n.Value
}

// Every key that is read is in the schema and described, and every key of the
// schema is read.
func TestSchemaHasEveryKey(t *testing.T) {
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var root schema
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&root); err != nil {
		t.Fatal(err)
	}
	var found []string
	walkProperties(&root, "", func(name string, s *schema) {
		found = append(found, name)
		if name != "checks" && !strings.HasPrefix(name, "headings.") && len(s.Description) < 10 {
			t.Errorf("%s is described as %q", name, s.Description)
		}
	})
	want := Keys()
	for _, role := range locale.Roles {
		want = append(want, "headings."+string(role))
	}
	for _, code := range checkable() {
		want = append(want, "checks."+string(code))
	}
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		t.Errorf("the schema has the keys\n\t%q\nthe program\n\t%q", found, want)
	}
	for _, name := range found {
		if err := judge(t, setting(name+"_", "x")); err == nil {
			t.Errorf("the schema takes the unknown key %s_", name)
		}
		_, said := Load(fstest.MapFS{"publish.yaml": {Data: []byte(setting(name, "x"))}}, "")
		for _, d := range said {
			if strings.Contains(d.Message, "unknown key") || strings.Contains(d.Message, "unknown code") {
				t.Errorf("the schema has %s: %s", name, d.Message)
			}
		}
	}
}

// walkProperties visits the properties of a schema, of its items and of its
// alternatives.
func walkProperties(s *schema, prefix string, visit func(string, *schema)) {
	if s == nil {
		return
	}
	for name, inner := range s.Properties {
		visit(prefix+name, inner)
		walkProperties(inner, prefix+name+".", visit)
	}
	walkProperties(s.Items, prefix, visit)
	for _, one := range s.AnyOf {
		walkProperties(one, prefix, visit)
	}
}

// What the page on the configuration shows, and what people write in other ways
// that are read without a remark, the schema takes.
func TestSchemaTakesWhatLoadTakes(t *testing.T) {
	cases := []string{
		"", "title:\n", "title: 2024\nlicense: 0\norganization: true\n",
		"per_page: \"20\"\n", "per_page: +5\n", "audience: Internal\n", "cards: TRUE\n", "cards: \"false\"\n",
		"outputs: HTML\n", "outputs: []\n", "pages: {insights: OFF}\n", "authors: Anna\n", "authors: [Anna, 12, ]\n", "authors: [~]\n",
		"severities: [1, 2]\n", "severities: [{id: 1, rank: \"3\", statuspage: None}]\n", "services: [{name: a, group: }]\n",
		"headings: {Timeline: When}\n", "headings: {causes: }\n", "zones: {}\n", "checks: {file-skipped: off}\n", "checks: {alt-missing: Error, config: error, link-broken: {a: off}}\n",
		"base_url: \"HTTPS://example.org\"\n", "subscribe_url: MAILTO:a@example.org\n", "content: ./reports/\n", "content: \"\"\n",
		"output: a/../b\n", "theme: {accent: \" RGB(10 79 150) \", width: 72REM, logo: A.SVG}\n", "theme:\n", "feed: {aliases: index.xml}\n",
		"permalink: /:year/\n", "permalink: none\n", "trackers: {OPS: \"http://x/{id}\"}\n", "redact: [{text: 12, reason: x}]\n",
	}
	for _, row := range settingRow.FindAllStringSubmatch(readPage(t), -1) {
		for _, v := range inCode.FindAllStringSubmatch(row[3], -1) {
			cases = append(cases, setting(row[1], v[1]))
		}
	}
	for _, m := range yamlOfPage.FindAllStringSubmatch(readPage(t), -1) {
		cases = append(cases, m[1])
	}
	for _, c := range cases {
		accept(t, c)
		if err := judge(t, c); err != nil {
			t.Errorf("%s%v", c, err)
		}
	}
}

// Every publish.yaml of this repository fits: those of sites, and those of the
// tests that are read without a remark.
func TestSchemaTakesRealSettings(t *testing.T) {
	good := 0
	try := func(where string, files fstest.MapFS) {
		if _, said := Load(files, ""); len(said) > 0 {
			return
		}
		good++
		text := string(files["publish.yaml"].Data)
		if err := judge(t, text); err != nil {
			t.Errorf("%s:\n%s%v", where, text, err)
		}
	}
	err := filepath.WalkDir("../..", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git" || e.Name() == ".cache"):
			return fs.SkipDir
		case e.Name() == "publish.yaml":
			text, err := os.ReadFile(name)
			before := good
			if try(name, fstest.MapFS{"publish.yaml": {Data: text}, "content/x.md": {}}); good == before {
				t.Errorf("%s is not read without a remark", name)
			}
			return err
		case filepath.Ext(name) == ".txtar":
			text, err := os.ReadFile(name)
			for folder, files := range sitesOf(txtar.Parse(text)) {
				try(name+" "+folder, files)
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if good < 60 {
		t.Errorf("only %d settings were found", good)
	}
}

// sitesOf are the folders of an archive that have settings, with their files.
func sitesOf(archive *txtar.Archive) map[string]fstest.MapFS {
	sites := map[string]fstest.MapFS{}
	for _, f := range archive.Files {
		if path.Base(f.Name) == "publish.yaml" {
			sites[path.Dir(f.Name)] = fstest.MapFS{}
		}
	}
	for _, f := range archive.Files {
		for folder, files := range sites {
			if rel, err := filepath.Rel(folder, f.Name); err == nil && fs.ValidPath(filepath.ToSlash(rel)) {
				files[filepath.ToSlash(rel)] = &fstest.MapFile{Data: f.Data}
			}
		}
	}
	return sites
}

// What is wrong in a way that a schema can say, it says; and so does Load.
func TestSchemaFindsFaults(t *testing.T) {
	for _, c := range []string{
		"titel: x\n", "title: [a]\n", "title: {a: b}\n", "base_url: example.org\n", "authors: {a: b}\n", "authors: [[a]]\n",
		"status_page: ftp://x/\n", "subscribe_url: x\n", "repository: somewhere\n", "content: /srv\n", "output: \"C:/x\"\n", "permalink: prety\n",
		"per_page: 0\n", "per_page: many\n", "per_page: 2.5\n", "per_page: [1]\n", "outputs: [html, pdf]\n", "outputs: {html: true}\n",
		"pages: {insights: private}\n", "pages: {insight: off}\n", "pages: [insights]\n", "countermeasures: {show: [who]}\n", "facts: some\n", "cards: maybe\n",
		"severities: P1\n", "severities: [{label: x}]\n", "severities: [{id: x, rank: -1}]\n", "severities: [{id: x, colour: red}]\n", "severities: [{id: x, statuspage: bad}]\n",
		"services: [{group: x}]\n", "services: [[a]]\n", "menu: [About]\n", "menu: [~]\n", "menu: [{title: About}]\n", "menu: [{title: About, url: a.md, icon: x}]\n",
		"theme: {accent: }\n", "theme: {accent: \"#12\"}\n", "theme: {accent: 12}\n", "theme: {width: wide}\n", "theme: {font: mono}\n", "theme: {logo: logo.tiff}\n", "theme: dark\n",
		"feed: {limit: 0}\n", "feed: 20\n", "trackers: {OPS: tickets}\n", "trackers: [OPS]\n", "headings: {timelime: [x]}\n", "headings: {timeline: {a: b}}\n",
		"zones: {IST: [a]}\n", "zones: [IST]\n", "data: {fields: [x]}\n", "forbidden: {a: b}\n", "redact: Contoso\n", "redact: [{text: x}]\n", "redact: [{text: x, reason: [a]}]\n",
		"internal_hosts: {a: b}\n", "checks: {alt-mising: off}\n", "checks: {alt-missing: loud}\n", "checks: {config: off}\n", "checks: {link-broken: {a: loud}}\n", "audience: everybody\n",
	} {
		if err := judge(t, c); err == nil {
			t.Errorf("nothing was found in %s", c)
		}
		if _, said := Load(fstest.MapFS{"publish.yaml": {Data: []byte(c)}}, ""); len(said) == 0 {
			t.Errorf("Load finds nothing in %s", c)
		}
	}
}

var (
	// A link that a sentence ends with, or is, leads on from the page alone.
	leadsOn      = regexp.MustCompile(`[:.] \[[^\]]*\]\([^)]*\)\.`)
	markdownLink = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// What editors show of a key is what the page says of it, without its links.
func TestKeyWords(t *testing.T) {
	var b strings.Builder
	rows := settingRow.FindAllStringSubmatch(readPage(t), -1)
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	for _, row := range rows {
		b.WriteString(row[1] + "\t" + row[2] + " For instance: " + row[3] + ".")
		if row[4] != "see below" && row[4] != "must be there" {
			b.WriteString(" Without it: " + row[4] + ".")
		}
		b.WriteByte('\n')
	}
	want := markdownLink.ReplaceAllString(leadsOn.ReplaceAllString(b.String(), "."), "$1")
	if *update {
		if err := os.WriteFile("keys.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if keysText != want {
		t.Errorf("keys.txt is not what %s says: run `make golden`", page)
	}
	if got := slices.Sorted(maps.Keys(keyWords())); !*update && !slices.Equal(got, slices.Sorted(slices.Values(Keys()))) {
		t.Errorf("keys.txt has %q", got)
	}
}

// Whatever stands behind a key: if Load takes it without a remark, the schema does.
func TestSchemaTakesAnyValue(t *testing.T) {
	values := []string{
		"", "~", "null", "\"\"", "' '", "x", "12", "0", "-1", "+3", "007", "1.5", "1e3", "0x1F", ".inf", "\"12\"", "' 12 '", "true", "FALSE", "\"true\"", "yes", "off", "Off", "2024-01-02", "12:30", "é",
		"public", "Internal", " OFF", "\" public \"", "html", "[html]", "[HTML, feeds]", "owner", "[late, Due]", "stated", "FULL", "serif", "Sans", "critical", "None",
		"https://example.org", "HTTPS://EXAMPLE.ORG/a b", "\" http://x \"", "mailto:a@b", "MAILTO:a@b", "a/b", "./a", "a/../b", "..a", "a b", ".", "'a\\b'", "/:year/:slug/", "/x", ":title", "pretty", "Pretty",
		"en", "pt-BR", "EN_us", "UTC", "Europe/Paris", "\"+02:00\"", "GMT+1", "\"#FFF\"", "'#0a4f96 '", "RebeccaPurple", "rgb(1,2,3)", "HSL(210deg 88% 31%)", "72rem", "72.5REM", "800PX", "a.SVG", "\" static/a.png \"", "/a.jpeg", "'static\\a.gif'",
		"[]", "{}", "[~]", "[x]", "[1, true, x]", "[\"\"]", "[[x]]", "[{}]", "[{a: b}]", "{a: b}", "{a: }", "{a: [b]}", "{OPS: \"https://x/{id}\"}", "{IST: Asia/Kolkata}", "{Timeline: x, CAUSES: [y, ~]}", "{timeline: 12}",
		"{bug: OFF}", "{bug: {a: Note, 12: off}}", "{config: Error}", "{leak-internal: {a: error}}", "{bug: {}}", "[{id: 1}]", "[{name: x, group: ~}, y, 3]", "[{title: 1, url: 2}]", "[{text: 1, reason: true}]", "[{pattern: a+, reason: x}]", "[{text: a, reason: x}, ~]",
	}
	taken := 0
	for _, name := range Keys() {
		for _, v := range values {
			text := setting(name, v)
			root, list := tree.ParseYAML("publish.yaml", 1, []byte(text), diag.Config)
			if _, said := Load(fstest.MapFS{"publish.yaml": {Data: []byte(text)}, "a/x.md": {}, "x/x.md": {}, "static/a.png": {}, "static/a.gif": {}}, ""); len(list)+len(said) > 0 {
				continue
			}
			taken++
			if s, err := compiled(); err != nil || s.Validate(plain(root)) != nil {
				t.Errorf("%s%v", text, judge(t, text))
			}
		}
	}
	if taken < 1500 {
		t.Errorf("only %d values were taken", taken)
	}
}

// FuzzSchema: what Load reads without a remark, the schema takes.
func FuzzSchema(f *testing.F) {
	text, err := os.ReadFile(page)
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range yamlOfPage.FindAllStringSubmatch(string(text), -1) {
		f.Add(m[1])
	}
	f.Add("audience: Public\nper_page: \" +7\"\nchecks: {bug: {a: OFF}}\nzones: {a: +02:00}\n")
	f.Fuzz(func(t *testing.T, text string) {
		if _, said := Load(fstest.MapFS{"publish.yaml": {Data: []byte(text)}, "reports/x.md": {}, "static/logo.svg": {}}, ""); len(said) > 0 {
			return
		}
		if err := judge(t, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

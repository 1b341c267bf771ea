package postmortem

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"publish/internal/diag"
	"publish/internal/tree"
)

// compiled gives the schema ready for use; compiling it checks it against the
// schema of its draft.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("front-matter.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("front-matter.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaHasEveryName(t *testing.T) {
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
	if root.Others != true {
		t.Error("the schema forbids fields of one's own")
	}
	check := func(where string, fields []FieldInfo, properties map[string]*schema) {
		for _, f := range fields {
			p := properties[f.Name]
			if p == nil || !strings.HasPrefix(p.Description, f.Doc) {
				t.Errorf("%s%s is not described: %+v", where, f.Name, p)
				continue
			}
			if p.Type == nil && p.AnyOf == nil {
				t.Errorf("%s%s has the type %q, for which there is no shape", where, f.Name, f.Type)
			}
			for _, alias := range f.Aliases {
				if a := properties[alias]; a == nil || a.Ref == "" || !strings.HasPrefix(a.Description, "Same as `") {
					t.Errorf("%s%s is not described as another name of %s", where, alias, f.Name)
				}
			}
		}
	}
	check("", Fields(), root.Properties)
	for _, f := range Fields() {
		if f.Fields != nil {
			check(f.Name+".", f.Fields, root.Definitions[f.Name].Properties)
		}
	}
}

// What Decode takes without a remark, the schema takes too.
func TestSchemaTakesWhatDecodeTakes(t *testing.T) {
	s := compiled(t)
	cases := []string{
		everything, "",
		"title: 12\ndate:\npublished: false\nresolved: true\nlast_update: {date: 2024-01-02, author: x}\n",
		"draft: Oui\nstatus: Résolu\nprivate: true\ntags: video\nwhat_went_well: [Fast]\nlucky: It was early\n" +
			"mttr: 52 min\nservices: [{name: Login, group: Core}]\nunknown_field: {a: [1]}\n",
		"timeline: |\n  2021-04-29 09:21 a\n", "upstream: Cloud\nupdates:\n  - 2021-04-29 09:21 a\n",
	}
	for _, f := range Fields() {
		cases = append(cases, f.Example)
	}
	for _, c := range cases {
		if err := s.Validate(value(t, c)); err != nil {
			t.Errorf("%s\n%v", c, err)
		}
	}
}

// The front matter of the demonstration site and of the golden one fits.
func TestSchemaTakesRealFrontMatter(t *testing.T) {
	s := compiled(t)
	seen := 0
	for _, folder := range []string{"../../content", "../../cmd/publish/testdata/golden/content"} {
		err := filepath.WalkDir(folder, func(file string, e fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".md" {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			parts, list := Split(file, text)
			if parts.Format != YAML || len(list) > 0 {
				return nil
			}
			seen++
			if err := s.Validate(value(t, string(parts.Matter))); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 10 {
		t.Errorf("only %d files have front matter in YAML", seen)
	}
}

func TestSchemaFindsFaults(t *testing.T) {
	s := compiled(t)
	for _, c := range []string{
		"title: [a]", "date: 2021", "start: true", "draft: maybe", "private: [true]", "impacts: [[a]]", "impacts: [{count: [1]}]",
		"timeline: [{at: {a: b}}]", "lessons: [a]", "duration: true", "stage: [draft]", "timeline: [{time: 7}]",
	} {
		if err := s.Validate(value(t, c)); err == nil {
			t.Errorf("%s: nothing was found", c)
		}
	}
}

// value reads YAML as an editor does.
func value(t *testing.T, yaml string) any {
	t.Helper()
	root, list := tree.ParseYAML("f", 1, []byte(yaml), diag.FrontMatterSyntax)
	if len(list) > 0 {
		t.Fatalf("%s\n%s", yaml, told(list))
	}
	return plain(root)
}

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
	case n.Value == "true" || n.Value == "false":
		return n.Value == "true"
	}
	if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
		return f
	}
	return n.Value
}

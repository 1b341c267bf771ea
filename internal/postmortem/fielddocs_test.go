package postmortem

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write docs/front-matter.md anew")

// The reference page is made from the field table: a field that is not on it
// does not exist for authors.
func TestFieldDocs(t *testing.T) {
	const file = "../../docs/front-matter.md"
	want, err := FieldDocs()
	if err != nil {
		t.Fatal(err)
	}
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
		t.Error("docs/front-matter.md is stale: run `make golden`")
	}
}

// Every field has an example, which is right by itself, and no example is left
// over from a field that is gone.
func TestExamples(t *testing.T) {
	known := map[string]bool{}
	for _, f := range Fields() {
		known["."+f.Name] = true
		checkExample(t, f.Name, f.Example, "")
		for _, inner := range f.Fields {
			known[f.Name+"."+inner.Name] = true
			around := f.Name + ":\n  - "
			if f.isMapping() {
				around = f.Name + ":\n  "
			}
			checkExample(t, f.Name+"."+inner.Name, inner.Example, around)
		}
	}
	for list, fields := range examples() {
		for name := range fields {
			if !known[list+"."+name] {
				t.Errorf("the example %q is of no field", list+"."+name)
			}
		}
	}
}

// checkExample reads an example inside what it belongs to.
func checkExample(t *testing.T, name, example, around string) {
	t.Helper()
	if example == "" {
		t.Errorf("%s has no example", name)
		return
	}
	quiet(t, around+example+"\n")
}

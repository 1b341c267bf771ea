package postmortem

import "testing"

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

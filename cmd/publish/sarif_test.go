package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSARIF: what `check --format sarif` prints is valid by the schema of OASIS,
// for folders with errors, with doubts, and with nothing to check.
func TestSARIF(t *testing.T) {
	const name = "sarif-2.1.0.json"
	file, err := os.Open(filepath.Join(npmModules(t), "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	for site, results := range map[string]int{hostileSite(t): 1000, "testdata/golden": 1, t.TempDir(): 1} {
		_, stdout, stderr := inProcess(t, "check", "--format", "sarif", "--site", site)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
		if err != nil {
			t.Fatalf("%s: %v: %.500s\n%s", site, err, stdout, stderr)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", site, err)
		}
		if found := strings.Count(stdout, `"ruleIndex"`); found < results {
			t.Errorf("%s: %d results, want at least %d", site, found, results)
		}
	}
}

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"publish/internal/config"
	"publish/internal/site"
)

// TestDataOfEverySite holds the data of every site that the tests know against
// the schema that is published with them: those of the scripts, the one of the
// keys, and the demonstration.
func TestDataOfEverySite(t *testing.T) {
	worlds := map[string]*world{"keys": keysWorld(t), "demonstration": demonstration(t)}
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, files: map[string][]byte{}, base: "https://example.org/", o: site.Options{Now: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}}
		folder := fstest.MapFS{}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "layouts/") {
				continue // some are broken on purpose
			}
			w.files[f.Name] = f.Data
			folder[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		if _, diags := config.Load(folder, ""); !diags.HasErrors() {
			worlds[script] = w
		}
	}
	inside := keysWorld(t)
	inside.o.Internal = true
	worlds["keys, inside"] = inside
	reports := 0
	for name, w := range worlds {
		reports += checkData(t, name, w)
	}
	if reports < 80 {
		t.Errorf("only %d reports were looked at", reports)
	}
}

// checkData says how many pages of a world have data, which are as they should
// be.
func checkData(t *testing.T, name string, w *world) (reports int) {
	t.Helper()
	table := w.load().table
	read := func(path string) []byte {
		var b bytes.Buffer
		if err := table.Get(path).Write(&b); err != nil {
			t.Fatalf("%s, %s: %v", name, path, err)
		}
		return b.Bytes()
	}
	// A file of an author in its place is a mistake that stops the build.
	if data := table.Get("/postmortems.json"); data == nil || data.Source == "content/postmortems.json" {
		return 0
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(read("/schema/postmortems.json")))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("postmortems.json", document); err != nil {
		t.Fatal(err)
	}
	for _, r := range table.All() {
		part := ""
		switch {
		case r.Path == "/postmortems.json":
		case strings.HasSuffix(r.Source, ".md") && strings.HasSuffix(r.Path, ".json"):
			reports++
			part = "#/$defs/postmortem"
		default:
			continue
		}
		schema, err := compiler.Compile("postmortems.json" + part)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(read(r.Path)))
		if err != nil {
			t.Errorf("%s, %s: %v", name, r.Path, err)
		} else if err := schema.Validate(value); err != nil {
			t.Errorf("%s, %s: %v", name, r.Path, err)
		}
	}
	return reports
}

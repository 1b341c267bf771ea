package render

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"publish/internal/route"
)

var update = flag.Bool("update", false, "write the tables of docs/data.md anew")

// dataOf renders the data among routes: path → bytes.
func dataOf(t *testing.T, routes []*route.Route) map[string][]byte {
	t.Helper()
	data := map[string][]byte{}
	for _, r := range routes {
		if r.Path == "/postmortems.json" || r.Path == "/schema/postmortems.json" || strings.HasSuffix(r.Path, "/index.json") {
			data[r.Path] = renderRoute(t, routes, r.Path)
		}
	}
	return data
}

// TestDataDocs: the page on the data lists what the schema and the table have,
// in their words.
func TestDataDocs(t *testing.T) {
	const file = "../../docs/data.md"
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := string(old)
	for name, tables := range map[string]string{"fields": fieldTables(readSchema(t)), "columns": columnTable()} {
		before, rest, found := strings.Cut(page, "<!-- "+name+" -->\n")
		_, after, ends := strings.Cut(rest, "<!-- /"+name+" -->\n")
		if !found || !ends {
			t.Fatalf("%s has no place for its %s", file, name)
		}
		page = before + "<!-- " + name + " -->\n" + tables + "<!-- /" + name + " -->\n" + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if page != string(old) {
		t.Error("docs/data.md is stale: run `make golden`")
	}
	if version := fmt.Sprintf("**version %d**", dataVersion); !strings.Contains(page, version) {
		t.Errorf("the page says nothing of %s", version)
	}
}

func columnTable() string {
	var b strings.Builder
	b.WriteString("\n| column | what |\n|---|---|\n")
	for _, c := range tableColumns {
		fmt.Fprintf(&b, "| `%s` | %s |\n", c.name, c.doc)
	}
	b.WriteString("\n")
	return b.String()
}

func fieldTables(root *schemaNode) string {
	var b strings.Builder
	table := func(title string, n *schemaNode) {
		fmt.Fprintf(&b, "\n### %s\n\n| field | | what stands there | what it says |\n|---|---|---|---|\n", title)
		for _, p := range n.Properties {
			always := ""
			if slices.Contains(n.Required, p.Name) {
				always = "always"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", p.Name, always, p.shape(), p.Description)
		}
	}
	table("postmortems.json", root)
	for i := range root.Defs {
		if d := &root.Defs[i]; len(d.Properties) > 0 {
			table(d.Name, &d.schemaNode)
		}
	}
	b.WriteString("\n")
	return b.String()
}

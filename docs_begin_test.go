package publish_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/scaffold"
	"publish/internal/tree"
)

// The pages on hosts show what `publish init` writes, letter by letter.
func TestHostsShowWhatInitWrites(t *testing.T) {
	facts := scaffold.Facts{Branch: "main", Site: "."}
	for file, want := range map[string]string{
		"docs/github-pages.md": facts.Workflow(),
		"docs/gitlab-pages.md": facts.Pipeline(),
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := yamlBlock.FindSubmatch(text)
		if m == nil || string(m[1]) != want {
			t.Errorf("%s does not show what init writes: copy it from here\n%s", file, want)
		}
	}
}

// inputRow is a row of the table of the action's inputs.
var inputRow = regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| .* \\| (.*) \\|$")

// Every input of the action is documented, with its default, and no other one.
func TestActionIsDocumented(t *testing.T) {
	page, err := os.ReadFile("docs/github-pages.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("action.yml")
	if err != nil {
		t.Fatal(err)
	}
	root, said := tree.ParseYAML("action.yml", 1, text, diag.Config)
	if len(said) > 0 {
		t.Fatal(said)
	}
	var documented, inputs []string
	for _, m := range inputRow.FindAllStringSubmatch(string(page), -1) {
		documented = append(documented, m[1])
		if n := root.Get("inputs").Get(m[1]); n != nil {
			if value := n.Get("default").Value; value != "" && "`"+value+"`" != m[2] {
				t.Errorf("the default of %s is %q, and not %s", m[1], value, m[2])
			}
		}
	}
	for _, e := range root.Get("inputs").Entries {
		inputs = append(inputs, e.Key.Value)
		script, _ := os.ReadFile("tools/action.sh") // then nothing is used
		env := ""
		for _, v := range root.Get("runs").Get("steps").Items[1].Get("env").Entries {
			if strings.Contains(v.Value.Value, "inputs."+e.Key.Value+" ") {
				env = v.Key.Value
			}
		}
		if env == "" || !strings.Contains(string(script), env) {
			t.Errorf("nobody uses the input %s", e.Key.Value)
		}
	}
	if !slices.Equal(documented, inputs) {
		t.Errorf("docs/github-pages.md tells of the inputs %q, the action has %q", documented, inputs)
	}
}

package scaffold

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

// The shell gets the words that were meant, whatever the folder of the site and
// the place of the sources are called: YAML and the shell read them one after the
// other.
func TestPipelineKeepsWords(t *testing.T) {
	for _, name := range []string{
		".", "docs/our incidents", "incidents:", "a: b", "year #1", "#1", "it's", `say "so"`, "$HOME", "`id`", "a;b", "two\nlines", "tab\there",
		"back\\slash", "[x]", "{x}", "*", "&a", "!x", "- x", "a\u0085b", "a\u2028b", "é è", "~", "100%", "@x", "a,b", "| x", "trailing ",
	} {
		facts := Facts{Site: name, Branch: "main", Action: "acme/publish@0123", Sources: "https://example.org/" + name, Commit: "0123", Release: "v1.0.0"}
		pipeline, said := tree.ParseYAML("x", 1, []byte(facts.Pipeline()), diag.Config)
		if len(said) > 0 {
			t.Errorf("%q: the pipeline is no YAML: %v", name, said)
			continue
		}
		workflow, said := tree.ParseYAML("x", 1, []byte(facts.Workflow()), diag.Config)
		if len(said) > 0 {
			t.Errorf("%q: the workflow is no YAML: %v", name, said)
			continue
		}
		for _, step := range workflow.Get("jobs").Get("build").Get("steps").Items {
			if id := step.Get("id"); id != nil && id.Value == "site" && step.Get("with").Get("site").Value != name {
				t.Errorf("%q: the action gets the site %q", name, step.Get("with").Get("site").Value)
			}
		}
		sources := "$CI_PROJECT_DIR/../publish"
		for _, one := range []struct {
			script *tree.Node
			want   []string // words of all lines but those that build publish
		}{
			{pipeline.Get("default").Get("before_script"), []string{
				"git", "clone", "--quiet", facts.Sources, sources, "git", "-C", sources, "checkout", "--quiet", "0123",
			}},
			{pipeline.Get("check").Get("script"), []string{
				"publish", "check", "--site", name, "publish", "build", "--site", name, "--portable", "--output", "site",
			}},
			{pipeline.Get("pages").Get("script"), []string{"https://x.example/", "publish", "build", "--site", name, "--output", "public"}},
		} {
			if got := typedWords(t, one.script); !slices.Equal(got, one.want) {
				t.Errorf("%q: the shell gets %q, not %q", name, got, one.want)
			}
		}
	}
}

// typedWords runs the lines of a script as a runner does, and gives the words
// with which they call git and publish, behind the address if they set it.
func typedWords(t *testing.T, script *tree.Node) []string {
	t.Helper()
	text := `git() { printf '%s\0' git "$@"; }
publish() { test -z "$PUBLISH_BASE_URL" || printf '%s\0' "$PUBLISH_BASE_URL"; printf '%s\0' publish "$@"; }
CI_PROJECT_DIR='$CI_PROJECT_DIR' CI_PAGES_URL=https://x.example/
`
	for _, item := range script.Items {
		if !strings.Contains(item.Value, "go build") {
			text += item.Value + "\n"
		}
	}
	c := exec.Command("sh", "-c", text)
	c.Dir, c.Env = t.TempDir(), []string{}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, text, out)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

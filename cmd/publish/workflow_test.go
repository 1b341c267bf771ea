package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

// runner plays GitHub's: it runs the steps of a job as far as they are scripts,
// and what well known actions do in their place.
type runner struct {
	t         *testing.T
	workspace string
	temp      string
	context   map[string]string // github.event_name, steps.pages.outputs.base_url …
	env       []string
	log       bytes.Buffer
	uploaded  map[string]string // action → path
}

func newRunner(t *testing.T, event string) *runner {
	t.Helper()
	dir := t.TempDir()
	r := &runner{
		t: t, workspace: filepath.Join(dir, "the work space"), temp: filepath.Join(dir, "runner temp"),
		context:  map[string]string{"github.event_name": event, "github.ref": "refs/heads/main", "github.ref_name": "main", "github.run_attempt": "2", "github.action_ref": "v9.8.7"},
		uploaded: map[string]string{},
	}
	for _, folder := range []string{r.workspace, r.temp, filepath.Join(dir, "bin")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	publish, err := exec.LookPath("publish") // this test's own binary, under that name
	if err != nil {
		t.Fatal(err)
	}
	// A build with other flags takes minutes; what matters is where it goes.
	stub := "#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\ntest -f go.mod && cp " + publish + " \"$2\"\n"
	if err := os.WriteFile(filepath.Join(dir, "bin", "go"), []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	r.env = []string{
		"PATH=" + filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"), "HOME=" + dir, "CI=true", "GITHUB_ACTIONS=true",
		"RUNNER_TEMP=" + r.temp, "GITHUB_WORKSPACE=" + r.workspace, "SOURCE_DATE_EPOCH=1795219200",
		"GITHUB_OUTPUT=" + filepath.Join(dir, "output"), "GITHUB_STEP_SUMMARY=" + filepath.Join(dir, "summary.md"),
	}
	return r
}

func (r *runner) summary() string {
	text, _ := os.ReadFile(filepath.Join(r.temp, "..", "summary.md"))
	return string(text)
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// fill puts in what the expressions of a text stand for.
func (r *runner) fill(text string) string {
	return expression.ReplaceAllStringFunc(text, func(s string) string { return r.value(expression.FindStringSubmatch(s)[1]) })
}

// value is what an expression stands for: a name, or a comparison with a text.
func (r *runner) value(s string) string {
	if left, right, ok := strings.Cut(s, "&&"); ok {
		return map[bool]string{true: "true", false: "false"}[r.value(left) == "true" && r.value(right) == "true"]
	}
	for _, sign := range []string{"==", "!="} {
		if left, right, ok := strings.Cut(s, sign); ok {
			same := r.value(left) == strings.Trim(strings.TrimSpace(right), "'")
			return map[bool]string{true: "true", false: "false"}[same == (sign == "==")]
		}
	}
	value, ok := r.context[strings.TrimSpace(s)]
	if !ok {
		r.t.Errorf("nothing is known of %q", s)
	}
	return value
}

// scalars are the texts below a key, by their keys.
func scalars(n *tree.Node) map[string]string {
	values := map[string]string{}
	if n != nil {
		for _, e := range n.Entries {
			values[e.Key.Value] = e.Value.Value
		}
	}
	return values
}

// steps runs the steps of a job, or of an action, and fails with the first that does.
func (r *runner) steps(list *tree.Node) error {
	for _, step := range list.Items {
		s := scalars(step)
		if s["if"] != "" && r.value(s["if"]) != "true" {
			continue
		}
		with := scalars(step.Get("with"))
		for key, value := range with {
			with[key] = r.fill(value)
		}
		outputs, err := r.step(s, with, scalars(step.Get("env")))
		if err != nil {
			return err
		}
		for key, value := range outputs {
			r.context["steps."+s["id"]+".outputs."+key] = value
		}
	}
	return nil
}

func (r *runner) step(s, with, env map[string]string) (outputs map[string]string, err error) {
	switch action, _, _ := strings.Cut(s["uses"], "@"); action {
	case "":
		return r.script(s["run"], env)
	case "actions/checkout":
	case "actions/configure-pages":
		return map[string]string{"base_url": r.context["pages"]}, nil
	case "actions/setup-go":
		if _, err := os.Stat(with["go-version-file"]); err != nil {
			r.t.Error(err)
		}
	case "actions/upload-artifact", "actions/upload-pages-artifact":
		if with["include-hidden-files"] != "true" {
			r.t.Errorf("%s leaves hidden files out", action)
		}
		r.uploaded[action] = with["path"]
	case "acme/publish":
		return r.action(with)
	default:
		r.t.Errorf("nobody knows the action %q", action)
	}
	return nil, nil
}

// action runs action.yml, from where a runner would have unpacked it.
func (r *runner) action(with map[string]string) (outputs map[string]string, err error) {
	from := filepath.Join(r.temp, "..", "the action")
	root, _ := filepath.Abs("../..")
	if err := os.Symlink(root, from); err != nil && !errors.Is(err, fs.ErrExist) {
		r.t.Fatal(err)
	}
	r.context["github.action_path"] = from
	action := readYAML(r.t, filepath.Join(from, "action.yml"))
	for _, input := range action.Get("inputs").Entries {
		name := input.Key.Value
		r.context["inputs."+name] = input.Value.Get("default").Value
		if value, ok := with[name]; ok {
			r.context["inputs."+name] = value
		}
		delete(with, name)
	}
	for name := range with {
		r.t.Errorf("the action has no input %q", name)
	}
	if err := r.steps(action.Get("runs").Get("steps")); err != nil {
		return nil, err
	}
	return map[string]string{"path": r.fill(action.Get("outputs").Get("path").Get("value").Value)}, nil
}

func (r *runner) script(run string, env map[string]string) (map[string]string, error) {
	c := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", r.fill(run))
	c.Dir, c.Stdout, c.Stderr = r.workspace, &r.log, &r.log
	c.Env = r.env
	for key, value := range env {
		c.Env = append(c.Env, key+"="+r.fill(value))
	}
	if err := c.Run(); err != nil {
		return nil, err
	}
	outputs := map[string]string{}
	text, _ := os.ReadFile(filepath.Join(r.temp, "..", "output")) // no script has to write one
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		outputs[key] = value
	}
	return outputs, nil
}

func readYAML(t *testing.T, file string) *tree.Node {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	root, said := tree.ParseYAML(file, 1, text, diag.Config)
	if len(said) > 0 {
		t.Fatal(said)
	}
	return root
}

// begun is a site as `publish init` leaves it, below docs/ of a repository.
func (r *runner) begun() (build *tree.Node) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Join(r.workspace, ".git"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if code, _, said := inProcess(r.t, "init", filepath.Join(r.workspace, "docs", "our incidents"), "--action", "acme/publish@0123456789"); code != exitGood {
		r.t.Fatal(said)
	}
	return readYAML(r.t, filepath.Join(r.workspace, ".github", "workflows", "pages.yml")).Get("jobs").Get("build").Get("steps")
}

// online serves what is online before the job runs.
func (r *runner) online(site http.Handler) {
	host := httptest.NewServer(http.StripPrefix("/reports", site))
	r.t.Cleanup(host.Close)
	r.context["pages"] = host.URL + "/reports"
}

// The job that init writes makes an artifact that GitHub Pages takes, and tells
// what will change.
func TestWorkflowOnPush(t *testing.T) {
	r := newRunner(t, "push")
	steps := r.begun()
	r.online(http.NotFoundHandler())
	if err := r.steps(steps); err != nil {
		t.Fatalf("%v\n%s", err, &r.log)
	}
	if !strings.Contains(r.log.String(), "::notice::What would change cannot be said") {
		t.Errorf("the first time is not told of:\n%s", &r.log)
	}
	first := r.uploaded["actions/upload-pages-artifact"]
	if r.uploaded["actions/upload-artifact"] != "" || first == "" {
		t.Fatalf("uploaded: %v", r.uploaded)
	}
	names := pagesArtifact(t, first)
	for _, name := range []string{"./index.html", "./404.html", "./.nojekyll", "./feed.xml", "./2026/11/20/example/index.html"} {
		if !names[name] {
			t.Errorf("the artifact lacks %s", name)
		}
	}
	feed, _ := os.ReadFile(filepath.Join(first, "feed.xml"))
	if !strings.Contains(string(feed), r.context["pages"]+"/2026/11/20/example/") {
		t.Errorf("the feed does not know where the site stands")
	}
	// The next day another report is there.
	r.online(http.FileServer(http.Dir(first)))
	if code, _, said := inProcess(t, "new", "The disk was full", "--site", filepath.Join(r.workspace, "docs", "our incidents")); code != exitGood {
		t.Fatal(said)
	}
	report := filepath.Join(r.workspace, "docs", "our incidents", "content", "2026-11-21-the-disk-was-full.md")
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), "stage: draft", "severty: sev1", 1))
	if err := os.WriteFile(report, text, 0o644); err != nil {
		t.Fatal(err)
	}
	r.log.Reset()
	if err := r.steps(steps); err != nil {
		t.Fatalf("%v\n%s", err, &r.log)
	}
	if !strings.Contains(r.summary(), "+ /2026/11/21/the-disk-was-full/") {
		t.Errorf("the summary does not tell of the new report:\n%s", r.summary())
	}
	if !strings.Contains(r.log.String(), "::warning file=docs/our incidents/content/2026-11-21-the-disk-was-full.md,line=4") {
		t.Errorf("no annotation stands beside the line:\n%s", &r.log)
	}
}

// On a pull request the site comes as a folder to look at.
func TestWorkflowOnPullRequest(t *testing.T) {
	r := newRunner(t, "pull_request")
	steps := r.begun()
	r.context["pages"] = "" // GitHub may not say, to a fork
	if err := r.steps(steps); err != nil {
		t.Fatalf("%v\n%s", err, &r.log)
	}
	dir := r.uploaded["actions/upload-artifact"]
	if r.uploaded["actions/upload-pages-artifact"] != "" || dir == "" {
		t.Fatalf("uploaded: %v", r.uploaded)
	}
	home, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil || !strings.Contains(string(home), `href="2026/11/20/example/index.html"`) {
		t.Errorf("the site cannot be looked at from disk: %v", err)
	}
	deploy := readYAML(t, filepath.Join(r.workspace, ".github", "workflows", "pages.yml")).Get("jobs").Get("deploy")
	if r.value(deploy.Get("if").Value) != "false" {
		t.Errorf("a pull request is deployed")
	}
}

// What is wrong in the content, or in what the workflow asks for, stops the job
// before anything is handed on.
func TestWorkflowStops(t *testing.T) {
	for _, one := range []struct{ name, input, value, file, want string }{
		{"an error", "", "", "---\ntitle: [\n---\n", "::error file=docs/our incidents/content/2024-01-01-x.md"},
		{"a warning, with strict", "strict", "true", "---\nseverty: x\n---\n", "::error file="},
		{"a value that is neither", "portable", "perhaps", "", `::error::--portable is true or false, and not "perhaps"`},
		{"the internal edition", "audience", "internal", "", "this is GitHub Actions, whose Pages are public"},
	} {
		r := newRunner(t, "push")
		r.begun()
		if err := os.WriteFile(filepath.Join(r.workspace, "docs", "our incidents", "content", "2024-01-01-x.md"), []byte(one.file), 0o644); err != nil {
			t.Fatal(err)
		}
		with := map[string]string{"site": "docs/our incidents"}
		if one.input != "" {
			with[one.input] = one.value
		}
		outputs, err := r.action(with)
		if err == nil || len(outputs) > 0 || !strings.Contains(r.log.String(), one.want) {
			t.Errorf("%s: %v %v\n%s", one.name, err, outputs, &r.log)
		}
	}
}

// pagesArtifact packs a folder as upload-pages-artifact does and holds it
// against what deploy-pages asks for: no links, everything to be read by
// everybody, less than 1 GB.
func pagesArtifact(t *testing.T, dir string) map[string]bool {
	t.Helper()
	packed, err := exec.Command("tar", "--dereference", "--hard-dereference", "--directory", dir, "-cf", "-", "--exclude=.git", "--exclude=.github", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if len(packed) > 1<<30 {
		t.Errorf("the artifact has %d bytes", len(packed))
	}
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type()&fs.ModeSymlink != 0 {
			t.Errorf("%s is a link", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	files := tar.NewReader(bytes.NewReader(packed))
	for {
		h, err := files.Next()
		if err == io.EOF {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		names[h.Name] = true
		mode, least := h.FileInfo().Mode().Perm(), fs.FileMode(0o444)
		if h.Typeflag == tar.TypeDir {
			least = 0o555
		}
		if mode&least != least || h.Typeflag != tar.TypeDir && h.Typeflag != tar.TypeReg {
			t.Errorf("%s has the mode %v and the type %c", h.Name, mode, h.Typeflag)
		}
	}
}

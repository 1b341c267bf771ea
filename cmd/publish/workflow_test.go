package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"publish/internal/tree"
)

// begun is a site as `publish init` leaves it, below docs/ of a repository, and
// the workflow there.
func (r *runner) begun() (workflow *tree.Node) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Join(r.workspace, ".git"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if code, _, said := inProcess(r.t, "init", filepath.Join(r.workspace, "docs", "our incidents"), "--action", "acme/publish@0123456789"); code != exitGood {
		r.t.Fatal(said)
	}
	return readYAML(r.t, filepath.Join(r.workspace, ".github", "workflows", "pages.yml"))
}

// online serves what is online before the job runs.
func (r *runner) online(site http.Handler) {
	host := httptest.NewServer(http.StripPrefix("/reports", site))
	r.t.Cleanup(host.Close)
	r.context["pages"] = host.URL + "/reports"
}

// build runs the job that builds, as it does once more on the next day.
func (r *runner) build(workflow *tree.Node) (outputs map[string]string) {
	r.t.Helper()
	clear(r.uploaded)
	r.log.Reset()
	outputs, err := r.job(workflow, "build")
	if err != nil {
		r.t.Fatalf("%v\n%s", err, &r.log)
	}
	return outputs
}

// deploys says whether the job that deploys runs, and holds what it would deploy
// against what was uploaded.
func (r *runner) deploys(workflow *tree.Node, outputs map[string]string) bool {
	job := workflow.Get("jobs").Get("deploy")
	for name, value := range outputs {
		r.context["needs.build.outputs."+name] = value
	}
	if !r.condition(job.Get("if").Value, true) {
		return false
	}
	permissions := scalars(job.Get("permissions"))
	if permissions["pages"] != "write" || permissions["id-token"] != "write" || job.Get("environment").Get("name").Value != "github-pages" {
		r.t.Errorf("the job may not deploy: %v", permissions)
	}
	with := r.filled(scalars(job.Get("steps").Items[0].Get("with")))
	if name := r.uploaded["actions/upload-pages-artifact"].name; with["artifact_name"] != name {
		r.t.Errorf("it would deploy %q, but what was uploaded is %q", with["artifact_name"], name)
	}
	return true
}

// The job that init writes makes an artifact that GitHub Pages takes, and tells
// what will change.
func TestWorkflowOnPush(t *testing.T) {
	r := newRunner(t, "push")
	workflow := r.begun()
	r.online(http.NotFoundHandler())
	outputs := r.build(workflow)
	if !strings.Contains(r.log.String(), "::notice::What would change cannot be said") {
		t.Errorf("the first time is not told of:\n%s", &r.log)
	}
	first := r.uploaded["actions/upload-pages-artifact"].path
	if len(r.uploaded) != 1 || first == "" {
		t.Fatalf("uploaded: %v", r.uploaded)
	}
	if !r.deploys(workflow, outputs) {
		t.Error("a push is not deployed")
	}
	names := r.pagesArtifact(first)
	for _, name := range []string{"index.html", "404.html", ".nojekyll", "feed.xml", "2026/11/20/example/index.html"} {
		if !slices.Contains(names, name) {
			t.Errorf("the artifact lacks %s", name)
		}
	}
	if feed := r.read(filepath.Join(first, "feed.xml")); !strings.Contains(feed, asText(r.context["pages"])+"/2026/11/20/example/") {
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
	r.build(workflow)
	if !strings.Contains(r.summary(), "+ /2026/11/21/the-disk-was-full/") {
		t.Errorf("the summary does not tell of the new report:\n%s", r.summary())
	}
	if !strings.Contains(r.log.String(), "::warning file=docs/our incidents/content/2026-11-21-the-disk-was-full.md,line=4") {
		t.Errorf("no annotation stands beside the line:\n%s", &r.log)
	}
}

// On a pull request the site comes as a folder to look at, and nothing is
// deployed. To a fork GitHub may not say where the site stands.
func TestWorkflowOnPullRequest(t *testing.T) {
	for _, fork := range []bool{false, true} {
		r := newRunner(t, "pull_request")
		workflow := r.begun()
		if !fork {
			r.online(http.NotFoundHandler())
		}
		outputs := r.build(workflow)
		dir := r.uploaded["actions/upload-artifact"].path
		if len(r.uploaded) != 1 || dir == "" {
			t.Fatalf("uploaded: %v", r.uploaded)
		}
		if home := r.read(filepath.Join(dir, "index.html")); !strings.Contains(home, `href="2026/11/20/example/index.html"`) {
			t.Error("the site cannot be looked at from disk")
		}
		if r.deploys(workflow, outputs) {
			t.Error("a pull request is deployed")
		}
	}
}

// Where Pages are not chosen in the settings yet, a push stops with the runner's
// message before anything is built. By hand, another branch is built and not shown.
func TestWorkflowElsewhere(t *testing.T) {
	r := newRunner(t, "push")
	if _, err := r.job(r.begun(), "build"); err == nil || len(r.uploaded) > 0 {
		t.Errorf("without Pages: %v, uploaded %v", err, r.uploaded)
	}
	r = newRunner(t, "workflow_dispatch")
	r.context["github.ref_name"], r.context["github.ref"] = "try", "refs/heads/try"
	workflow := r.begun()
	r.online(http.NotFoundHandler())
	if r.deploys(workflow, r.build(workflow)) {
		t.Error("another branch than main is deployed")
	}
}

// The workflow of this repository makes the demonstration in the same way.
func TestOwnWorkflow(t *testing.T) {
	r := newRunner(t, "push")
	root, _ := filepath.Abs("../..")
	for _, name := range []string{"Makefile", "go.mod", "publish.yaml", "content", "docs", ".github"} {
		if err := exec.Command("cp", "-R", filepath.Join(root, name), r.workspace).Run(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	r.online(http.NotFoundHandler())
	workflow := readYAML(t, filepath.Join(r.workspace, ".github", "workflows", "pages.yml"))
	outputs := r.build(workflow)
	if !r.deploys(workflow, outputs) {
		t.Error("a push is not deployed")
	}
	site := r.uploaded["actions/upload-pages-artifact"].path
	if names := r.pagesArtifact(site); !slices.Contains(names, "2020/01/21/dossiers-supprimes/index.html") {
		t.Errorf("the artifact lacks a report: %q", names)
	}
	if feed := r.read(filepath.Join(site, "feed.xml")); !strings.Contains(feed, asText(r.context["pages"])+"/2020/") {
		t.Error("the feed does not know where the site stands")
	}
	// The documentation stands below it, and knows where that is.
	if page := r.read(filepath.Join(site, "docs", "start", "index.html")); !strings.Contains(page, `<link rel="canonical" href="`+asText(r.context["pages"])+`/docs/start/">`) {
		t.Error("the documentation does not know where it stands")
	}
}

// What is wrong in the content, or in what the workflow asks for, stops the job
// before anything is handed on.
func TestWorkflowStops(t *testing.T) {
	for _, one := range []struct{ name, input, value, file, want string }{
		{"an error", "", "", "---\ntitle: [\n---\n", "::error file=docs/our incidents/content/2024-01-01-x.md"},
		{"a warning, with strict", "strict", "true", "---\nseverty: x\n---\n", "::error file="},
		{"a value that is neither", "portable", "perhaps", "", `::error::--portable is true or false, and not "perhaps"`},
		{"a value of several lines", "strict", "100%\n::warning::x", "", `::error::--strict is true or false, and not "100%25%0A::warning::x"` + "\n"},
		{"no audience", "audience", "everybody", "", `::error::audience is public or internal, and not "everybody"`},
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
		if strings.Contains(one.want, ", and not") && strings.Contains(r.log.String(), "Build publish") {
			t.Errorf("%s: publish is built before its mistake is told:\n%s", one.name, &r.log)
		}
	}
}

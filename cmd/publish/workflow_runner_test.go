package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// runner plays GitHub's: it runs the steps of a job one after the other, scripts
// as they are, and in place of well known actions what those do. Each step gets
// new files for its outputs, variables, folders of programs and summary, which
// count from the next step on.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
type runner struct {
	t         *testing.T
	dir       string // of everything below; there are spaces in its names
	workspace string
	temp      string
	context   map[string]any      // github.event_name, steps.pages.outputs.base_url …
	env       map[string]string   // of every step; scripts add to it
	step      []map[string]string // variables of the step that runs, and of the action around it
	defaults  map[string]string   // of scripts: shell, working-directory
	log       bytes.Buffer
	uploaded  map[string]upload // by the action
	ran       int               // steps
}

// upload is what was handed on for other jobs.
type upload struct{ name, path string }

func newRunner(t *testing.T, event string) *runner {
	t.Helper()
	dir := t.TempDir()
	r := &runner{
		t: t, dir: dir, workspace: filepath.Join(dir, "the work space"), temp: filepath.Join(dir, "runner temp"),
		context: map[string]any{
			"github.event_name": event, "github.ref": "refs/heads/main", "github.ref_name": "main", "github.run_attempt": "2", "github.action_ref": "v9.8.7",
			"github.event.repository.default_branch": "main", "runner.os": "Linux",
		},
		uploaded: map[string]upload{},
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
	stub := "#!/bin/sh\ntest -f go.mod || exit 1\nwhile [ \"$1\" != -o ]; do shift; done\ncp '" + publish + "' \"$2\"\n"
	if err := os.WriteFile(filepath.Join(dir, "bin", "go"), []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	r.env = map[string]string{
		"PATH": filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"), "HOME": dir, "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_OS": "Linux",
		"RUNNER_TEMP": r.temp, "GITHUB_WORKSPACE": r.workspace, "GITHUB_EVENT_NAME": event, "SOURCE_DATE_EPOCH": "1795219200",
	}
	return r
}

// summary is what all steps wrote into theirs.
func (r *runner) summary() string {
	names, _ := filepath.Glob(filepath.Join(r.temp, "summary-*"))
	slices.Sort(names)
	var all strings.Builder
	for _, name := range names {
		all.WriteString(r.read(name))
	}
	return all.String()
}

var expression = pattern.New(`\$\{\{(.*?)\}\}`)

// fill puts in what the expressions of a text stand for.
func (r *runner) fill(text string) string {
	return expression.ReplaceAllStringFunc(text, func(s string) string { return asText(r.value(expression.FindStringSubmatch(s)[1])) })
}

func (r *runner) filled(texts map[string]string) map[string]string {
	filled := map[string]string{}
	for key, text := range texts {
		filled[key] = r.fill(text)
	}
	return filled
}

// value is what an expression stands for. What nobody set is a mistake, other
// than for GitHub, where it is empty.
func (r *runner) value(text string) any {
	return evaluate(text, func(name string) any {
		value, ok := r.context[name]
		if variable, is := strings.CutPrefix(name, "env."); is {
			value, ok = r.variables()[variable]
		}
		if !ok {
			r.t.Errorf("nothing is known of %q", name)
		}
		return value
	}, r.t.Errorf)
}

// condition says whether a step or a job runs, after what ran before it.
func (r *runner) condition(text string, good bool) bool {
	r.context["success()"], r.context["failure()"], r.context["always()"], r.context["cancelled()"] = good, !good, true, false
	if m := expression.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if !regexp.MustCompile(`\b(success|failure|always|cancelled)\(\)`).MatchString(text) {
		text = "success() && (" + cmp.Or(text, "true") + ")"
	}
	return truth(r.value(text))
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

// job runs a job of a workflow, and gives what it hands on to other jobs.
func (r *runner) job(workflow *tree.Node, name string) (outputs map[string]string, err error) {
	job := workflow.Get("jobs").Get(name)
	r.defaults = map[string]string{}
	for _, n := range []*tree.Node{workflow, job} {
		maps.Copy(r.env, r.filled(scalars(n.Get("env"))))
		if n.Get("defaults") != nil {
			maps.Copy(r.defaults, scalars(n.Get("defaults").Get("run")))
		}
	}
	if err := r.steps(job.Get("steps")); err != nil {
		return nil, err
	}
	return r.filled(scalars(job.Get("outputs"))), nil
}

// steps runs the steps of a job, or of an action. After one that failed only
// those run that ask for that.
func (r *runner) steps(list *tree.Node) (failed error) {
	for _, step := range list.Items {
		s := scalars(step)
		if !r.condition(s["if"], failed == nil) {
			continue
		}
		r.ran++
		r.step = append(r.step, r.filled(scalars(step.Get("env"))))
		outputs, err := r.one(s, r.filled(scalars(step.Get("with"))))
		r.step = r.step[:len(r.step)-1]
		for key, value := range outputs {
			r.context["steps."+s["id"]+".outputs."+key] = value
		}
		if err != nil && r.fill(s["continue-on-error"]) != "true" {
			failed = cmp.Or(failed, err)
		}
	}
	return failed
}

// one is a step, whatever it does.
func (r *runner) one(s, with map[string]string) (outputs map[string]string, err error) {
	switch action, _, _ := strings.Cut(s["uses"], "@"); action {
	case "":
		return r.script(s)
	case "actions/checkout":
		if with["persist-credentials"] != "false" {
			r.t.Error("checkout leaves a key to the repository behind")
		}
	case "actions/configure-pages":
		if r.context["pages"] == nil { // as for a fork, or before Pages are chosen in the settings
			return map[string]string{"base_url": ""}, errors.New("get Pages site failed")
		}
		return map[string]string{"base_url": asText(r.context["pages"])}, nil
	case "actions/setup-go":
		if file := with["go-version-file"]; !filepath.IsAbs(file) {
			with["go-version-file"] = filepath.Join(r.workspace, file)
		}
		if _, err := os.Stat(with["go-version-file"]); err != nil {
			r.t.Error(err)
		}
	case "actions/upload-artifact", "actions/upload-pages-artifact":
		if !filepath.IsAbs(with["path"]) {
			with["path"] = filepath.Join(r.workspace, with["path"])
		}
		if with["include-hidden-files"] != "true" {
			r.t.Errorf("%s leaves hidden files out", action)
		}
		if r.uploaded[action] != (upload{}) {
			r.t.Errorf("%s runs twice", action)
		}
		r.uploaded[action] = upload{cmp.Or(with["name"], "github-pages"), with["path"]}
	case "acme/publish":
		return r.action(with)
	default:
		r.t.Errorf("nobody knows the action %q", action)
	}
	return nil, nil
}

// action runs action.yml, from where a runner would have unpacked it.
func (r *runner) action(with map[string]string) (outputs map[string]string, err error) {
	from := filepath.Join(r.dir, "the action")
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

// files are those that a step may write to, by their variables.
func (r *runner) files() map[string]string {
	files := map[string]string{}
	for _, what := range []string{"OUTPUT", "ENV", "PATH", "STEP_SUMMARY"} {
		name := map[string]string{"STEP_SUMMARY": "summary"}[what]
		files["GITHUB_"+what] = filepath.Join(r.temp, fmt.Sprintf("%s-%02d", cmp.Or(name, strings.ToLower(what)), r.ran))
	}
	return files
}

// script runs a script from a file, in the shell that it names.
func (r *runner) script(s map[string]string) (map[string]string, error) {
	file := filepath.Join(r.temp, "script.sh")
	if err := os.WriteFile(file, []byte(r.fill(s["run"])), 0o644); err != nil {
		r.t.Fatal(err)
	}
	shell := map[string][]string{"": {"bash", "-e"}, "bash": {"bash", "--noprofile", "--norc", "-eo", "pipefail"}, "sh": {"sh", "-e"}}[cmp.Or(s["shell"], r.defaults["shell"])]
	if shell == nil {
		r.t.Fatalf("nobody knows the shell %q", s["shell"])
	}
	c := exec.Command(shell[0], append(shell[1:], file)...)
	c.Dir, c.Stdout, c.Stderr = filepath.Join(r.workspace, r.fill(cmp.Or(s["working-directory"], r.defaults["working-directory"]))), &r.log, &r.log
	files := r.files()
	for name, file := range files {
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			r.t.Fatal(err)
		}
		c.Env = append(c.Env, name+"="+file)
	}
	for name, value := range r.variables() {
		c.Env = append(c.Env, name+"="+value)
	}
	failed := c.Run()
	maps.Copy(r.env, r.pairs(files["GITHUB_ENV"]))
	for folder := range strings.Lines(r.read(files["GITHUB_PATH"])) {
		r.env["PATH"] = strings.TrimSpace(folder) + ":" + r.env["PATH"]
	}
	return r.pairs(files["GITHUB_OUTPUT"]), failed
}

// variables are those of the step that runs.
func (r *runner) variables() map[string]string {
	all := maps.Clone(r.env)
	for _, own := range r.step {
		maps.Copy(all, own)
	}
	return all
}

func (r *runner) read(file string) string {
	r.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

// pairs reads "name=value" and "name<<END", values of several lines.
func (r *runner) pairs(file string) map[string]string {
	values := map[string]string{}
	for lines := strings.Split(strings.TrimSuffix(r.read(file), "\n"), "\n"); len(lines) > 0 && lines[0] != ""; lines = lines[1:] {
		name, value, ok := strings.Cut(lines[0], "=")
		if before, end, several := strings.Cut(lines[0], "<<"); several && (!ok || len(before) < len(name)) {
			at := slices.Index(lines, end)
			if ok = at > 0; ok {
				name, value = before, strings.Join(lines[1:at], "\n")
				lines = lines[at:]
			}
		}
		if !ok {
			r.t.Errorf("a runner does not understand %q", lines[0])
		}
		values[name] = value
	}
	return values
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

// The runner of these tests heeds what steps hand on to each other.
func TestRunner(t *testing.T) {
	r := newRunner(t, "push")
	if err := os.WriteFile(filepath.Join(r.dir, "w.yml"), []byte(`
env: {WHOLE: w, PART: w}
jobs:
  build:
    env: {PART: "${{ github.event_name }}"}
    defaults: {run: {working-directory: "a folder"}}
    outputs: {all: "${{ steps.one.outputs.all }}+${{ env.LATER }}"}
    steps:
      - run: mkdir -p "a folder" more
        working-directory: .
      - id: one
        env: {STEP: s}
        run: |
          printf 'all<<END\n%s\nx=1\nEND\nempty=\n' "$WHOLE$PART$STEP" >>"$GITHUB_OUTPUT"
          echo "LATER=l<<l" >>"$GITHUB_ENV"
          printf '#!/bin/sh\necho "it is ${STEP-gone}" >>"$GITHUB_STEP_SUMMARY"\n' >tool; chmod +x tool
          pwd >>"$GITHUB_PATH"
      - run: tool && false
        continue-on-error: ${{ github.event_name == 'push' }}
      - if: steps.one.outputs.empty
        run: echo never
      - run: false | true
      - run: false | true
        shell: bash
      - run: echo never
      - if: ${{ failure() && env.WHOLE == 'w' }}
        run: echo "all is lost"
`), 0o644); err != nil {
		t.Fatal(err)
	}
	workflow := readYAML(t, filepath.Join(r.dir, "w.yml"))
	if _, err := r.job(workflow, "build"); err == nil || r.log.String() != "all is lost\n" || r.summary() != "it is gone\n" {
		t.Errorf("%v %q %q", err, &r.log, r.summary())
	}
	if got := r.fill("${{ steps.one.outputs.all }}+${{ env.LATER }}"); got != "wpushs\nx=1+l<<l" {
		t.Errorf("what was handed on is %q", got)
	}
}

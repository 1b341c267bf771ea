package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"publish/internal/pattern"
)

// notTyped are the lines of the documentation that no test types, by how they
// begin, and why.
var notTyped = []struct{ begins, why string }{
	{"git clone ", "the address is the reader's to fill in; tools/newcomer.sh clones"},
	{"git -C .publish checkout", "the commit is the reader's to fill in"},
	{"cd publish", "of the clone"},
	{"make ", "builds the program that runs the tests"},
	{"(cd .publish && go build", "the same"},
	{"set -e", "of the shell"},
	{"curl ", "asks a site that does not exist, with a program that is not everywhere"},
	{"rsync ", "wants a server"},
	{"aws ", "wants an account"},
}

// signs are what a command that goes on for ever says once it is at it.
var signs = []string{"(ctrl-c to stop)", "waiting for changes"}

// stopper ends such a command.
type stopper struct {
	bytes.Buffer
	stop context.CancelFunc
}

func (s *stopper) Write(data []byte) (int, error) {
	for _, sign := range signs {
		if bytes.Contains(data, []byte(sign)) {
			s.stop()
		}
	}
	return s.Buffer.Write(data)
}

// goesOn says of a command that somebody has to stop it.
func goesOn(args []string) bool { return args[0] == "serve" || slices.Contains(args, "--watch") }

// commandWords are the arguments of a line that calls publish, without its
// comment, and the file to which it sends what is printed.
func commandWords(line string) (args []string, to string, ok bool) {
	if before, _, found := strings.Cut(line, " #"); found {
		line = before
	}
	if before, after, found := strings.Cut(line, ">"); found {
		line, to = before, strings.TrimSpace(strings.Trim(after, ">"))
	}
	words, closed := splitWords(line)
	if !closed || len(words) < 2 || words[0] != "publish" && words[0] != "./publish-program" {
		return nil, "", false
	}
	return words[1:], to, true
}

// typed runs a command line as it was typed, but opens no browser and takes a
// port that is free.
func typed(t *testing.T, env map[string]string, args []string) (stdout string) {
	t.Helper()
	line := strings.Join(args, " ")
	if args[0] == "serve" {
		args = withoutPlaces(args)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code, stdout, stderr, err := untilAtIt(ctx, env, args)
	if code != exitGood || err != nil {
		t.Errorf("publish %s: exit status %d, %v\n%s%s", line, code, err, stdout, stderr)
	}
	return stdout
}

// untilAtIt runs a command to its end; one that goes on is stopped once it has
// said what it is at. It is an error if it never did, or if another command is at
// it when the context ends.
func untilAtIt(ctx context.Context, env map[string]string, args []string) (code int, stdout, stderr string, err error) {
	limit := ctx
	ctx, cancel := context.WithCancel(limit)
	defer cancel()
	stop := func() {}
	if goesOn(args) {
		stop = cancel
	}
	out, said := &stopper{stop: stop}, &stopper{stop: stop}
	p := &program{stdout: out, stderr: said, getenv: func(name string) string { return env[name] }, clock: fixedClock}
	code = p.run(ctx, args)
	switch {
	case limit.Err() != nil:
		err = fmt.Errorf("it was still at it when its time was over: %w", limit.Err())
	case goesOn(args) && ctx.Err() == nil:
		err = fmt.Errorf("it ended by itself, before it said any of %q", signs)
	}
	return code, out.String(), said.String(), err
}

// A command that never says what it is at is a mistake, and no example that works.
func TestUntilAtIt(t *testing.T) {
	t.Chdir(t.TempDir())
	over, cancel := context.WithCancel(t.Context())
	cancel()
	preview, look := []string{"serve", "--addr", "127.0.0.1:0"}, []string{"version"}
	for _, c := range []struct {
		ctx  context.Context
		args []string
		good bool
	}{
		{t.Context(), preview, true}, {t.Context(), look, true}, {t.Context(), []string{"serve", "--help"}, false},
		{over, preview, false}, {over, []string{"check", "--watch"}, false}, {over, look, false},
	} {
		if _, _, said, err := untilAtIt(c.ctx, nil, c.args); (err == nil) != c.good {
			t.Errorf("%q, its time over: %t: got %v\n%s", c.args, c.ctx.Err() != nil, err, said)
		}
	}
}

// withoutPlaces are the arguments of a preview that listens where it can.
func withoutPlaces(args []string) []string {
	kept := []string{"serve", "--addr", "127.0.0.1:0"}
	for i := 1; i < len(args); i++ {
		switch args[i] {
		case "--open":
		case "--addr", "--port":
			i++
		default:
			kept = append(kept, args[i])
		}
	}
	return kept
}

// Every command that the documentation shows can be typed: in a folder with a
// few reports, beside the folders of other tools, with status pages that
// answer. What no test types stands in notTyped, with the reason. The pages on
// starting are typed from top to bottom, in TestStartPage.
func TestTypedExamples(t *testing.T) {
	ran, left, unused := 0, 0, map[string]bool{}
	for _, rule := range notTyped {
		unused[rule.begins] = true
	}
	stock := readStock(t)
	hosts := stock.hosts(t)
	var all []example // before the folder is another
	for _, file := range documentation(t) {
		all = append(all, examplesIn(t, file)...)
	}
	seen := map[string]bool{} // a block that stands on two pages is typed once
	for _, e := range all {
		if e.lang != "sh" {
			continue
		}
		typing := !strings.HasPrefix(e.file, "docs/start.") && !seen[e.text]
		seen[e.text] = true
		if typing && strings.Contains("\n"+e.text, "publish ") {
			t.Chdir(stock.folder(t))
		}
		for line := range strings.Lines(e.text) {
			args, to, ok := commandWords(line)
			switch {
			case ok && typing:
				ran++
				typeOne(t, e, hosts, args, to)
			case ok:
				ran++
			default:
				left++
				begins := slices.IndexFunc(notTyped, func(r struct{ begins, why string }) bool { return strings.HasPrefix(line, r.begins) })
				if begins < 0 {
					t.Errorf("%s: nobody types %q: say why in notTyped", e, line)
					continue
				}
				delete(unused, notTyped[begins].begins)
			}
		}
	}
	for begins := range unused {
		t.Errorf("nothing begins with %q any more", begins)
	}
	t.Logf("%d lines typed, %d not", ran, left)
}

func typeOne(t *testing.T, e example, hosts *strings.Replacer, args []string, to string) {
	t.Helper()
	env := map[string]string{"PUBLISH_BASE_URL": "https://example.org/", "EDITOR": "true", "LANG": "C", "TZ": "Europe/Paris", "HOME": t.TempDir()}
	for i, arg := range args {
		if i == 0 || args[i-1] != "--base-url" {
			arg = hosts.Replace(arg)
		}
		if strings.HasPrefix(arg, "/srv/") {
			arg = filepath.Join(t.TempDir(), "srv")
		}
		args[i] = arg
	}
	stdout := typed(t, env, args)
	if to == "" {
		return
	}
	if stdout == "" {
		t.Errorf("%s: nothing goes into %s", e, to)
	}
	if !strings.ContainsAny(to, "~$") {
		if err := os.WriteFile(to, []byte(stdout), 0o644); err != nil {
			t.Errorf("%s: %v", e, err)
		}
	}
}

var savedAs = pattern.New("(?s)Save this one as `([^`]+)`:\n\n```markdown\n(.*?\n)```\n")

// stock is what the folders of examples are made of.
type stock struct {
	report string                    // the README's
	tools  map[string]*txtar.Archive // folders of other tools, as the tests of imports have them
	built  fs.FS                     // what an earlier build wrote; nil before the first folder
}

func readStock(t *testing.T) *stock {
	t.Helper()
	s := &stock{tools: map[string]*txtar.Archive{}}
	s.report = savedAs.FindStringSubmatch(docText(t, "README.md"))[2]
	for _, tool := range []string{"jekyll", "hugo", "cstate", "gitbook"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "import", tool+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		s.tools[tool] = archive
	}
	return s
}

// hosts are the sites that examples ask, and who answers in their place: a
// Statuspage, and the site of the folder as an earlier build wrote it.
func (s *stock) hosts(t *testing.T) *strings.Replacer {
	t.Helper()
	online := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(s.folder(t), "public"))))
	t.Cleanup(online.Close)
	return strings.NewReplacer(
		"https://status.example.com", statuspageServer(t, false).URL,
		"https://status.example.org/", online.URL+"/",
		"https://example.github.io/postmortems/", online.URL+"/",
	)
}

// folder is a site as examples take it: two reports, built before, beside
// another site and what other tools left.
func (s *stock) folder(t *testing.T) string {
	t.Helper()
	above := t.TempDir()
	site := filepath.Join(above, "site")
	writeFile(t, filepath.Join(site, "content", "2026-03-12-login.md"), s.report)
	for _, dir := range []string{site, filepath.Join(above, "postmortems")} {
		writeFile(t, filepath.Join(dir, "content", "2021-04-29-outage.md"), strings.ReplaceAll(s.report, "2026-03-12", "2021-04-29"))
	}
	writeFile(t, filepath.Join(site, "reports", ".gitkeep"), "")
	writeFile(t, filepath.Join(site, "export", "incidents.json"), `{"page":{"id":"p","name":"Parcel"},"incidents":[{"id":"i","name":"Down","status":"resolved","impact":"minor","created_at":"2022-02-01T10:00:00Z","incident_updates":[],"components":[]}]}`)
	for name, tool := range map[string]string{"old-site": "jekyll", "old-blog": "jekyll", "old-hugo": "hugo", "old-status": "cstate"} {
		for _, f := range s.tools[tool].Files {
			writeFile(t, filepath.Join(above, name, filepath.FromSlash(f.Name)), string(f.Data))
		}
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, f := range s.tools["gitbook"].Files {
		w, err := z.Create(f.Name)
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(site, "export.zip"), packed.String())
	public := filepath.Join(site, "public")
	if s.built != nil {
		if err := os.CopyFS(public, s.built); err != nil {
			t.Fatal(err)
		}
		return site
	}
	if code, _, stderr := inProcess(t, "build", "--site", site, "--base-url", "https://example.org/"); code != exitGood {
		t.Fatal(stderr)
	}
	s.built = os.DirFS(public)
	return site
}

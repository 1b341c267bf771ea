package main

import (
	"archive/zip"
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/cobra"

	"publish/internal/pattern"
)

// exampleSites are the folders in which the examples of help run, in the folder
// "ours".
const exampleSites = `
-- ours/publish.yaml --
base_url: https://example.github.io/postmortems/
timezone: Europe/Paris
-- ours/content/2021-04-29-outage.md --
---
title: Nobody could log in
severity: sev2
services: [Search, Login]
---
For an hour nobody could log in.
-- ours/docs/incidents/2021-04-30-other.md --
# Another

**Severity**: SEV1
-- postmortems/content/2021-04-29-outage.md --
---
title: Elsewhere
severity: sev2
---
It was elsewhere.
-- old-blog/_config.yml --
title: Old
-- old-blog/_posts/2020-01-02-old.md --
---
title: Old
severity: sev1
---
It was long ago.
-- book/SUMMARY.md --
* [The book](README.md)
* [The disk was full](disk.md)
-- book/README.md --
# The book
-- book/disk.md --
# The disk was full
-- ours/reports/publish.yaml --
title: Reports
`

// exampleLine takes what explains an example from its command.
var exampleLine = pattern.New(`^  (publish .*?)(?:   +\S.*)?$`)

// Every example of every command's help does what it says, as it stands there:
// only hosts, ports and folders of the system are others.
func TestHelpExamples(t *testing.T) {
	x := newExamples(t)
	root := (&program{}).command(nil)
	root.InitDefaultHelpCmd()
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c.Hidden {
			continue
		}
		lines := strings.Split(c.Example, "\n")
		if c.Example == "" {
			t.Errorf("`%s --help` has no example", c.CommandPath())
			continue
		}
		for _, line := range lines {
			m := exampleLine.FindStringSubmatch(line)
			if m == nil {
				t.Errorf("`%s --help`: not an example: %q", c.CommandPath(), line)
				continue
			}
			x.run(t, strings.TrimSpace(m[1]))
		}
	}
	if x.ran < 35 {
		t.Errorf("only %d examples ran", x.ran)
	}
}

// examples is the place where they run, and the hosts that they speak of.
type examples struct {
	top  string
	host map[string]string // as it is written → as it is here
	ran  int
}

func newExamples(t *testing.T) *examples {
	t.Helper()
	top := t.TempDir()
	x := &examples{top: top, host: map[string]string{}}
	for _, f := range txtar.Parse([]byte(exampleSites)).Files {
		x.write(t, f.Name, f.Data, 0o644)
	}
	for _, name := range []string{"xdg-open", "open", "editor"} {
		x.write(t, "bin/"+name, []byte("#!/bin/sh\n"), 0o755)
	}
	x.write(t, "ours/.git/config", nil, 0o644)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if err := z.AddFS(os.DirFS(filepath.Join(top, "book"))); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	x.write(t, "ours/export.zip", packed.Bytes(), 0o644)
	t.Setenv("PATH", filepath.Join(top, "bin"))
	t.Chdir(filepath.Join(top, "ours"))
	if code, _, said := inProcess(t, "build"); code != exitGood { // what is online, and what an earlier build wrote
		t.Fatal(said)
	}
	online := httptest.NewServer(http.StripPrefix("/postmortems", http.FileServer(http.Dir("public"))))
	t.Cleanup(online.Close)
	x.host["diff https://example.github.io"], x.host["diff https://status.example.org"] = "diff "+online.URL, "diff "+online.URL+"/postmortems"
	x.host["import statuspage https://status.example.com"] = "import statuspage " + statuspageServer(t, true).URL
	return x
}

func (x *examples) write(t *testing.T, name string, data []byte, mode os.FileMode) {
	t.Helper()
	file := filepath.Join(x.top, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, mode); err != nil {
		t.Fatal(err)
	}
}

// run runs an example. One that would go on is ended once it has begun.
func (x *examples) run(t *testing.T, line string) {
	t.Helper()
	x.ran++
	command, _, output := strings.Cut(line, " >")
	for written, here := range x.host {
		command = strings.Replace(command, written, here, 1)
	}
	command = strings.Replace(command, "/srv/www", filepath.Join(x.top, "www"), 1)
	if strings.HasPrefix(command, "publish serve") {
		command = strings.Replace(strings.Replace(command, ":4000", ":0", 1), "--port 8080", "--port 0", 1)
	}
	words, ok := splitWords(command)
	if !ok {
		t.Errorf("%s: a quote is open", line)
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	env := map[string]string{"EDITOR": filepath.Join(x.top, "bin", "editor"), "TZ": "Europe/Paris"}
	code, out, said, err := untilAtIt(ctx, env, words[1:])
	if code != exitGood || err != nil {
		t.Errorf("%s: exit status %d, %v\n%s%s", line, code, err, out, said)
	}
	if output && out == "" {
		t.Errorf("%s: nothing is printed", line)
	}
	if strings.Contains(said, "error:") || strings.Contains(said, "unknown") {
		t.Errorf("%s: it says\n%s", line, said)
	}
}

// Port 0 is any that is free, and not "no port was asked for".
func TestServeOnAnyPort(t *testing.T) {
	t.Chdir(t.TempDir())
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code, _, said, err := untilAtIt(ctx, nil, []string{"serve", "--addr", taken.Addr().String(), "--port", "0"})
	if code != exitGood || err != nil || strings.Contains(said, taken.Addr().String()+"/") || !strings.Contains(said, " at http://127.0.0.1:") {
		t.Errorf("exit status %d, %v\n%s", code, err, said)
	}
}

// The preview of a folder without postmortems says so, too: it is most often the
// wrong one.
func TestServeOfNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code, _, said, err := untilAtIt(ctx, nil, []string{"serve", "--addr", "127.0.0.1:0"})
	if code != exitGood || err != nil || !strings.Contains(said, "no postmortem was found: they are looked for in content/") {
		t.Errorf("exit status %d, %v\n%s", code, err, said)
	}
}

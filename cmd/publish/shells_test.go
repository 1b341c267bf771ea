package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// typing starts a shell on a terminal of its own, which zsh knows to make, gives
// it a line to begin with, types lines into it, and prints what it shows. A person
// waits as long as it takes; here it is 20 seconds at most for each.
const typing = `
zmodload zsh/zpty
zpty -b z "$1"
seen() {
  local piece all= i
  for ((i = 0; i < $2; i++)); do
    while zpty -r -t z piece; do all+=$piece; done
    [[ $all == *$1* ]] && { print -r -- "$all"; return; }
    sleep 0.05
  done
  false
}
for ((n = 0; n < 40; n++)); do # what is typed before it listens is lost
  zpty -w z "echo RE''ADY"
  seen READY 10 >/dev/null && break
done
zpty -w z "$2; echo BE''GUN"
seen BEGUN 400 >/dev/null
for line in "${@:3}"; do
  zpty -n -w z "${(g::)line}"$'\n'
  seen '|END' 400 || print "nothing comes of $line"
done
zpty -d z
`

// Standing in for publish, it says how it was called.
const called = `#!/bin/sh
case $1 in __complete*) exec "$PUBLISH" "$@" ;; esac
printf 'RAN'
printf '|%s' "$@"
echo '|END'
`

// The shells themselves complete commands, flags, values and files when TAB is
// pressed, in an empty home, without the package bash-completion.
func TestShellsComplete(t *testing.T) {
	dir := t.TempDir()
	publish, err := exec.LookPath("publish") // this test's own binary, under that name
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"typing": typing, "bin/publish": called, "notes.txt": "x",
		"content/2026-01-01-first.md": "---\nseverity: sev1\nservices: [Billing]\n---\n",
		"content/zero a b c.md":       "---\nseverity: sev1\n---\n", "my reports/x.md": "", "my notes.txt": "", "reports/x.md": "",
	}
	for shell, name := range map[string]string{"bash": "publish.bash", "zsh": "_publish", "fish": "publish.fish"} {
		_, files[name], _ = inProcess(t, "completion", shell)
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		c := exec.Command(name, args...)
		c.Dir = dir
		c.Env = []string{"HOME=" + dir, "PUBLISH=" + publish, "PATH=" + filepath.Join(dir, "bin") + ":/usr/local/bin:/usr/bin:/bin", "TERM=vt100", "LANG=C.UTF-8"}
		said, err := c.CombinedOutput()
		if err != nil {
			t.Errorf("%s, which `make test` installs: %v\n%s", name, err, said)
		}
		return string(said)
	}
	lines := []string{`publish chec\t--stri\t`, `publish check --format sa\t`, `publish explain con\t2026\t`, `publish new --service Bi\t`}
	want := []string{"RAN|check|--strict|END", "RAN|check|--format|sarif|END", "RAN|explain|content/2026-01-01-first.md|END", "RAN|new|--service|Billing|END"}
	blanks := map[string]string{ // what is typed in bash, with blanks in names
		`publish build --site my\\ re\t`:             "RAN|build|--site|my reports/|END",
		`publish build --site 'my reports' --stri\t`: "RAN|build|--site|my reports|--strict|END",
		`publish explain content/zero\\ a\\ \t`:      "RAN|explain|content/zero a b c.md|END",
		`publish explain "my no\t`:                   "RAN|explain|my notes.txt|END",
	}
	for shell, begin := range map[string]string{
		"bash --norc --noprofile -i": `source ./publish.bash`,
		"zsh -f -i":                  `fpath=($PWD $fpath); autoload -Uz compinit; compinit -u; bindkey "^I" complete-word`,
	} {
		typed := slices.Clone(lines)
		if strings.HasPrefix(shell, "bash") {
			typed = append(typed, slices.Sorted(maps.Keys(blanks))...)
		}
		said := run("zsh", append([]string{"-f", "typing", shell, begin}, typed...)...)
		for _, line := range typed[len(lines):] {
			if !strings.Contains(said, blanks[line]) {
				t.Errorf("%s: %q does not become %q:\n%q", shell, line, blanks[line], said)
			}
		}
		for i := range lines {
			if !strings.Contains(said, want[i]) || strings.Contains(said, "not found") {
				t.Errorf("%s: %q does not become %q:\n%q", shell, lines[i], want[i], said)
			}
		}
	}
	for typed, want := range map[string]string{
		"publish chec": "check\tsay everything", "publish check --stri": "--strict\tcount warnings",
		"publish check --format sa": "sarif", "publish explain content/": "content/2026-01-01-first.md", "publish new --service Bi": "Billing",
	} {
		if said := run("fish", "--no-config", "-c", "source publish.fish; complete -C '"+typed+"'"); !strings.HasPrefix(said, want) {
			t.Errorf("fish: %q is completed with %q, and not %q", typed, said, want)
		}
	}
}

//go:build linux

package hostile

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// trial is one case of cases.txt.
type trial struct {
	name, kind string
	files      []file
	run        string // the command, if it is not a build
	slow       bool   // it takes seconds, and `make test` leaves it out
	shows      []show
	outcome    []string // lines of "exit", "says", "page" and "file": what came of it
}

// file is one thing that a case puts into the site folder.
type file struct {
	line string // as it is written in the table
	name string
	how  string // "=" for a text, "->" for a link, or fifo, socket, device, folder, mode
	text string // of a file or a link
	mode uint64
}

// size is how many bytes a case has.
func (c *trial) size() int {
	n := 0
	for _, f := range c.files {
		n += len(f.text)
	}
	return n
}

// show is a text that stands in a file of the site.
type show struct{ path, text string }

// outcomes are the keys of what a case came to: -update writes them anew.
var outcomes = map[string]bool{"exit": true, "says": true, "page": true, "file": true}

// readTable reads cases.txt. A mistake in it ends the test.
func readTable(t *testing.T) []*trial {
	t.Helper()
	raw, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []*trial
	kind := ""
	names := map[string]bool{}
	number := 0
	for line := range strings.Lines(string(raw)) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if kindOf, ok := strings.CutPrefix(line, "# "); ok && strings.HasSuffix(kindOf, " #") {
			kind = strings.TrimSuffix(kindOf, " #")
		}
		if name, ok := strings.CutPrefix(line, "== "); ok {
			if names[name] {
				t.Fatalf("%s:%d: there are two cases %q", tableFile, number, name)
			}
			names[name] = true
			all = append(all, &trial{name: name, kind: kind})
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := all[len(all)-1].read(line); err != nil {
			t.Fatalf("%s:%d: %v", tableFile, number, err)
		}
	}
	return all
}

// read reads a line of a case.
func (c *trial) read(line string) error {
	key, rest, found := strings.Cut(line, ": ")
	switch {
	case line == "slow":
		c.slow = true
		return nil
	case found && outcomes[key]:
		c.outcome = append(c.outcome, line)
		return nil
	case found && key == "run":
		c.run = rest
		return nil
	case found && key == "shows":
		path, rest, _ := strings.Cut(rest, " ")
		text, err := expression(rest)
		c.shows = append(c.shows, show{path, text})
		return err
	}
	f := file{line: line}
	rest = line
	if strings.HasPrefix(line, `"`) {
		quoted, err := strconv.QuotedPrefix(line)
		if err != nil {
			return err
		}
		f.name, _ = strconv.Unquote(quoted)
		rest = strings.TrimPrefix(line[len(quoted):], " ")
	} else {
		f.name, rest, _ = strings.Cut(line, " ")
	}
	var err error
	f.how, rest, _ = strings.Cut(rest, " ")
	switch f.how {
	case "=", "->":
		f.text, err = expression(rest)
	case "mode":
		f.mode, err = strconv.ParseUint(rest, 8, 32)
	case "fifo", "socket", "device", "folder":
	default:
		err = fmt.Errorf("%q is none of = -> mode fifo socket device folder", f.how)
	}
	c.files = append(c.files, f)
	return err
}

// expression gives the text that an expression means: strings as Go writes them,
// one behind the other; `3*"x"` is "xxx", `2*("a" "b")` is "abab"; {n} in what is
// repeated is its number, from 0.
func expression(source string) (string, error) {
	var b strings.Builder
	rest, err := terms(&b, source, "")
	if err == nil && rest != "" {
		err = fmt.Errorf("what is %q", rest)
	}
	return b.String(), err
}

// terms reads terms up to the end or a bracket. An index is put in for {n}.
func terms(b *strings.Builder, source, index string) (rest string, err error) {
	for source = strings.TrimSpace(source); source != "" && source[0] != ')'; source = strings.TrimSpace(source) {
		if source, err = term(b, source, index); err != nil {
			return source, err
		}
	}
	return source, nil
}

func term(b *strings.Builder, source, index string) (rest string, err error) {
	switch c := source[0]; {
	case c == '"' || c == '`':
		quoted, err := strconv.QuotedPrefix(source)
		if err != nil {
			return source, fmt.Errorf("no string: %q", source)
		}
		text, _ := strconv.Unquote(quoted)
		if index != "" {
			text = strings.ReplaceAll(text, "{n}", index)
		}
		b.WriteString(text)
		return source[len(quoted):], nil
	case c == '(':
		rest, err := terms(b, source[1:], index)
		if err == nil && !strings.HasPrefix(rest, ")") {
			err = fmt.Errorf("a bracket is open: %q", source)
		}
		return strings.TrimPrefix(rest, ")"), err
	}
	count, rest, found := strings.Cut(source, "*")
	n, err := strconv.Atoi(count)
	if !found || err != nil {
		return source, fmt.Errorf("no term: %q", source)
	}
	var once strings.Builder
	after, err := term(&once, rest, "{n}")
	if err != nil || !strings.Contains(once.String(), "{n}") {
		b.WriteString(strings.Repeat(once.String(), n))
		return after, err
	}
	for i := range n {
		b.WriteString(strings.ReplaceAll(once.String(), "{n}", strconv.Itoa(i)))
	}
	return after, nil
}

// writeTable puts the outcomes in the place of those that the table had.
func writeTable(t *testing.T, all []*trial) {
	t.Helper()
	raw, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]*trial{}
	for _, c := range all {
		of[c.name] = c
	}
	var b strings.Builder
	var now *trial
	flush := func() {
		if now != nil {
			for _, line := range now.outcome {
				b.WriteString(line + "\n")
			}
		}
		now = nil
	}
	for line := range strings.Lines(string(raw)) {
		key, _, found := strings.Cut(line, ": ")
		if found && outcomes[key] {
			continue
		}
		if line == "\n" || strings.HasPrefix(line, "#") {
			flush()
		}
		if name, ok := strings.CutPrefix(line, "== "); ok {
			flush()
			now = of[strings.TrimSuffix(name, "\n")]
		}
		b.WriteString(line)
	}
	flush()
	if err := os.WriteFile(tableFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source is a file with what is hard to align: tabs, wide characters, an
// emoji, control characters, a long line.
const source = "\ufeff---\n" +
	"severty: major\n" +
	"\tnote:\tvalue\n" +
	"タイトル: 障害 🔥 x\n" +
	"esc: \x1b[31mred\r\n" +
	"\n"

func sample() List {
	var l List
	file := "content/2021-04-29-x.md"
	l.Report(FieldUnknown, Pos{file, 2, 1}, `did you mean "severity"?`, "unknown field %q", "severty")
	l.Report(FieldType, Pos{file, 3, 8}, "", `"note" is a text, a list was expected`)
	l.Report(TimeUnread, Pos{file, 4, 10}, "write the time as 09:21", `"x" is not a time`)
	l.Report(Encoding, Pos{file, 5, 6}, "", "control characters in \"\x1b[31mred\"")
	l.Report(TimelineOrder, Pos{file, 7, 120}, "", "the event of 09:02 stands after 09:10")
	l.Report(SectionMissing, Pos{file, 6, 0}, "add a section \"Timeline\"", "no timeline")
	l.Report(FileSkipped, Pos{"content/100%, odd: name.md", 0, 0}, "", "passed over: a template\nwith two lines")
	l.Report(BaseURLMissing, Pos{}, "set base_url", "no feeds and no sitemap")
	return l
}

func TestPrint(t *testing.T) {
	long := strings.Repeat("長い行 ", 30) + "!" + strings.Repeat(" and so on", 20)
	printer := Printer{
		Source:  func(string) []byte { return []byte(source + long + "\n") },
		Prefix:  "sites/one/",
		Version: "1.2.3",
	}
	for i, name := range Formats {
		t.Run(name, func(t *testing.T) {
			p := printer
			p.Format = Format(i)
			golden(t, name+".golden", print(t, &p, sample()))
		})
	}
	t.Run("colour", func(t *testing.T) {
		p := printer
		p.Color = true
		golden(t, "colour.golden", print(t, &p, sample()[:1]))
	})
}

func TestPrintMachineFormatsAreJSON(t *testing.T) {
	for line := range strings.Lines(print(t, &Printer{Format: JSON}, sample())) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not a JSON object: %s", line)
		}
	}
	for _, l := range []List{nil, sample()} {
		if text := print(t, &Printer{Format: SARIF}, l); !json.Valid([]byte(text)) {
			t.Errorf("not a JSON document: %s", text)
		}
	}
}

func TestPrintTellsWhatWentWrong(t *testing.T) {
	want := errors.New("disk full")
	for i, name := range Formats {
		p := Printer{Format: Format(i)}
		if err := p.Print(failing{want}, sample()); !errors.Is(err, want) {
			t.Errorf("%s: got error %v, want %v", name, err, want)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestParseFormat(t *testing.T) {
	for want, name := range Formats {
		if got, ok := ParseFormat(name); got != Format(want) || !ok {
			t.Errorf("ParseFormat(%q) = %v, %v", name, got, ok)
		}
	}
	if _, ok := ParseFormat("xml"); ok {
		t.Error("xml is taken for a format")
	}
}

func TestQuote(t *testing.T) {
	for _, test := range []struct {
		name, line string
		column     int
		text       string
		caret      int
	}{
		{"plain", "abc", 2, "abc", 1},
		{"no column", "abc", 0, "abc", -1},
		{"behind the end", "abc", 9, "abc", 3},
		{"after a tab", "\tabc", 2, "    abc", 4},
		{"tab stop", "ab\tc", 4, "ab  c", 4},
		{"wide", "障害x", 3, "障害x", 4},
		{"emoji", "🔥x", 2, "🔥x", 2},
		{"combining", "e\u0301x", 3, "e\u0301x", 1},
		{"control", "\x1b[1mx", 5, "␛[1mx", 4},
		{"direction", "a\u202Eb", 3, "a<202E>b", 7},
		{"bad bytes", "\xff\xfex", 3, "��x", 2},
	} {
		line, offset, _ := (&quotable{lines: []string{test.line}}).at(Pos{Line: 1, Column: test.column})
		if text, caret := quote(line, offset); text != test.text || caret != test.caret {
			t.Errorf("%s: got %q, %d; want %q, %d", test.name, text, caret, test.text, test.caret)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("severty: major", 1)
	f.Add("\t障害 🔥 \x1b[31m", 4)
	f.Add(strings.Repeat("長い行 ", 60), 100)
	f.Add("", -1)
	f.Fuzz(func(t *testing.T, line string, column int) {
		line, offset, _ := (&quotable{lines: []string{strings.ReplaceAll(line, "\n", "")}}).at(Pos{Line: 1, Column: column})
		text, caret := quote(line, offset)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r\x1b\x00") {
			t.Errorf("not fit to be shown: %q", text)
		}
		if caret > quoteWidth+4 {
			t.Errorf("caret at %d", caret)
		}
	})
}

// TestPrintReadsOnce prints many diagnostics of one long line: the file is read
// once, and what is quoted does not depend on the order of the list.
func TestPrintReadsOnce(t *testing.T) {
	const n = 10_000
	line := strings.Repeat("[a](b) é ", n)
	reads := 0
	p := Printer{Source: func(string) []byte { reads++; return []byte("first\n" + line + "\r\n") }}
	var l List
	for i := range n {
		l.Report(FieldUnknown, Pos{"x.md", 2, 9*i + 1}, "", "link %d", i)
	}
	l.Report(FieldUnknown, Pos{"x.md", 2, 9*1000 + 1}, "", "again")
	got := print(t, &p, l)
	if reads != 1 {
		t.Errorf("the file was read %d times", reads)
	}
	blocks := strings.Split(got, "x.md:")
	quoted := func(block string) string { _, text, _ := strings.Cut(block, "\n"); return text }
	if a, b := quoted(blocks[1001]), quoted(blocks[n+1]); a != b || len(a) > 400 {
		t.Errorf("quoted once as\n%sand once as\n%s", a, b)
	}
	if want := "    [a](b) é [a](b) é "; !strings.HasPrefix(quoted(blocks[1]), want) {
		t.Errorf("got %q", quoted(blocks[1]))
	}
	shown, caret, _ := strings.Cut(quoted(blocks[1001]), "\n")
	if at := strings.IndexByte(caret, '^'); at < 0 || []rune(shown)[at] != '[' {
		t.Errorf("the caret is not below the link:\n%s\n%s", shown, caret)
	}
}

func print(t *testing.T, p *Printer, l List) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Print(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// annotation reads a line as GitHub's runner does (actions/runner,
// ActionCommand.TryParseV2): ok is false if it is no command.
func annotation(line string) (command string, properties map[string]string, message string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::")
	if !ok {
		return "", nil, "", false
	}
	head, message, ok := strings.Cut(rest, "::")
	command, list, _ := strings.Cut(head, " ")
	properties = map[string]string{}
	for pair := range strings.SplitSeq(strings.TrimSpace(list), ",") {
		if key, value, found := strings.Cut(pair, "="); found {
			properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
		}
	}
	return command, properties, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(message), ok
}

// TestAnnotations: what is printed for GitHub is read back by its runner's rules.
func TestAnnotations(t *testing.T) {
	list := sample()
	list.Report(Encoding, Pos{"content/a::b=c, %25 d.md", 1, 2}, "::error::x", "%s", "100%25 :: ##[error], a=b")
	lines := strings.Split(strings.TrimSuffix(print(t, &Printer{Format: GitHub}, list), "\n"), "\n")
	if len(lines) != len(list) {
		t.Fatalf("%d lines for %d diagnostics", len(lines), len(list))
	}
	for i, d := range list {
		command, properties, message, ok := annotation(lines[i])
		want := map[string]string{"title": string(d.Code)}
		if d.File != "" {
			want["file"] = d.File
		}
		if d.Line > 0 {
			want["line"] = strconv.Itoa(d.Line)
		}
		if d.Column > 0 {
			want["col"] = strconv.Itoa(d.Column)
		}
		level := map[Level]string{Error: "error", Warning: "warning", Note: "notice"}[d.Level]
		if !ok || command != level || message != withHint(d) || !maps.Equal(properties, want) {
			t.Errorf("%s\nis read as %q %q %q, want %q %q %q", lines[i], command, properties, message, level, want, withHint(d))
		}
	}
}

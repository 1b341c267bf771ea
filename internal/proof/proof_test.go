package proof

import (
	"fmt"
	"strings"
	"testing"

	"publish/internal/diag"
)

// found searches a file for one internal text, where something else is public.
func found(internal, public, file, data string) bool {
	p := New([]Text{{Text: internal, Pos: diag.Pos{File: "a.md", Line: 3, Column: 1}}})
	p.Public([]byte(public))
	p.Ready()
	clean := p.Search(file, []byte(data))
	if clean != (len(p.Report()) == 0) {
		panic("the report says something else")
	}
	return !clean
}

func TestSearch(t *testing.T) {
	const secret = "Project Sous-Préfecture moves to rack b7x9q"
	tests := []struct {
		name, internal, public, data string
		want                         bool
	}{
		{"plain", secret, "", "we said Préfecture once", true},
		{"another case", secret, "", "PRÉFECTURE", true},
		{"without accents, as in the index", secret, "", "prefecture", true},
		{"decomposed", secret, "", "Pre\u0301fecture", true},
		{"JSON", secret, "", `{"a":"x\nPr\u00e9fecture"}`, true},
		{"JSON, letters escaped", secret, "", `"\u0050r\u00E9fecture"`, true},
		{"HTML by name", secret, "", `Pr&eacute;fecture`, true},
		{"HTML by number", secret, "", `Pr&#233;fecture Pr&#xE9;fecture`, true},
		{"HTML in JSON", secret, "", `\u003cp\u003ePr\u00e9fecture\u003c/p\u003e`, true},
		{"address", secret, "", `/Pr%C3%A9fecture/`, true},
		{"behind an escape in an address", secret, "", `?q=%20pr%c3%a9fecture`, true},
		{"a hidden break within", secret, "", "Pré\u00adfec\u200bture", true},
		{"marks of direction within", secret, "", "Pré\u200efec\u202eture", true},
		{"a selector of variants within", secret, "", "Préfec\ufe0fture", true},
		{"with figures", secret, "", "b7x9q", true},
		{"a part of a word", secret, "", "sous-préfectures préfet", false},
		{"the name of a file", secret, "", "", false},
		{"nothing in common", secret, "project moves", "rack moves to project", false},
		{"said in public", "Bluefin", "all of bluefin", "Bluefin", false},
		{"said in public, escaped", "Bluefin", "blue\\u0066in", "Bluefin", false},
		{"short and common", "yes", "", "yes, DNS", false},
		{"short in another script", "はい", "", "はい", false},
		{"a row of common words", "it was all our own fault", "fault own our all was it", "<p>so it was all our own fault.</p>", true},
		{"the same with another end", "it was all our own fault", "fault own our all was it", "it was all our fault", false},
		{"the row is public", "it was all our own fault", "They say it was all our own fault!", "it was all our own fault", false},
		{"the row is public beside a link", "it was all our own fault", "it was [all our](https://x.example/y) own fault", "it was all our own fault", false},
		{"a short text as a whole", "Anna broke production", "anna production broke", "Anna broke production", true},
		{"a short text in part", "Anna broke production", "anna production broke", "Anna broke a production", false},
		{"a script without spaces", "数据库密码泄露", "数据 密码", "昨天数据库密码泄露了", true},
		{"the same, in public", "数据库密码泄露", "昨天数据库密码泄露了", "数据库密码泄露", false},
		{"a number", "customer 48151623", "customer", "48151623", true},
		{"a short number", "customer 4711", "customer", "4711", false},
		{"an instant that is of something else too", "2024-05-14T10:00:00Z", "on 14 May 2024 at 10:00", "2024-05-14T10:00:00Z", false},
		{"a day of a calendar", "from 20240514 on", "from on", "DTSTART:20240514", false},
		{"words around an instant", "we on 2024-05-14T10:00Z did", "did on we", "we on 2024-05-14T10:00Z did", true},
		{"a number that is no day", "customer 20249914", "customer", "20249914", true},
		{"a path", `C:\newfoundland`, "", `{"a":"C:\\newfoundland"}`, true},
		{"metadata in UTF-16", "Bluefin acquisition", "", "\x89PNG\x00\n\x00B\x00l\x00u\x00e\x00f\x00i\x00n\x00", true},
		{"noise", "clear zebra", "", "\x00\x01zebra\x02", false},
	}
	for _, test := range tests {
		if got := found(test.internal, test.public, "x.html", test.data); got != test.want {
			t.Errorf("%s: found is %t", test.name, got)
		}
	}
	if !found(secret, "", "a/prefecture/index.html", "") {
		t.Error("not found in the name of a file")
	}
}

func TestWordsOfCodeTellNoRuns(t *testing.T) {
	p := New([]Text{{Text: "the template wrote all this"}})
	p.Words([]byte("the template wrote all this"))
	p.Ready()
	if !p.Search("x", []byte("a template")) {
		t.Error("a word of code was found")
	}
	if p.Search("x", []byte("the template wrote all this")) {
		t.Error("a run was not found")
	}
}

// A log has many words in common with a draft.
func TestBesideATextRunsTell(t *testing.T) {
	p := New([]Text{{Text: "the postgresql timeout was our own fault", Waits: true}, {Text: "Bluefin"}})
	p.Ready()
	if !p.SearchBeside("a.log", []byte("postgresql: timeout")) {
		t.Error("a word of a draft was found in a log")
	}
	for _, data := range []string{"postgresql timeout was our own", "bluefin"} {
		if p.SearchBeside("a.log", []byte(data)) {
			t.Errorf("%q was not found", data)
		}
	}
	if p.SearchBeside("postgresql.log", nil) {
		t.Error("a word was not found in a name")
	}
}

// What the program puts side by side, nobody said in one breath: the headings of
// a page in its table of contents, the fields of a report in a row.
func TestRunsOfAHeldFileStandInOneBlock(t *testing.T) {
	const held = `The draft of it all.

## What we are changing

## What we learned
There is more.

- [logins failed again](a.md)
* [mails were lost](b.md)

1. [disks were full](c.md)

> the last one of them
> goes on in a line

| 2026-11-20 | logins failed again | SEV2 |
`
	const public = "what we are changing. what we learned. there is more. the draft of it all. logins failed again. mails were lost. " +
		"disks were full. the last one of them. goes on in a line. sev2. 20. 11. md."
	for data, want := range map[string]bool{
		"what we are changing what we learned":            false,
		"what we learned there is more":                   false,
		"logins failed again mails were lost":             false,
		"mails were lost disks were full":                 false,
		"20 logins failed again sev2":                     false,
		"one of them goes on in":                          true,
		"what we are changing or not; the draft of it al": false,
	} {
		p := New([]Text{{Text: held, Held: true}})
		for said := range strings.SplitSeq(public, ". ") {
			p.Public([]byte(said))
		}
		p.Ready()
		if clean := p.Search("x.html", []byte(data)); clean == want {
			t.Errorf("%q: %v", data, p.Report())
		}
	}
}

func TestReport(t *testing.T) {
	p := New([]Text{{Text: "Bluefin", Pos: diag.Pos{File: "b.md", Line: 2, Column: 1}}, {Text: "Quokkas", Pos: diag.Pos{File: "a.md", Line: 9, Column: 1}}})
	p.Ready()
	for _, file := range []string{"z.html", "y.html", "x.html"} {
		p.Search(file, []byte("bluefin bluefin"))
	}
	p.Search("q", []byte("quokkas"))
	var got []string
	for _, d := range p.Report() {
		got = append(got, fmt.Sprintf("%s %s", d.Pos, d.Message))
	}
	want := `a.md:9:1 "Quokkas" is of an internal text, and would be published in "q"
b.md:2:1 "Bluefin" is of an internal text, and would be published in "x.html" and 2 more`
	if strings.Join(got, "\n") != want {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
}

func TestNothingInternalCostsNothing(t *testing.T) {
	if New(nil) != nil {
		t.Error("there is something to look for")
	}
}

// FuzzSearch holds that a text is found in itself, unless it says too little,
// and never where it is public.
func FuzzSearch(f *testing.F) {
	f.Add("Bluefin is late", 3)
	f.Add(`a\u00e9&amp;%C3%A9 b\nc`, 0)
	f.Add("数据库密码泄露 \xff\xfe", 1)
	f.Fuzz(func(t *testing.T, text string, _ int) {
		if found(text, text, "", text) {
			t.Errorf("%q is found where it is public", text)
		}
		p := New([]Text{{Text: text}})
		p.Ready()
		if clean := p.Search("", []byte(text)); clean && len(p.words) > 0 && !strings.Contains(text, "\x00") && len(text) < 4000 {
			s, same := splitter{emit: func(w word) {}}, false
			s.emit = func(w word) { same = same || p.words[w.hash] != nil }
			s.split([]byte(text))
			if same {
				t.Errorf("%q is not found in itself", text)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	var texts []Text
	for i := range 1000 {
		texts = append(texts, Text{Text: fmt.Sprintf("secret%d of the quick brown fox number%d jumps over", i, i)})
	}
	p := New(texts)
	page := []byte(strings.Repeat(`<p class="x">The quick brown dog &amp; the <a href="../x/">lazy fox</a> jump, again and again.</p>`+"\n", 300))
	p.Public(page)
	p.Ready()
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		p.Search("x.html", page)
	}
}

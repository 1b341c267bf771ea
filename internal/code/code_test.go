package code

import (
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// update rewrites what the tests expect: `make golden`.
var update = flag.Bool("update", false, "rewrite the expected parts of the samples")

// TestLanguages: the file can be read, no name stands for two languages, and
// what authors write is known.
func TestLanguages(t *testing.T) {
	all, err := readLanguages(languagesText)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(languagesText) {
		list, ok := strings.CutPrefix(line, "names: ")
		for name := range strings.FieldsSeq(list) {
			if ok && seen[name] {
				t.Errorf("%q is the name of two", name)
			}
			seen[name] = ok || seen[name]
		}
	}
	for _, name := range []string{"sh", "bash", "console", "yml", "js", "ts", "tsx", "py", "golang", "tf", "c++", "cs", "dockerfile", "makefile", "jsonc", "ps1", "rb"} {
		if Lookup(name) == nil {
			t.Errorf("%q is not known", name)
		}
	}
	for _, name := range []string{"http", "markdown", "log", "", "text", "ansi", "output", "mermaid"} {
		if Lookup(name) != nil {
			t.Errorf("%q is known", name)
		}
	}
	if len(all) < 230 {
		t.Errorf("only %d names", len(all))
	}
}

// TestLanguagesFile: mistakes in the file are told with their line.
func TestLanguagesFile(t *testing.T) {
	for text, want := range map[string]string{
		"== A\nform\n":               `languages.txt:2: "form" is no row`,
		"keywords: a\n":              `languages.txt:1: "keywords: a" is no row`,
		"== A\nlike: B\n":            `languages.txt:2: there is no "B" above`,
		"== A\ncolour: red\n":        `languages.txt:2: "colour" is no key`,
		"== A\nlead: red\n":          `languages.txt:2: "red" is no class`,
		"== A\nmark: $ red\n":        `languages.txt:2: a mark needs a class`,
		"== A\n# ok\n\nstring: \"\n": `languages.txt:4: string needs what opens and what closes it`,
		"== A\nform: poem\n":         `languages.txt:2: "poem" is no form`,
		"== A\n" + strings.Repeat("string: \" \"\n", maxPairs): `languages.txt:25: more than 23 pairs`,
	} {
		if _, err := readLanguages(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// samples are a text for each of the languages that people use most.
func samples(t testing.TB) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/samples.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for part := range strings.SplitSeq("\n"+string(data), "\n@@@") {
		name, text, _ := strings.Cut(part, "\n")
		if name != "" {
			texts[name] = text + "\n"
		}
	}
	return texts
}

// TestSamples compares the parts of the samples with testdata/parts.txt, where
// they stand as [class text].
func TestSamples(t *testing.T) {
	texts := samples(t)
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		l := Lookup(name)
		if l == nil {
			t.Fatalf("%q is not known", name)
		}
		b.WriteString("@@@" + name + "\n")
		at := 0
		for _, s := range l.AppendSpans(nil, texts[name]) {
			b.WriteString(texts[name][at:s.Start] + "⟦" + s.Class.String() + " " + texts[name][s.Start:s.End] + "⟧")
			at = s.End
		}
		b.WriteString(texts[name][at:])
	}
	if *update {
		if err := os.WriteFile("testdata/parts.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/parts.txt")
	if err != nil {
		t.Fatal(err)
	}
	wantLines := strings.Split(string(want), "\n")
	for i, line := range strings.Split(b.String(), "\n") {
		if i >= len(wantLines) || line != wantLines[i] {
			t.Fatalf("line %d: %s\nwant %s", i+1, line, wantLines[min(i, len(wantLines)-1)])
		}
	}
}

// TestColours: the text that has something of everything is coloured in every
// language.
func TestColours(t *testing.T) {
	text := "a: \"b\" # c\n\tif (x < 1) { return 'y' } /* z */\n\n<p class=a>é &amp;</p>\n$ echo ${A}\n+ 1 {{ x }}\n% if\n"
	for name, l := range languages() {
		if spans := read(t, l, text); len(spans) == 0 {
			t.Errorf("%s is not coloured", name)
		}
	}
}

// read reads a text, and checks what is so of every text: parts stand in their
// order within it, and no more is looked at than a multiple of it.
func read(t testing.TB, l *Language, text string) []Span {
	t.Helper()
	x := lexer{Language: l, text: text, first: true}
	x.read()
	at := 0
	for _, s := range x.spans {
		if s.Start < at || s.End <= s.Start || s.End > len(text) || s.Class == Plain || int(s.Class) >= len(names) {
			t.Fatalf("%s: %v behind %d in %.200q", l.name, s, at, text)
		}
		at = s.End
	}
	if x.looked > 12*len(text)+100 {
		t.Fatalf("%s looks %d times at a byte: %.200q", l.name, x.looked/max(len(text), 1), text)
	}
	return x.spans
}

// TestLinear: texts that begin things and never end them cost no more a byte
// than any others. Bytes are counted, not time.
func TestLinear(t *testing.T) {
	var pieces []string
	all := slices.Compact(slices.SortedFunc(maps.Values(languages()), func(a, b *Language) int { return strings.Compare(a.name, b.name) }))
	for _, l := range all {
		for _, list := range l.openers {
			for _, o := range list {
				pieces = append(pieces, o.open, o.open+"a", o.open+`\`, o.open+" ", o.open+"\n", o.close+" "+o.open)
			}
		}
	}
	pieces = append(pieces, "<<A\n", "<<'A' ", "a b ", "a: ", "- ", "\"\"", "'' ", "a=", "<a ", "<a b=\"", "<script>", "</", "{{", "{{ x", "1.", "0x", "$ a\\\n", "|\n ", "&a ", "    ", "--- \n", "a\t", "é", "\\\"", "x:\n", "[", "{", "{a: ")
	slices.Sort(pieces)
	pieces = slices.Compact(pieces)
	for _, l := range all {
		for _, piece := range pieces {
			read(t, l, strings.Repeat(piece, 1+600/len(piece)))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, l := range all {
		for range 20 {
			var b strings.Builder
			for b.Len() < 2000 {
				b.WriteString(strings.Repeat(pieces[random.IntN(len(pieces))], 1+random.IntN(40)))
			}
			read(t, l, b.String())
		}
	}
}

// TestLargest: what is larger than anybody reads is plain.
func TestLargest(t *testing.T) {
	text := strings.Repeat("return 1\n", MaxSize/9)
	if Lookup("go").AppendSpans(nil, text) == nil || Lookup("go").AppendSpans(nil, text+text) != nil {
		t.Error("the limit is not kept")
	}
}

func FuzzSpans(f *testing.F) {
	all := slices.Sorted(maps.Keys(languages()))
	for name, text := range samples(f) {
		f.Add(uint8(slices.Index(all, name)), text)
	}
	f.Fuzz(func(t *testing.T, number uint8, text string) {
		read(t, Lookup(all[int(number)%len(all)]), text)
	})
}

// BenchmarkSpans reads the samples, about twelve lines each.
func BenchmarkSpans(b *testing.B) {
	texts := samples(b)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.Run(name, func(b *testing.B) {
			l, text := Lookup(name), texts[name]
			var spans []Span
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				spans = l.AppendSpans(spans[:0], text)
			}
		})
	}
}

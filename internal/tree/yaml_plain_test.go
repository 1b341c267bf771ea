package tree

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"publish/internal/diag"
)

// plainCases are what the quick reader is for, and what it must leave alone.
var plainCases = []struct {
	text  string
	plain bool
}{
	{"title: A\ndate: 2020-01-21 16:40\nempty:\nnull: ~\nx: null\ny: -5\nz: <<\n", true},
	{"# c\n\na: x # c\nb: x#y\nc: \"x\" # c\nd: 'it''s: # x'\ne: \"a \\\"b\\\" \\\\\\\"\"\n", true},
	{"tags: [a, b c, \"d, e\", 'f', ~, é, g]\nnone: []\nmore: [é,b] # c\n", true},
	{"a:\n- x\n- y: 1\n  z: 2\n-   w: 3\n    v:\n    u:\n      - 4\nb:\n  c:\n    d: 1\n  e: 2\nf:\n", true},
	{"a:\n  - x\n\n  # c\n - y\n", false},
	{"é: 1\n", false},
	{"a: 1", true},
	{"a: 1\n\n  \n#\n", true},
	{"a: http://x/y?z=1#a\nb: 10:30\nc: a - b\nd: x's \"y\"\n", true},
	{"a: |\n  x\n", false},
	{"a: x\n  y\n", false},
	{"a: [x,\n  y]\n", true},
	{"a:\n  b: [x, # c\n y]\n", false},
	{"a:\n  b: [x,  \n\n  # c\n y, [z,\n é], \"v\"] # d\n  c: 1\nd:\n- [\n  u]\n- e: [t,\n s]\n  f: r\n", true},
	{"a: [x,\ny]\n", false},
	{"a: [x\n  ,y]\n", false},
	{"a: [x,\n  y\n  ]\n", false},
	{"a: [x,\n  - y]\n", false},
	{"a: [x,\n", false},
	{"a: \"x\n  y\"\n", false},
	{"a: &x 1\nb: *x\n", false},
	{"a: !!str 1\n", false},
	{"a: {b: 1, c-d: 'e, f' ,g: \"h\", null: ~ } # i\nj:\n  - {k: l m, n: 2016-03-04}\n  - {k: x}\n", true},
	{"a: {}\n", false},
	{"a: {b}\n", false},
	{"a: {b: }\n", false},
	{"a: {b: 1,}\n", false},
	{"a: {b: 1, b: 2}\n", false},
	{"a: {b: {c: 1}}\n", false},
	{"a: {b: [c]}\n", false},
	{"a: {b: 10:30}\n", false},
	{"a: {b: 1\n  }\n", false},
	{"a: {b:1}\n", false},
	{"a: [[b, c], [], [[d]]]\n", true},
	{"a: [[b] c]\n", false},
	{"a: " + strings.Repeat("[", 11) + strings.Repeat("]", 11) + "\n", false},
	{"c: [d: e]\n", false},
	{"a: b: c\n", false},
	{"a: b:\n", false},
	{"a: 1\na: 2\n", false},
	{"a:\n  b: 1\n c: 2\n", false},
	{"a: - b\n", false},
	{"a:\n  - - b\n", false},
	{"a:\n  -\n  - b\n", false},
	{"a: 1\n---\nb: 2\n", false},
	{"a: 1\n...\n", false},
	{"a:\tb\n", false},
	{"a: \"\\n\"\n", false},
	{"a: \"x\\u00A0\\u202fy\\\"\\\\ \\u0022\\\\u\"\n", true},
	{"a: \"\\u00A\"\nb: \"\\u+0A0\"\n", false},
	{"a: \"\\uD83D\\uDE42\"\n", false},
	{"a: \"\\uFDD4\"\n", false},
	{"a: \"\\u0009\"\n", false},
	{"a: \"\\x20\"\n", false},
	{"a: @b\n", false},
	{"- a\n", false},
	{" a: 1\n", false},
	{"a: 1\r\nb: 2\r\n", false},
	{"a: x\u2028y\n", false},
	{"a: x\ufeff\n", false},
	{"\"a\": 1\n", false},
	{"a b: 1\n", false},
	{"<<: x\n", false},
	{"a: [x]y\n", false},
	{"a: \"x\"#\n", false},
	{"a: [x, ]\nb: [, x]\n", false},
	{"a:\n  b: 1\n- c\n", false},
	{"a:\n- b\n  - c\n", false},
	{"a: x\n- c\n", false},
}

func TestPlainYAML(t *testing.T) {
	for _, c := range plainCases {
		if got := agrees(t, c.text); got != c.plain {
			t.Errorf("%q: read by the quick reader: %v, want %v", c.text, got, c.plain)
		}
	}
}

// agrees compares the quick reader with the library, and says whether it read
// the text at all.
func agrees(t *testing.T, text string) bool {
	r := &yamlReader{reader: reader{file: "f", line: 7, syntax: diag.FrontMatterSyntax}, text: text}
	if r.blank() {
		return false
	}
	used := new(Scratch)
	for range 2 { // memory that has held another tree
		used.ParseYAML("f", 1, []byte(matter), diag.FrontMatterSyntax)
	}
	got, ok := r.plainYAML(used)
	if len(r.list) > 0 {
		t.Errorf("%q: the quick reader reports %s", text, told(r.list))
	}
	if !ok {
		return false
	}
	want, list := r.libraryYAML()
	if len(list) > 0 {
		t.Errorf("%q: the library reports %s", text, told(list))
	}
	if g, w := sketch(got), sketch(want); g != w {
		t.Errorf("%q:\n got %s\nwant %s", text, g, w)
	}
	return true
}

func FuzzPlainYAML(f *testing.F) {
	for _, c := range plainCases {
		f.Add(c.text)
	}
	for _, c := range yamlCases {
		f.Add(c.text)
	}
	for _, c := range yamlProblemCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) { agrees(t, text) })
}

// matter is front matter of the usual kind, about 1.5 KB.
var matter = "title: \"Profile: expired certificate after upgrade\"\ndate: 2024-12-05T00:39:31Z\nseverity: SEV4\nservices:\n  - svc-09\n  - svc-26\ntags: [a, b, c]\ntimeline:\n" +
	strings.Repeat("  - at: \"2024-12-05T00:39:31Z\"\n    kind: started\n    text: \"The certificate had been renewed on disk but the process never reloaded it.\"\n", 12)

func BenchmarkParseYAML(b *testing.B) {
	b.SetBytes(int64(len(matter)))
	b.ReportAllocs()
	for b.Loop() {
		ParseYAML("f", 2, []byte(matter), diag.FrontMatterSyntax)
	}
}

// TestPlainYAMLCost: the library makes 1 000 allocations of this.
func TestPlainYAMLCost(t *testing.T) {
	if got := testing.AllocsPerRun(10, func() { ParseYAML("f", 2, []byte(matter), diag.FrontMatterSyntax) }); got > 60 {
		t.Errorf("%.0f allocations for the front matter of a report, want at most 60", got)
	}
}

// TestPlainYAMLAtRandom compares the two on texts put together from what the
// quick reader looks at, in lines that mostly make sense.
func TestPlainYAMLAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(words []string) string { return words[random.IntN(len(words))] }
	starts := []string{"a: ", "b: ", "c:", "d-1: ", "_e:  ", "f: ", "- ", "- g: ", "-   h: ", "- i:", "# ", "", "null: ", "j: [", "k: \"", "l: '"}
	usual := []string{"", "x", "x y", "é", "12:30", "a:b", "\"q\"", "'s'", "[v, w]", "[\"a, b\", 'c', é]", "[]", "{v: w, u: 'x'}", "{o: p q}", "{o: \"p\" , n: ~}", "~", "NULL", "-1", "- x", "x # y", "x#y", "it's", "\"\\\"\"", "''''", "\u00a0", "🙂", "\"é\" # z", "[a ,b] #c", "null null", "[v,\n  w]", "[[v, w],\n\n # c\n   [\n u]]", "[\"v\",\n 'w', [x,\n y]]", "\"\\u00A0\"", "[\"\\u20ac\", u ,\n \"\"]"}
	odd := []string{": ", ":", "#", "]", "\"", "'", ",", "?", "[", "{", "}", "&a", "*a", "!b", "|", ">", "%", "@", "`", "\\", "-", "--", "---", "...", "<<", "=", "$x", "(y)", " ", "\"a\"#", "[a:b]", "[a b: c]"}
	plain := 0
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(5) {
			b.WriteString(strings.Repeat(" ", max(0, random.IntN(8)-3)))
			b.WriteString(pick(starts))
			b.WriteString(pick(usual))
			if random.IntN(6) == 0 {
				b.WriteString(pick(odd))
			}
			b.WriteString(pick([]string{"\n", "\n", "\n", "\n", "\n", "\n", "\n\n", " \n", "]\n", "\"\n", "'\n", ""}))
		}
		if agrees(t, b.String()) {
			plain++
		}
		if t.Failed() {
			return
		}
	}
	if plain < 500 {
		t.Errorf("only %d texts were read by the quick reader", plain)
	}
}

// TestPlainData: the words of the languages, which nearly every command reads, are
// written so that the quick reader knows them.
func TestPlainData(t *testing.T) {
	files, err := filepath.Glob("../locale/languages/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !agrees(t, string(text)) {
			t.Errorf("%s is left to the library, which takes ten times as long", file)
		}
	}
}

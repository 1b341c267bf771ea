package markdown

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// parsersAgree compares what the parser without bare addresses reads with what
// the whole one does, twice, since writers are used again.
func parsersAgree(t *testing.T, text string) (plain bool) {
	for _, o := range []Options{{}, {Profile: Feed}, {Dialect: Jekyll, DropTitle: true}} {
		src := newSource([]byte(text), o)
		if parserFor(src.text) != plainParser() {
			continue
		}
		plain = true
		want, wantDiags := parseWith(theParser(), newSource([]byte(text), o), o, new(Room))
		room := new(Room)
		for range 2 {
			got, diags := parseWith(plainParser(), newSource([]byte(text), o), o, room)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q\n got %+v\nwant %+v", text, got, want)
			}
			if !reflect.DeepEqual(diags, wantDiags) {
				t.Errorf("%q\n got %v\nwant %v", text, diags, wantDiags)
			}
		}
	}
	return plain
}

var noAddresses = []string{
	"# A\n\nWords, (words) *and _words_* ~~gone~~ a\\ b \\(c) &amp; d &\\ e\nx  \ny\\\nz `a b` ![c d](e f) [g *h i*](j \"k l\")\n",
	"> [!NOTE]\n> a b\n\n- [ ] c d\n- [x] e\n\n![a b](c.png)\n*d e*\n\n| a b | c |\n|--|--|\n| d | e f |\n",
	"a < b > c <br> <i>d e</i> <- x [redacted: y z] [[redacted: a]] :smile: [^1] f_g_h (i\n\n[^1]: j k\n\nterm\n: means it\n",
	"((a (b\n* c (d)_ e\n~ f ~g~\n\n***a b** c*\n",
}

func TestPlainParser(t *testing.T) {
	for _, text := range noAddresses {
		if !parsersAgree(t, text) {
			t.Errorf("%q: the whole parser was asked", text)
		}
	}
	for _, text := range []string{"a b@c.org", "see http://a.org", "www.a.org", "a <!-- b", "a   \nb", "a\t \nb", "a \t"} {
		if parsersAgree(t, text) {
			t.Errorf("%q: the parser without addresses was asked", text)
		}
	}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for c := range strings.SplitSeq(string(data), "\n=== ") {
			parsersAgree(t, c)
		}
	}
}

// TestPlainParserAtRandom puts fragments together, always the same ones.
func TestPlainParserAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	plain := 0
	for range 4000 {
		var b strings.Builder
		for range 1 + random.IntN(20) {
			b.WriteString(fragments[random.IntN(len(fragments))])
			if random.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		if parsersAgree(t, b.String()) {
			plain++
		}
		if t.Failed() {
			return
		}
	}
	if plain < 1000 {
		t.Errorf("only %d texts were read without looking for addresses", plain)
	}
}

func FuzzPlainParser(f *testing.F) {
	for _, text := range noAddresses {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1<<12 {
			parsersAgree(t, text)
		}
	})
}

package markdown

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"publish/internal/block"
)

// goldmarks is the parser with goldmark's own parts, which looks for everything
// everywhere.
var goldmarks = sync.OnceValue(func() parser.Parser {
	return newParser(parts{
		heading:     parser.NewATXHeadingParser(parser.WithHeadingAttribute()),
		list:        parser.NewListParser(),
		paragraph:   parser.NewParagraphParser(),
		definitions: parser.LinkReferenceParagraphTransformer,
		table:       extension.NewTableParagraphTransformer(),
	})
})

// usedRoom is a Room in which many texts have been read.
var usedRoom = roomWithBlocks()

// roomWithBlocks gives a Room that has no nodes to use again.
func roomWithBlocks() *Room { return &Room{blocks: make([]block.Block, 1)} }

// parsersAgree compares what our parser reads with what goldmark's does, twice,
// since writers and nodes are used again.
func parsersAgree(t *testing.T, text string) {
	for _, o := range []Options{{}, {Profile: Feed}, {Dialect: Jekyll, DropTitle: true}} {
		want, wantDiags := parseWith(goldmarks(), newSource([]byte(text), o), o, roomWithBlocks())
		for range 2 {
			got, diags := parseWith(theParser(), newSource([]byte(text), o), o, usedRoom)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q\n got %+v\nwant %+v", text, got, want)
			}
			if !reflect.DeepEqual(diags, wantDiags) {
				t.Errorf("%q\n got %#v\nwant %#v", text, diags, wantDiags)
			}
			if o.Profile != Feed {
				continue
			}
			if html, want := usedRoom.FeedHTML([]byte(text), o, goldenResolve), want.AppendHTML(nil, goldenResolve); !bytes.Equal(html, want) {
				t.Errorf("%q\n got %q for feeds\nwant %q", text, html, want)
			}
		}
	}
}

var shortcutTexts = []string{
	"see http://a.org (www.b.org), c@d.org and \"http://e\" f:g@h.org *http://i.org* (j@k.org) http-l www. @m\nn@o.org p\nhttps://q.org/r_s_t u\\ http://v.org\n",
	"a <!-- b", "a   \nb", "a\t \nb", "a \t", "a\\\\\\\nb *c*\n", "> a\\  \n> b *c* d\n", "a\\\n*b* c \\@ d", "<!-- a\n\n<!--b-->c <!--\n",
	"# A\n\nWords, (words) *and _words_* ~~gone~~ a\\ b \\(c) &amp; d &\\ e\nx  \ny\\\nz `a b` ![c d](e f) [g *h i*](j \"k l\")\n",
	"> [!NOTE]\n> a b\n\n- [ ] c d\n- [x] e\n\n![a b](c.png)\n*d e*\n\n| a b | c |\n|--|--|\n| d | e f |\n",
	"a < b > c <br> <i>d e</i> <- x [redacted: y z] [[redacted: a]] :smile: [^1] f_g_h (i\n\n[^1]: j k\n\nterm\n: means it\n",
	"((a (b\n* c (d)_ e\n~ f ~g~\n\n***a b** c*\n",
	"a\\ b*c*\\\nd \\\ne *f*  \n  g: h: *i\\* j k*\n\n## a {#b}\n\n## c { d\n\n## \n\n[a]: b\n[c]: <d> 'e'\n\n  [a] is [c]: x\n",
	"- a b  \n  c d\n> e f\ng h\n>\n>     i j\n> k  \n> l\n\n- m\n\n  n o\n\tp q\n1. r: s\n\n    t\n\na\n===\nb c \n---\n",
}

// tableTexts are tables, and what is nearly one.
var tableTexts = []string{
	"| a | b |\n|---|:-:|\n| c | d |\n| e\n| f | g | h |\n||\n|\ni", "a | b\n:-|-:\n*c* | `d|e`\n", "a|b\n-|-\n`c\\|d`|e\\|f\n", "a | b | c\n-|-\n",
	"x\na|b\n-|-\nc|d\n", "> |a|b|\n> |-|-|\n>\t|c|d|\ne|f\n", "- a|b\n  -|-\n  c||d\n", "|a|\n|::-|\n", "|a|\n||-|\n", "|a|\n:\n", "|a|\n|-|-|\n|b|\n", "a\n--|\n    b|c",
	"\t |a|\n |-|\n\t|b|", "|a |\n    |-|", "  |a|\n   |-|  \n  b|", "|  |\n|--|\n|  |\n", "|a|b|\n|-|- -|\n", "[a]: b\n|c|\n|-|\n|[d][a]|", "|a|\n|-|\n\n|b|c|\n|-|-|\n|d|",
}

// tableFragments are what tables are made of, besides wordFragments.
var tableFragments = strings.Split("|/|/|/| / |-|---|:--|--:|:-:|:/-/::/\n/\n/|\n|/\n|--|--|\n/\n-|-\n/a/b c/`d/`/*e*/\\|/\\/\t/    /> /- /\n\n/é/\n|-|-|\n|f|g|\n", "/")

func TestShortcuts(t *testing.T) {
	for _, text := range slices.Concat(shortcutTexts, tableTexts) {
		parsersAgree(t, text)
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

// wordFragments are what running text is made of, besides fragments.
var wordFragments = strings.Split("a|b c|d, e.|(f) |h@i.org|@|http://j.org/k|www.l.org|www.|http|ftp://m|:| |  |   |\t|\\|\\\\|\\\n|  \n|   \n|\t\n|\f\n|\n|\n|\n> |\n- |\n  |\n\n|"+
	"\"|'|!|_|*|**|`|~~|<|>|[|]|(|)|&amp;|&|é|—|\u00a0|{|}|#|## |\n# |[n]: o|:smile:|a_b|<!--|-->|<b>|h|w|f||\n===\n|\n    |=|.|1. |\n--:\n|\n:-- \n|a\n-\n-:\n", "|")

// TestShortcutsAtRandom puts fragments together, always the same ones.
func TestShortcutsAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 12000 {
		from := [][]string{wordFragments, fragments, tableFragments}[i%3]
		var b strings.Builder
		for range 1 + random.IntN(20) {
			b.WriteString(from[random.IntN(len(from))])
			if i%4 != 0 && random.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		parsersAgree(t, b.String())
		if t.Failed() {
			return
		}
	}
}

// TestPlainIDs holds the ids of ASCII against those of any text.
func TestPlainIDs(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	signs := strings.Split("a|Bc|9|-|_| |\n|\t|\x00|\x7f|.|:|\"|'|<|&|é|e\u0301|İ|日|\u00a0|\ufffd|\xff", "|")
	plain := 0
	for range 20000 {
		var text string
		for range random.IntN(6) {
			text += signs[random.IntN(len(signs))]
		}
		if got, want := slug(text), slugOfAny(strings.TrimSpace(text)); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if got, want := cleanID(text), cleanAnyID(text); got != want {
			t.Errorf("the id %q becomes %q, want %q", text, got, want)
		}
		if text != "" && cleanID(text) == text {
			plain++
		}
	}
	if plain < 500 {
		t.Errorf("%d ids are clean", plain)
	}
}

func FuzzShortcuts(f *testing.F) {
	for _, text := range slices.Concat(shortcutTexts, tableTexts) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1<<12 {
			parsersAgree(t, text)
		}
	})
}

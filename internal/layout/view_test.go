package layout

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"iter"
	"reflect"
	"strings"
	"testing"
)

// The view of the tests has a field of every sort that layouts may meet.
type view struct {
	Inner
	*Deep
	Name, Empty, Odd string
	Kind             kind
	HTML             template.HTML
	URL              template.URL
	Link             string
	Attr             template.HTMLAttr
	CSS              template.CSS
	JS               template.JS
	Yes, No          bool
	Zero, Seven      int
	Minus            int8
	Byte             uint8
	Big              uint64
	Half, NaN        float64
	None             *item
	One              *item
	Two              **item
	Text             *string
	NoText           *string
	Self             item
	Items            []item
	Pointers         []*item
	Nothing          []item
	Words            []string
	Pair             [2]string
	Grid             [][]int
	Tree             []node
	PointerToList    *[]string
	Bytes            []byte
	Map              map[string]string
	Any              any
	NilAny           any
	Chan             chan int
	Sequence         iter.Seq[int]
	Func             func() string
	Speaks           speaker
	SpeaksByPointer  shy
	Wrong            fault
	Error            error
	Rank             rank
	Letters          letters
	hidden           string
	Struct           struct{ A, B string }
}

type Inner struct {
	Deepest
	InInner string
}

type Deepest struct{ InDeepest string }

func (Deepest) Said() string { return "said <b>" }

type Deep struct{ InDeep string }

func (d *Deep) Method() string { return d.InDeep + "!" }

type (
	kind    string
	letters []string
	rank    int
	fault   struct{ What string }
	speaker struct{ What string }
	shy     struct{ What string }
)

func (r rank) String() string    { return fmt.Sprintf("rank <%d>", int(r)) }
func (f fault) Error() string    { return "fault & " + f.What }
func (s speaker) String() string { return "speaks <" + s.What + ">" }
func (s *shy) String() string    { return "shy & " + s.What }
func (l letters) First() string  { return l[0] }
func (l *letters) Count() int    { return len(*l) }
func (k kind) Shout() string     { return strings.ToUpper(string(k)) }
func (k *kind) Whisper() string  { return strings.ToLower(string(*k)) }

type item struct {
	Title string
	Rank  int
	Next  *item
	Tags  []string
}

func (i item) Upper() string              { return strings.ToUpper(i.Title) }
func (i *item) Pointer() string           { return "p" + i.Title }
func (i item) Plus(n int) int             { return i.Rank + n }
func (i item) Add(words ...string) string { return i.Title + strings.Join(words, "+") }
func (i item) Fail(on bool) (string, error) {
	return i.Title, map[bool]error{true: errors.New("fails")}[on]
}
func (i item) Panic() string          { panic("panics") }
func (i *item) Again() *item          { return i }
func (i item) All() []item            { return []item{i, i} }
func (i item) Three() (int, int, int) { return 1, 2, 3 }

type node struct {
	Name  string
	Below []node
}

func testView() *view {
	text, words := "a & b", []string{"x", "y"}
	one := &item{Title: "one <1>", Rank: 1, Tags: []string{"a", "b"}}
	one.Next = &item{Title: "next", Rank: 2}
	return &view{
		Inner: Inner{Deepest{"deepest"}, "inner"}, Deep: &Deep{"deep"},
		Name: "N&<me> \"q\" 'a' +1", Odd: "a\x00b\xffc\u2028=`\ufdd0\t\n é", Kind: "Kind<",
		HTML: "<b class=\"x>y\">bold &amp; \"q\"</b> + 'a'", URL: "javascript:x(1)&b=%41%", Link: "javascript:alert(1)",
		Attr: `title="x"`, CSS: "color: red", JS: "x()",
		Yes: true, Seven: 7, Minus: -8, Byte: 9, Big: 1 << 63, Half: 0.5, NaN: nan(),
		One: one, Two: &one, Text: &text, Self: item{Title: "self", Rank: 3},
		Items: []item{{Title: "i0"}, {Title: "i1", Rank: 1, Tags: []string{"t"}}, {Title: "i2", Rank: 2}}, Pointers: []*item{one, nil},
		Words: []string{"w0", "w<1>", ""}, Pair: [2]string{"p0", "p1"}, Grid: [][]int{{1, 2}, {}, {3}},
		Tree:          []node{{"a", []node{{"aa", nil}, {"ab", []node{{"aba", nil}}}}}, {"b", nil}},
		PointerToList: &words, Bytes: []byte("bytes"), Map: map[string]string{"k": "v"}, Any: "any <",
		Sequence: func(yield func(int) bool) { _ = yield(1) && yield(2) }, Func: func() string { return "f" },
		Speaks: speaker{"s"}, SpeaksByPointer: shy{"y"}, Wrong: fault{"f"}, Error: errors.New("err <"), Rank: 4,
		Letters: letters{"l"}, hidden: "h",
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

// functionsOfTest are what layouts of the tests can call.
var functionsOfTest = template.FuncMap{
	"t": func(key string, args ...any) string {
		if key == "panic" {
			panic("a key")
		}
		return strings.TrimSpace("[" + key + "] <" + fmt.Sprint(args...) + ">")
	},
	"n":      func(key string, n int) string { return fmt.Sprintf("%s&%d", key, n) },
	"upper":  strings.ToUpper,
	"raw":    func(s string) template.HTML { return template.HTML(s) },
	"may":    func(s string) (string, error) { return s, map[bool]error{true: errors.New("may not")}[s == "no"] },
	"join":   func(words []string) string { return strings.Join(words, ",") },
	"titles": func(i *item) string { return i.Title },
	"values": func(i item) string { return i.Title },
	"any":    func() any { return "x" },
	"double": func(f float64) float64 { return 2 * f },
	"small":  func(n uint8) uint8 { return n },
	"not_":   func(b bool) bool { return !b },
}

// limitOfTest is how long a page of the tests may be.
const limitOfTest = 1 << 20

var errLimit = errors.New("too long")

type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > limitOfTest {
		return 0, errLimit
	}
	return l.Buffer.Write(p)
}

// execute gives a page by html/template.
func execute(text string, v any) (string, error) {
	t, err := template.New("base").Option("missingkey=error").Funcs(functionsOfTest).Parse(text)
	if err != nil {
		return "", err
	}
	var b limited
	err = t.Execute(&b, v)
	return b.String(), err
}

// outcome is what a program does.
type outcome int

const (
	made     outcome = iota // it makes the page
	refused                 // it was not compiled
	gaveBack                // it meets an error
)

// perform gives a page by a program, as far as it does.
func perform(text string, v any) (string, outcome, error) {
	t, err := template.New("base").Option("missingkey=error").Funcs(functionsOfTest).Parse(text)
	if err != nil {
		return "", refused, err
	}
	p, err := Compile(t, functionsOfTest, reflect.TypeOf(v))
	if err != nil {
		return "", refused, err
	}
	page, ok := p.Append([]byte("before"), v, limitOfTest)
	if !ok {
		return "", gaveBack, nil
	}
	return strings.TrimPrefix(string(page), "before"), made, nil
}

// agree fails where a program makes what html/template does not.
func agree(t *testing.T, text string, v any) outcome {
	t.Helper()
	want, failure := execute(text, v)
	got, did, _ := perform(text, v)
	switch {
	case did == made && failure != nil:
		t.Errorf("%s\ngot  %q\nwant the error %v", text, got, failure)
	case did == made && got != want:
		t.Errorf("%s\ngot  %q\nwant %q", text, got, want)
	case did == gaveBack && failure == nil && !strings.Contains(want, "/* json: "): // what is no JSON is left to html/template
		t.Errorf("%s\ngot nothing, want %q", text, want)
	}
	return did
}

package markdown

import (
	"reflect"
	"testing"
)

var sentences = []struct {
	text  string
	quick bool
}{
	{`Hello "big" world, it's 5 % (a/b); isn't it? No - never...`, true},
	{"Élodie a relancé l’équipe « base de données » à 9 h 21 — trop tard…", true},
	{"a", true},
	{"a  b", true},
	{"", false},
	{" a", false},
	{"a ", false},
	{"a\u00a0", false},
	{"a\nb", false},
	{"1. a", false},
	{"- a", false},
	{"see www.example.com", false},
	{"see http://example.com", false},
	{"me@example.com", false},
	{"a *b*", false},
	{"a_b_", false},
	{"a `b`", false},
	{"a [b](c)", false},
	{"a &amp; <b>", false},
	{"a :smile:", false},
	{"a \\. ~~b~~", false},
	{"a {{ b }}", false},
	{"a\x1b", false},
	{"a \xff", false},
	{"a\tb", false},
}

func TestSentence(t *testing.T) {
	for _, s := range sentences {
		if got := sentenceAgrees(t, s.text); got != s.quick {
			t.Errorf("%q: read at once: %v, want %v", s.text, got, s.quick)
		}
	}
	if sentence([]byte("a"), Options{}) != nil {
		t.Error("the profile of pages is read at once")
	}
}

// sentenceAgrees compares what is read at once with what the parser gives, and
// says whether the text was.
func sentenceAgrees(t *testing.T, text string) bool {
	for _, dialect := range []Dialect{Plain, Jekyll} {
		o := Options{File: "f", Line: 3, Profile: Feed, Dialect: dialect, DropTitle: true, Words: func(key string) string { return "the " + key }}
		got := sentence([]byte(text), o)
		if got == nil {
			return false
		}
		src := newSource([]byte(text), o)
		want, diags := parseWith(theParser(), src, o, new(Room))
		if len(diags) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v, %v", text, got, want, diags)
		}
	}
	return true
}

func FuzzSentence(f *testing.F) {
	for _, s := range sentences {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text string) { sentenceAgrees(t, text) })
}

package postmortem

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// FuzzInBrackets holds what is found in brackets against what an expression finds.
func FuzzInBrackets(f *testing.F) {
	expression := regexp.MustCompile(`[(\[（]([^()\[\]（）]*)[)\]）]`)
	for _, seed := range []string{"", "a (b) c", "((x) [y) z）", "（全角） and [half", ")(", "(a(b)c)", "［x］ (\xef)", "()[]", "\xef\xbc(x\xef\xbc)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got, want [][]string
		for inner, whole := range inBrackets(text) {
			got = append(got, []string{whole, inner})
		}
		want = expression.FindAllStringSubmatch(text, -1)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	})
}

// FuzzNextToken holds the short way through ASCII against that through any text, and
// what has no digit against the search for days.
func FuzzNextToken(f *testing.F) {
	for _, seed := range []string{"", "a b", "a1 2b", "é 12", "x５月3日", "12:30 Uhr", "Monday, the third", "翌日 10:00", "- - a", "\xff1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for at := 0; at < len(text); {
			next := nextToken(text, at)
			if want := nextAny(text, at); next != want {
				t.Fatalf("%q: %d behind %d, want %d", text, next, at, want)
			}
			if d, _, firm, problem := scanDay(text[at:]); problem == NoProblem && (firm && d.day > 0 || d.month > 0) && !strings.ContainsAny(text, asciiDigits) {
				t.Fatalf("%q has the day %+v and no digit", text, d)
			} else if problem == NoProblem && firm && d.day > 0 && !mayBeginDay(text[at:]) {
				t.Fatalf("%q begins with no day, and is %+v", text[at:], d)
			}
			at = next
		}
	})
}

// FuzzUnknownMark holds the marks of a time that nobody knows, looked for by their
// first sign, against one expression for all of them.
func FuzzUnknownMark(f *testing.F) {
	all := regexp.MustCompile(`^(?:\d{1,2}:\?{1,2}|\?{1,2}:\d{2}|(?:--|\?\?|XX|xx|HH|hh):(?:--|\?\?|XX|xx|mm|MM)(?::(?:--|\?\?|ss|SS))?|\?{2,})`)
	for _, seed := range []string{"", "12:?", "1:??x", "?:30", "--:--", "HH:mm:ss", "???", "12:30", "1 :?", "xx:--:??"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := scanUnknownMark(text), len(all.FindString(text)); got != want {
			t.Errorf("%q: %d bytes, want %d", text, got, want)
		}
	})
}

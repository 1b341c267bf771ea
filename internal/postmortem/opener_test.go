package postmortem

import (
	"reflect"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestOpeners holds that no opener lacks a byte with which its pattern can begin.
func TestOpeners(t *testing.T) {
	for _, o := range []*opener{
		dottedClock, bareClock, kanjiClock, uhrClock, hourClock, letterHalf, unknownMark, halfUnknown, lastNumber, kanjiDate, monthFirst, lastDay,
		slashDate, slashDay, kanjiDay, packedDay, unknownDay, spacedDate, gluedDate, vagueClock, someOffset, partLength, bareHours, secondsEnd, startOffset, zeroOffset, clockOffset, closedPart, timeLike, leadingState,
	} {
		first, empty := firstBytes(t, o.pattern.String(), "")
		if empty {
			t.Errorf("%s matches an empty text", o.pattern)
		}
		for c, begins := range first {
			if begins && !o.first[c] {
				t.Errorf("%s may begin with %q, which is not listed", o.pattern, string(rune(c)))
			}
		}
		if !strings.HasPrefix(strings.TrimPrefix(o.pattern.String(), "(?i)"), "^") {
			t.Errorf("%s does not begin with ^", o.pattern)
		}
		if o.next != nil {
			holdNext(t, o)
		}
	}
}

// holdNext holds that no byte is missing of those with which a match can go on
// behind up to two digits and a blank.
func holdNext(t *testing.T, o *opener) {
	for _, lead := range []string{"", "7", "77", " ", "7 ", "77 ", "\n", "7\t", "77\r", "7\f"} {
		blank := strings.ContainsAny(lead, " \t\n\f\r")
		next, empty := firstBytes(t, o.pattern.String(), lead)
		if empty {
			t.Errorf("%s matches %q", o.pattern, lead)
		}
		for c, follows := range next {
			isLead := !blank && (strings.IndexByte(" \t\n\f\r", byte(c)) >= 0 || len(lead) < 2 && '0' <= c && c <= '9')
			if follows && !isLead && !o.next[c] {
				t.Errorf("%s: %q may stand behind %q, and is not listed", o.pattern, string(rune(c)), lead)
			}
		}
	}
}

// firstBytes are the bytes with which a match can go on behind a text with which it
// begins; empty says that it may end there.
func firstBytes(t *testing.T, pattern, lead string) (first [256]bool, empty bool) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	states := reached(prog, []uint32{uint32(prog.Start)})
	for _, r := range lead {
		var next []uint32
		for _, pc := range states {
			if inst := &prog.Inst[pc]; inst.Op != syntax.InstMatch && inst.MatchRune(r) {
				next = append(next, inst.Out)
			}
		}
		states = reached(prog, next)
	}
	for _, pc := range states {
		if prog.Inst[pc].Op == syntax.InstMatch {
			empty = true
			continue
		}
		for r := rune(0); r <= utf8.MaxRune; r++ {
			if prog.Inst[pc].MatchRune(r) {
				first[utf8.AppendRune(nil, r)[0]] = true
			}
		}
	}
	return first, empty
}

// reached are the instructions that look at a rune, or end, and can be come to.
func reached(prog *syntax.Prog, from []uint32) (states []uint32) {
	seen := map[uint32]bool{}
	var visit func(pc uint32)
	visit = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch inst := &prog.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			visit(inst.Out)
			visit(inst.Arg)
		case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
			visit(inst.Out)
		case syntax.InstFail:
		default:
			states = append(states, pc)
		}
	}
	for _, pc := range from {
		visit(pc)
	}
	return states
}

// TestScanPhrase holds the quick look at the first letters of a phrase against
// the search in the table alone.
func TestScanPhrase(t *testing.T) {
	texts := []string{"", "The cause", "vers 15h", "à partir de 9 h", "d'Angers", "d' 9 h", "o'clock", "o’clock", "TBC", "T-B-C", "un known", "nextday", "next day, 9:00", "next\u00a0day", "nächster Tag", "ca. 9", "c 9", "ｃａ", "頃", "＆ ongoing", "a", "á", "a\u0301 9", "Mitternacht"}
	for _, table := range times().tables {
		for key := range table.meanings {
			texts = append(texts, key, strings.ToUpper(key), key+" 9:00", key[:len(key)/2]+" "+key[len(key)/2:], key+".")
		}
	}
	for heading, table := range times().tables {
		for _, text := range texts {
			meaning, size := scanPhrase(heading, text)
			if wantMeaning, wantSize := table.scan(text); meaning != wantMeaning || size != wantSize {
				t.Errorf("[%s] %q: %q, %d; the table says %q, %d", heading, text, meaning, size, wantMeaning, wantSize)
			}
			w := word(text)
			if got, want := timeWord(heading, w), table.of(w); got != want {
				t.Errorf("[%s] %q means %q; the table says %q", heading, w, got, want)
			}
		}
	}
}

// FuzzHopeless holds the quick look at the first word of a line against the whole
// grammar of times.
func FuzzHopeless(f *testing.F) {
	for _, text := range []string{"The cause", "t+5", "Mai 5, 2021 9:00", "(hh:mm)", "**Noon** x", "to 9:00", "à 9 h", "Été", "sun", "T0", "d'9 h", "Xx:xx", "Fr, 3.5.", "Day 2", "9:21", "31: mai 2021", "10:11/12", "1:2-3-2021"} {
		f.Add(text)
	}
	for _, table := range times().tables {
		for key := range table.meanings {
			f.Add(key)
			f.Add(strings.ToUpper(key) + " 9:00")
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, problem := scanNarrow(text, nil)
		scanner := &timeScanner{text: text}
		want, wantProblem := scanner.scan(scanner.open())
		if problem != wantProblem || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %d; the whole grammar says %+v, %d", text, got, problem, want, wantProblem)
		}
		if _, _, _, problem := scanAnyDay(text); beginsClock(text) && problem != NotMoment {
			t.Errorf("%q begins with a clock, and with a day: %v", text, problem)
		}
		if d, _, _, problem := scanDay(text); hopeless(text) && problem != NotMoment {
			t.Errorf("%q begins with the day %+v: %v", text, d, problem)
		}
	})
}

// FuzzFold holds the folding of ASCII against that of any text.
func FuzzFold(f *testing.F) {
	f.Add("We are confident that the root cause was data loss. What went well: nothing")
	f.Add("Resolved_When it\tis-over, Café")
	f.Fuzz(func(t *testing.T, s string) {
		if got, ok := appendFold(nil, s); ok && string(got) != foldAny(s) {
			t.Errorf("%q: %q, any text %q", s, got, foldAny(s))
		}
		for name, list := range phrases() {
			if words := list.inWords(" " + plainWords(s) + " "); words != nil && !list.mayHold(s) {
				t.Errorf("[%s] %q holds %q", name, s, words)
			}
			wantMeaning, wantRest := list.beginsWords(plainWords(s) + " ")
			if meaning, rest := list.begins(s); meaning != wantMeaning || rest != wantRest {
				t.Errorf("[%s] %q begins with %q before %q, not %q before %q", name, s, meaning, rest, wantMeaning, wantRest)
			}
			if got, want := list.is(s), list.whole[plainWords(s)]; got != want {
				t.Errorf("[%s] %q means %q, not %q", name, s, got, want)
			}
			if got, want := list.in(s), list.inWords(" "+plainWords(s)+" "); !slices.Equal(got, want) {
				t.Errorf("[%s] %q: %q, not %q", name, s, got, want)
			}
		}
		if got, want := labels().is(s), labels().whole[plainWords(s)]; got != want {
			t.Errorf("%q is the label %q, not %q", s, got, want)
		}
		if got, want := saysNothing(s), plainWords(s) == "" || phrases()["nothing"].whole[plainWords(s)] != ""; got != want {
			t.Errorf("%q says nothing: %v, not %v", s, want, got)
		}
	})
}

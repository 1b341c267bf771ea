package locale

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// FuzzPieces holds the pieces of a heading against what an expression parts, as
// far as they have words.
func FuzzPieces(f *testing.F) {
	separator := regexp.MustCompile(`[:：,、，/|&+;；・()（）]|\s-\s|[–—]|\.\s`)
	for _, seed := range []string{"", "1. Impact - what broke", "a - - b. - c", "Cause/effect (more)", "原因：何か", "x.\u00a0y -z", "a\v-\vb -\xff- c"} {
		f.Add(seed)
	}
	words := func(pieces []string) (folded []string) {
		for _, piece := range pieces {
			if words := Fold(piece); words != "" {
				folded = append(folded, words)
			}
		}
		return folded
	}
	f.Fuzz(func(t *testing.T, heading string) {
		if got, want := words(slices.Collect(pieces(heading))), words(separator.Split(heading, -1)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	})
}

// FuzzMayHold holds that no heading has a role that is not asked for its names: the
// site's own names, of which few begin so, as well as the known ones.
func FuzzMayHold(f *testing.F) {
	for line := range strings.Lines(headings) {
		_, heading, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		f.Add(heading)
	}
	for _, seed := range []string{
		"1.2timeline", "a.Timeline (what we saw)", "<b>x</b>impact:", "4th of july update", "xtimeline 机", "我们的时间线", "Wir und die Ursache(n)",
		"(s)chronologie", "09:00 the alarm rang (storage)", "x)\u0301impact", ">\u0338cause", "Ⅳ. Impact", "⑴impact", "\xff-\xffimpact",
	} {
		f.Add(seed)
	}
	own := NewOwnNames(map[Role][]string{RoleImpact: {"Who felt it", "谁"}, RoleTimeline: {"=Log"}}).names
	f.Fuzz(func(t *testing.T, heading string) {
		for _, names := range []*headingNames{knownNames(), own} {
			want, whole := names.asWhole(heading)
			if !whole {
				want = names.findAmong(heading)
			}
			if got := names.find(heading); got != want {
				t.Errorf("%q: %q, want %q", heading, got, want)
			}
		}
	})
}

// FuzzUndecorated holds what is taken away from a heading against what expressions
// find.
func FuzzUndecorated(f *testing.F) {
	closing := regexp.MustCompile(`\s*[(\[（【〔].*[)\]）】〕][\s:：.。#*]*$`)
	for _, seed := range []string{
		"Cause(s) (what) [we] know):", ":bug: Impact (n)", "<b>Impact</b> )", "a (b\n (c) .", "a \t(b]: ", "(es)", "原因（仮）。", "x (e)", "\xff(\xff)", "Impact (",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, heading string) {
		if !mayBeDecorated(heading) && decoration.MatchString(heading) {
			t.Errorf("%q is decorated", heading)
		}
		want := -1
		if at := closing.FindStringIndex(heading); at != nil {
			want = at[0]
		}
		if got := closedAt(heading); got != want {
			t.Errorf("%q: closed at %d, want %d", heading, got, want)
		}
	})
}

// FuzzUnspaced holds the names within a text without spaces against those that are
// looked for from each of its letters.
func FuzzUnspaced(f *testing.F) {
	for line := range strings.Lines(headings) {
		_, heading, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		f.Add(heading)
	}
	f.Fuzz(func(t *testing.T, heading string) {
		n, part := knownNames(), Fold(heading)
		letters := []rune(strings.ReplaceAll(part, " ", ""))
		want, length := NoRole, 0
		for from := range letters {
			for to := from + 1; to <= min(len(letters), from+n.unspaced) && strings.ContainsFunc(part, Unspaced); to++ {
				role, ok := n.within[string(letters[from:to])]
				if ok && (role == noneRole || len(letters)-(to-from) <= maxOtherLetters) && (to-from > length || to-from == length && before(role, want)) {
					want, length = role, to-from
				}
			}
		}
		if got := n.findUnspaced(part); got != want {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	})
}

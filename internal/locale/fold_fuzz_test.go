package locale

import "testing"

// FuzzAppendFold holds the folding of ASCII against that of any text.
func FuzzAppendFold(f *testing.F) {
	f.Add("  Cause(s) : the Disk ", 5)
	f.Add("été", 3)
	f.Add("Où l’été – ça… ½ №\u00a0e\u0301 œ İ ﬁ", 9)
	f.Fuzz(func(t *testing.T, s string, most int) {
		want := foldAny(s)
		if got := Fold(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
		switch b, rest := AppendFold(nil, s, most); {
		case rest == "" && string(b) != want:
			t.Errorf("%q: %q, not %q", s, b, want)
		case most >= 0 && len(b) > most && len(want) < len(b):
			t.Errorf("%q: %q is longer than all of it, %q", s, b, want)
		}
	})
}

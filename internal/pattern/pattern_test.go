package pattern

import "testing"

// TestLazy: nothing is compiled before it is needed, and then once.
func TestLazy(t *testing.T) {
	made := 0
	p, word := Of(func() string { made++; return "a+" }), New(`^\w+`)
	if made != 0 || p.compiled != nil || word.compiled != nil {
		t.Error("a pattern is compiled that nobody asked")
	}
	if !p.MatchString("caab") || p.FindString("caab") != "aa" || made != 1 {
		t.Errorf("made %d times", made)
	}
	if first := word.Regexp(); word.FindString("ab cd") != "ab" || first != word.Regexp() {
		t.Error("not that of regexp")
	}
}

package pattern

import (
	"reflect"
	"testing"
)

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

// TestHolding: what is decided without the expression is what it would say.
func TestHolding(t *testing.T) {
	text := `([(（]?)(\d+)[?？]`
	plain, quick := New(text), Holding("?？", text)
	for _, s := range []string{"", "12", "a 12 b", "12?", "(12？ 3?", "\xff\xef\xbc?", "12\xef\xbc"} {
		for name, result := range map[string]func(p *Pattern) any{
			"Find":                       func(p *Pattern) any { return p.Find([]byte(s)) },
			"FindAllIndex":               func(p *Pattern) any { return p.FindAllIndex([]byte(s), -1) },
			"FindString":                 func(p *Pattern) any { return p.FindString(s) },
			"FindStringSubmatch":         func(p *Pattern) any { return p.FindStringSubmatch(s) },
			"FindAllStringSubmatchIndex": func(p *Pattern) any { return p.FindAllStringSubmatchIndex(s, -1) },
			"MatchString":                func(p *Pattern) any { return p.MatchString(s) },
			"ReplaceAllString":           func(p *Pattern) any { return p.ReplaceAllString(s, "<$2>") },
			"Split":                      func(p *Pattern) any { return p.Split(s, -1) },
		} {
			if got, want := result(quick), result(plain); !reflect.DeepEqual(got, want) {
				t.Errorf("%s of %q: %v, want %v", name, s, got, want)
			}
		}
	}
}

package diag

import (
	"slices"
	"testing"
)

func TestPosString(t *testing.T) {
	for want, pos := range map[string]Pos{
		"": {}, "a.md": {File: "a.md"}, "a.md:3": {File: "a.md", Line: 3}, "a.md:3:2": {"a.md", 3, 2},
	} {
		if got := pos.String(); got != want {
			t.Errorf("%#v: got %q, want %q", pos, got, want)
		}
	}
}

func TestSortDoesNotDependOnTheOrderOfWork(t *testing.T) {
	want := sample()
	want.Report(FieldType, Pos{"a.md", 1, 1}, "", "one")
	want.Report(FieldUnknown, Pos{"a.md", 1, 1}, "first hint", "two")
	want.Report(FieldUnknown, Pos{"a.md", 1, 1}, "second hint", "two")
	want.Sort()
	for i := 1; i < len(want); i++ {
		if want[i].File < want[i-1].File {
			t.Fatalf("%v stands after %v", want[i].Pos, want[i-1].Pos)
		}
	}
	got := slices.Concat(want, want)
	slices.Reverse(got)
	got.Sort()
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestCount(t *testing.T) {
	l := sample()
	if e, w, n := l.Count(Error), l.Count(Warning), l.Count(Note); e != 2 || w != 3 || n != 3 {
		t.Errorf("got %d errors, %d warnings, %d notes", e, w, n)
	}
	if !l.HasErrors() || (List{}).HasErrors() {
		t.Error("HasErrors is wrong")
	}
}

func TestErrorList(t *testing.T) {
	for want, list := range map[string]List{
		"no diagnostics":         {},
		"no base":                {{Message: "no base"}},
		"layouts/x.html:2: gone": {{Pos: Pos{"layouts/x.html", 2, 0}, Message: "gone"}},
	} {
		if got := (&ErrorList{list}).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEveryCodeHasALevelAndAMeaning(t *testing.T) {
	seen := map[Code]bool{}
	for _, c := range codes {
		if c.Level == Off || c.Means == "" || c.Code.Level() != c.Level || seen[c.Code] {
			t.Errorf("%q: level %v, means %q, twice: %v", c.Code, c.Level, c.Means, seen[c.Code])
		}
		seen[c.Code] = true
	}
	if n := len(Codes(Error)) + len(Codes(Warning)) + len(Codes(Note)); n != len(codes) {
		t.Errorf("Codes gives %d of %d codes", n, len(codes))
	}
	if Code("no-such").Level() != Off {
		t.Error("a code that does not exist has a level")
	}
}

func TestRelevel(t *testing.T) {
	at := func(code Code, file string) Diagnostic {
		return Diagnostic{Pos: Pos{File: file}, Code: code, Level: code.Level()}
	}
	rules := []Rule{
		{AltMissing, Off, "content/old/"},
		{AltMissing, Error, ""},
		{AltMissing, Note, "content/*/new.md"},
		{DateMissing, Warning, ""},
	}
	for _, test := range []struct {
		name string
		in   Diagnostic
		want Level
	}{
		{"for all files", at(AltMissing, "content/a.md"), Error},
		{"a folder goes before all files", at(AltMissing, "content/old/b/a.md"), Off},
		{"a folder's name is whole", at(AltMissing, "content/older/a.md"), Error},
		{"a pattern", at(AltMissing, "content/x/new.md"), Note},
		{"the later of two paths", at(AltMissing, "content/old/new.md"), Note},
		{"an error lowered", at(DateMissing, "content/a.md"), Warning},
		{"no rule", at(Encoding, "content/a.md"), Error},
	} {
		got := List{test.in}.Relevel(rules)
		if test.want == Off && len(got) == 0 {
			continue
		}
		if len(got) != 1 || got[0].Level != test.want {
			t.Errorf("%s: got %v, want level %v", test.name, got, test.want)
		}
	}
}

func TestNearest(t *testing.T) {
	fields := []string{"severity", "services", "start", "id", "time_to_detect", "tags", "embargo"}
	for word, want := range map[string]string{
		"severty": "severity", "Severity": "severity", "sevreity": "severity", "service": "services",
		"time-to-detect": "time_to_detect", "timetodetekt": "time_to_detect", "tag": "tags", "embrago": "embargo",
		"stat": "start", "owner": "", "x": "", "to": "", "": "", "büros": "",
	} {
		if got := Nearest(word, fields); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

package diag

import (
	"fmt"
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	var l List
	for i := range 6 {
		l.Report(LinkBroken, Pos{"a.md", i + 1, 1}, "", "%d", i)
		l.Report(AltMissing, Pos{"b.md", i + 1, 1}, "", "%d", i)
		if i < 4 {
			l.Report(AltMissing, Pos{"a.md", i + 1, 1}, "", "%d", i)
		}
	}
	l.Sort()
	var got strings.Builder
	for _, d := range l.Fold(3) {
		fmt.Fprintf(&got, "%s:%d %s %s\n", d.File, d.Line, d.Code, d.Message)
	}
	const want = `a.md:1 alt-missing 0
a.md:1 link-broken 0
a.md:2 alt-missing 1
a.md:2 link-broken 1
a.md:3 alt-missing 2
a.md:3 link-broken 2
a.md:4 alt-missing 3
a.md:4 link-broken there are 3 more of this in the file, from here on
b.md:1 alt-missing 0
b.md:2 alt-missing 1
b.md:3 alt-missing 2
b.md:4 alt-missing there are 3 more of this in the file, from here on
`
	if got.String() != want {
		t.Errorf("got\n%s", got.String())
	}
	if list := l.Fold(20); len(list) != len(l) {
		t.Errorf("%d of %d are left", len(list), len(l))
	}
}

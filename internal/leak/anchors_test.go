package leak

import (
	"slices"
	"strings"
	"testing"
)

// FuzzAnchors holds the search for all anchors at once against the one for each of
// them at each place. Beside the anchors of rules.txt there are others, a line each.
func FuzzAnchors(f *testing.F) {
	for _, r := range rules().list {
		f.Add(cook(r.example, 1), "", "")
	}
	for _, text := range []string{"", "q", "Qq", "qQQ", "x q", "xqq", "xqqq", "\xff\xc3\xa9Q", "qqqqqQQQQQ"} {
		f.Add(text, "q\nqQ\nqqq\n\xff\nqqqq", "Q\nqq\nQQq\né\n\xff\xc3")
	}
	// More bytes than there are classes, as a site's own hosts may have.
	var single, triple []string
	for c := range 256 {
		single = append(single, string([]byte{byte(c)}))
		triple = append(triple, string([]byte{byte(c), byte(255 - c), byte(c)}))
	}
	f.Add(strings.Join(triple, ""), strings.Join(triple, "\n"), strings.Join(single, "\n"))
	f.Add(strings.Join(single, ""), "", strings.Join(single, "\n"))
	f.Fuzz(func(t *testing.T, text, exact, others string) {
		list := slices.Concat([]*rule{{anchors: lines(exact), exact: true}}, rules().list, []*rule{{anchors: lines(others)}})
		var got [][2]int
		newAnchors(list).each([]byte(text), func(rule, start int) { got = append(got, [2]int{rule, start}) })
		if want := anchorsIn(text, list); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}

// lines are the lines of a text, without the empty ones.
func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return line == "" })
}

// anchorsIn is what each should find: the rule and the place of every anchor.
func anchorsIn(text string, list []*rule) (found [][2]int) {
	for start := range len(text) {
		for n, r := range list {
			for _, anchor := range r.anchors {
				here := text[start:min(len(text), start+len(anchor))]
				if here == anchor || !r.exact && inLower(here) == inLower(anchor) {
					found = append(found, [2]int{n, start})
				}
			}
		}
	}
	return found
}

// inLower makes letters of ASCII small, and leaves all other bytes as they are.
func inLower(text string) string {
	small := []byte(text)
	for i, c := range small {
		if 'A' <= c && c <= 'Z' {
			small[i] += 'a' - 'A'
		}
	}
	return string(small)
}

package content

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// TestHints holds the search for several words against that for each.
func TestHints(t *testing.T) {
	words := []string{"nternal", "edact", "aaaab", "hidden", "display:"}
	h := newHints(words...)
	random := rand.New(rand.NewPCG(5, 6))
	found := 0
	pieces := append([]string{"n", "nter", "a", "aaaa", "b", "{", "%", "hid", "den", " ", "\n", "é", "!x", "INTERNA", "L", "The rest of it. "}, words...)
	for range 20_000 {
		var text []byte
		for range random.IntN(8) {
			piece := pieces[random.IntN(len(pieces)-random.IntN(2)*len(words))]
			if random.IntN(4) == 0 {
				piece = strings.ToUpper(piece)
			}
			text = append(text, piece...)
		}
		want := -1
		for _, w := range words {
			if at := bytes.Index(bytes.ToLower(text), []byte(w)); at >= 0 && (want < 0 || at < want) {
				want = at
			}
		}
		if want >= 0 {
			found++
		}
		if got := h.index(text); got != want {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	}
	if found < 2000 || found > 18_000 {
		t.Errorf("%d of the texts hold a word", found)
	}
}

// FuzzOtherForms holds what is found on lines with a hint against what is found
// in the whole text.
func FuzzOtherForms(f *testing.F) {
	for _, seed := range []string{
		"", "![a](b.png){: .internal}\n\n{:.internal}\nx\n::: INTERNAL\n", "```{.private\nx\n~~~ Redacted\n", "!!! internal\n> [!CONFIDENTIAL]\n%% /private",
		"[x]: # (internal)\n[//]: <> \"redacted\"", "{% if site.internal %}{%- endinternal\n{{< /private\n<%# redact\n{/* /redact", "[[/internal]] </private-x >",
		"<p class='a internal b' data-internal=true>\n<p\nhidden>\n<div hidden ><b STYLE=\"a; display: none\">", "the internal\nprivate\nhidden display: edact",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, want := findOtherForms(text), otherForms.FindAllIndex(text, -1); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: found at %v, want %v", text, got, want)
		}
	})
}

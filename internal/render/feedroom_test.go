package render

import (
	"strings"
	"testing"
)

// takeTest gives the content that texts of these lengths get, newest first.
func takeTest(t *testing.T, texts ...string) []string {
	t.Helper()
	room := newFeedRoom()
	var contents []string
	for _, text := range texts {
		e := &feedEntry{url: "https://status.example/a/?b&c", language: "en", summary: "1 < 2"}
		contents = append(contents, room.take(e, func() string { return text }))
	}
	return contents
}

const readOn = `<p><a href="https://status.example/a/?b&amp;c">Read the rest on the site</a></p>` + "\n"

func TestFeedContentIsCapped(t *testing.T) {
	text := "<p>" + strings.Repeat("x", maxEntryContent-7) + "</p>"
	got := takeTest(t, text, text, text, text[:len(text)-100], text, "<p>small</p>")
	for i, content := range got {
		want := text
		switch {
		case i == 3:
			want = text[:len(text)-100]
		case i > 3:
			want = "<p>1 &lt; 2</p>\n" + readOn
		}
		if content != want {
			t.Errorf("text %d has %d bytes, want %d", i, len(content), len(want))
		}
	}
}

// A text that is too long for one entry ends with a whole block.
func TestGiantEntryIsShortened(t *testing.T) {
	small := "<p>One <a title=\"a > b\" href=\"/x\">li<br>nk</a>.</p>\n<ul>\n<li>item</li>\n</ul>"
	giant := "<pre><code>" + strings.Repeat("log line &lt;p&gt;\n", maxEntryContent/10) + "</code></pre>"
	for name, c := range map[string]struct{ text, want string }{
		"blocks before a giant":   {small + "\n" + giant + "<p>end</p>", small + readOn},
		"one giant block":         {giant, "<p>1 &lt; 2</p>\n" + readOn},
		"a quote that never ends": {small + "<img alt=\"" + giant, small + readOn},
	} {
		if got := takeTest(t, c.text)[0]; got != c.want {
			t.Errorf("%s: %.300s (%d bytes)", name, got, len(got))
		}
	}
	many := strings.Repeat("<p>A paragraph.</p>\n", maxEntryContent/10)
	got, cut := strings.CutSuffix(takeTest(t, many)[0], readOn)
	if !cut || !strings.HasSuffix(got, "</p>") || len(got) > maxEntryContent || len(got) < maxEntryContent-40 {
		t.Errorf("of many paragraphs %d bytes are left", len(got))
	}
}

// FuzzWholeBlocks: what is cut off a text never leaves an element open that the
// text closes.
func FuzzWholeBlocks(f *testing.F) {
	for _, seed := range []string{"", "<p>a</p><p>b</p>", "<ul><li>a</ul>", "a < b", "<p title='>'>", "</p></p><p>", "<br/><hr>x<p>y</p>"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, text string, max int) {
		head := wholeBlocks(text, max)
		if !strings.HasPrefix(text, head) || len(head) > 0 && len(head) > max {
			t.Errorf("%q of %q has more than %d bytes", head, text, max)
		}
	})
}

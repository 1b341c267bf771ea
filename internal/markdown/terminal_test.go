package markdown

import (
	"strings"
	"testing"
)

func TestTerminal(t *testing.T) {
	for _, c := range []struct{ name, language, code, want string }{
		{"a colour and its end", "ansi", "a \x1b[31mred\x1b[0m b", `a <span class="ansi-red">red</span> b`},
		{"bare reset", "ansi", "\x1b[1mx\x1b[my", `<span class="ansi-bold">x</span>y`},
		{"bright is the same", "ansi", "\x1b[92mok\x1b[39m.", `<span class="ansi-green">ok</span>.`},
		{"a ground turns the text around", "ansi", "\x1b[97;41m FAIL \x1b[0m", `<span class="ansi-red ansi-inverse"> FAIL </span>`},
		{"several at once, over lines", "ansi", "\x1b[1;4;33mone\ntwo\x1b[22;24m three", "<span class=\"ansi-yellow ansi-bold ansi-underline\">one\ntwo</span><span class=\"ansi-yellow\"> three</span>"},
		{"256 colours", "ansi", "\x1b[38;5;196mx\x1b[38;5;240my", `<span class="ansi-red">x</span>y`},
		{"all colours", "ansi", "\x1b[38;2;20;200;210mx\x1b[0m", `<span class="ansi-cyan">x</span>`},
		{"equal looks are one", "ansi", "\x1b[31ma\x1b[31mb", `<span class="ansi-red">ab</span>`},
		{"other sequences go", "ansi", "a\x1b[2K\x1b[1Gb\x1b]8;;https://example.org\x1b\\link\x1b]8;;\ac\x1b(Bd\x1b7e", "ablinkcde"},
		{"cut short", "ansi", "a\x1b[31", "a"},
		{"cut short in a line", "ansi", "a\x1b]0;title\nb\x1b", "a\nb"},
		{"nonsense", "ansi", "\x1b[?25lx\x1b[38mx\x1b[38;5mx\x1b[48;2;1mx\x1b[999999999999999999999mx\x1b[;;mx", "xxxxxx"},
		{"tags stay text", "ansi", "\x1b[31m<b>&\x1b[0m", `<span class="ansi-red">&lt;b&gt;&amp;</span>`},
		{"other control characters are shown", "ansi", "a\x07b", "a␇b"},
		{"a log", "log", "\x1b[31mERROR\x1b[0m x", `<span class="ansi-red">ERROR</span> x`},
		{"no language", "", "\x1b[31mERROR\x1b[0m x", `<span class="ansi-red">ERROR</span> x`},
		{"a program keeps its own", "go", "// \x1b[0m", `<span class="c">// ␛[0m</span>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, _ := parsed(t, "```"+c.language+"\n"+c.code+"\n```\n", Options{})
			out := string(doc.AppendHTML(nil, goldenResolve))
			if _, inner, _ := strings.Cut(out, "<code"); !strings.HasSuffix(inner, ">"+c.want+"\n</code></pre>\n") &&
				!strings.HasSuffix(inner, ">"+strings.TrimSuffix(c.want, "</span>")+"\n</span></code></pre>\n") {
				t.Errorf("%s, want %s", out, c.want)
			}
			if strings.ContainsRune(out+doc.Text(), escape) {
				t.Error("an escape character is left")
			}
		})
	}
}

// TestTerminalText: what recognisers and feeds read has no sequences, and a
// mark stands within a coloured stretch.
func TestTerminalText(t *testing.T) {
	const text = "```ansi\n10:00 \x1b[31mdown 10:05\x1b[0m up\n```\n"
	doc, _ := parsed(t, text, Options{})
	if got := doc.Blocks[0].Text; got != "10:00 down 10:05 up\n" && got != "10:00 down 10:05 up" {
		t.Errorf("the block is %q", got)
	}
	at := strings.Index(doc.Blocks[0].Text, "10:05")
	marked := doc.Mark([]Mark{{Block: 1, Start: at, End: at + 5, ID: "e", Datetime: "2024-01-01T10:05Z"}})
	want := `<span class="ansi-red">down <span id="e"><time datetime="2024-01-01T10:05Z">10:05</time></span></span> up`
	if out := string(marked.AppendHTML(nil, goldenResolve)); !strings.Contains(out, want) {
		t.Errorf("%s lacks %s", out, want)
	}
	feed, _ := parsed(t, text, Options{Profile: Feed})
	if out := string(feed.AppendHTML(nil, goldenResolve)); !strings.Contains(out, "<code>10:00 down 10:05 up\n") {
		t.Errorf("in a feed: %s", out)
	}
}

// FuzzTerminal: nothing of a sequence reaches a page, and every stretch is within
// the text, in order.
func FuzzTerminal(f *testing.F) {
	for _, s := range []string{
		"a \x1b[31mred\x1b[0m b", "\x1b[38;5;196mx\x1b[38;2;1;2;300my\x1b[38;5m", "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\a", "\x1b", "\x1b[", "\x1b]0;x\ny",
		"\x1b[99999999999999999999m", "\x1b[;;;m\x1b[1:2:3m", "\x1bPq\x1b\\", "\x1b\x1b[1mx", "\x1b(B\xff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, looks := readTerminal(raw)
		if strings.ContainsRune(text, escape) {
			t.Errorf("%q keeps an escape character: %q", raw, text)
		}
		at := 0
		for _, l := range looks {
			if l.end <= at || l.end > len(text) {
				t.Fatalf("%q: a stretch from %d to %d of %d bytes", raw, at, l.end, len(text))
			}
			at = l.end
		}
		if at != len(text) {
			t.Errorf("%q: the stretches end at %d of %d bytes", raw, at, len(text))
		}
		var w writer
		w.styled(text, looks)
		written := string(w.shownDoc().AppendHTML(nil, nil))
		if strings.Count(written, "<span") != strings.Count(written, "</span>") || strings.Count(written, "<") != 2*strings.Count(written, "<span") {
			t.Errorf("%q is written as %q", raw, written)
		}
	})
}

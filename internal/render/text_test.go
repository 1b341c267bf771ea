package render

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"publish/internal/locale"
)

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"plain, été, 日本, 🔥, \u00a0x":  "plain, été, 日本, 🔥, \u00a0x",
		"two\nlines\tand a tab":       "two\nlines\tand a tab",
		"\x1b[1;31mred\x1b[0m \x1b[K": "red ",
		"\x1b]8;;https://x.example/\x1b\\link\x1b]8;;\x1b\\": "link",
		"\x1b]0;title\x07rest":                               "rest",
		"an open \x1b]8;;https:// code":                      "an open ]8;;https:// code",
		"a lone \x1bescape":                                  "a lone escape",
		"nul\x00 bell\x07 vt\x0b cr\r":                       "nul bell vt cr",
		"del\x7f c1\u0085\u009b":                             "del c1",
		"non\ufffe\uffff\ufdd0\U0001fffe":                    "non",
		"bad\xff\xfeutf8":                                    "bad\ufffd\ufffdutf8",
	} {
		if got := cleanText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanText(f *testing.F) {
	for _, seed := range []string{"\x1b[31mx\x1b[0m", "\x1b\x1b[[31m", "\x1b]8;;\x1b\x1b\\", "\ufffe", "\xff", "a\r\nb", "]]>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cleanText(s)
		if !utf8.ValidString(got) || strings.IndexFunc(got, unfit) >= 0 {
			t.Errorf("%q is not clean", got)
		}
		var back string
		if err := xml.Unmarshal([]byte("<a><![CDATA["+strings.ReplaceAll(got, "]]>", "]]]]><![CDATA[>")+"]]></a>"), &back); err != nil || back != got {
			t.Errorf("%q comes back from XML as %q, %v", got, back, err)
		}
		if again := cleanText(got); again != got {
			t.Errorf("%q cleaned again is %q", got, again)
		}
	})
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"Deployed the update, at 09:21.":  "Deployed the update, at 09:21.",
		"restarted `api` at **once**":     "restarted api at once",
		"see [the post](../x.md) & co":    "see the post & co",
		"  spaces around \n":              "spaces around",
		"8 000 mails":                     "8 000 mails",
		"an \x1b[31merror\x1b[0m":         "an error",
		"from 09:21 to 10:30":             "from 09:21 to 10:30",
		"5 % (17.7 of 410), \"quoted\" é": "5 % (17.7 of 410), \"quoted\" é",
	} {
		if got := plainText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// What is taken for plain text without being parsed must say the same when it
// is parsed.
func TestMaybeMarkdown(t *testing.T) {
	for in, want := range map[string]bool{
		"": false, "Deployed": false, "09:21 deployed": false, "2021-04-29": true, "2021 was a year": false,
		"1. one": true, "1) one": true, "- item": true, "+ item": true, "a - b": false, "# head": true, "a *b*": true, ":warning: x": true,
	} {
		if got := maybeMarkdown(in); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

// A day in a list below its month is its number; all parts are the day as it is
// written anywhere else.
func TestMonthDay(t *testing.T) {
	for _, lang := range locale.Languages() {
		w := words{locale.For(lang)}
		for day := time.Date(2023, 12, 30, 0, 0, 0, 0, time.UTC); day.Year() < 2025; day = day.AddDate(0, 0, 1) {
			got := w.monthDay(day)
			if strings.TrimRight(got.Number, "er") != fmt.Sprint(day.Day()) || got.Before+got.Number+got.After != w.ShortDate(day) {
				t.Errorf("%s: %s is %q", lang, day.Format(time.DateOnly), got)
			}
		}
	}
}

package render

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/pattern"
	"publish/internal/site"
)

// terminalCodes matches what programs write to colour a terminal and to make
// links in it (ECMA-48 §5.4 and xterm's OSC): pasted logs bring it along.
var terminalCodes = pattern.New(`\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b<]*(?:\x07|\x1b\\)`)

// shownCodes are the same as package markdown shows them on pages.
var shownCodes = pattern.Holding("␛", `␛\[[0-?]*[ -/]*[@-~]|␛\][^␇␛<]*(?:␇|␛\\)`)

// cleanText drops terminal codes and every character that XML 1.0 (§2.2)
// forbids or advises against: one such byte makes a whole feed unreadable. It
// works on plain text and on HTML alike.
func cleanText(s string) string {
	if isPlain(s) || utf8.ValidString(s) && strings.IndexFunc(s, unfit) < 0 {
		return s
	}
	s = terminalCodes.ReplaceAllLiteralString(s, "")
	return strings.Map(func(r rune) rune {
		if unfit(r) {
			return -1
		}
		return r
	}, s)
}

// isPlain says of most texts in English, without a look at Unicode, that nothing in
// them is unfit.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' || c >= 0x7f {
			return false
		}
	}
	return true
}

func unfit(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n'
	case r >= 0x7f && r <= 0x9f:
		return true
	}
	return r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// plainText reduces a Markdown text of the front matter to plain text.
func plainText(text string) string {
	text = cleanText(strings.TrimSpace(text))
	if maybeMarkdown(text) {
		doc, _ := markdown.Parse([]byte(text), markdown.Options{Line: 1, Words: func(key string) string { return key }})
		text = cleanText(strings.TrimSpace(doc.Text()))
	}
	return text
}

// maybeMarkdown tells texts that surely say the same as Markdown and as plain
// text, which are most, from those that have to be parsed.
func maybeMarkdown(s string) bool {
	if strings.ContainsAny(s, "\\`*_[]<>&~#|\n") || strings.Count(s, ":") > 1 {
		return true
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	return s != "" && strings.ContainsAny(s[digits:min(digits+1, len(s))], ".)-+")
}

// plainTexts reduces each text of a list and drops the empty ones. It is never
// nil, since lists are always there in the data.
func plainTexts(texts []string) []string {
	list := make([]string, 0, len(texts))
	for _, text := range texts {
		if text = plainText(text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// siteName is the site's title; a site without one is called by its kind.
func siteName(s *site.Site) string {
	return cmp.Or(cleanText(s.Title), locale.For(s.Language).T("site_title"))
}

// summaryText is the summary as plain text: that of the front matter is
// Markdown, one taken from the body is plain already.
func summaryText(p *site.Page) string {
	if p.Meta().Summary != "" {
		return plainText(p.Meta().Summary)
	}
	return cleanText(p.Excerpt())
}

// countermeasureID names the countermeasure at an index of its list, for the
// data and for the anchors of the page alike.
func countermeasureID(i int) string { return fmt.Sprintf("cm-%d", i+1) }

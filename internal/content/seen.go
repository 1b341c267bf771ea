package content

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// What the site's patterns hide or forbid is looked for twice: in the source,
// where it can be replaced, and here in what readers see of it, where signs
// that nobody sees, another form of a letter, marks of Markdown and escapes no
// longer matter.

// seen is a text as a reader sees it: without signs that are not seen, each
// letter in its common form, one blank between words.
func seen(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsSpace(r) || r == 0x2800: // the blank of Braille
			gap = true
			continue
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r), r == 0x34F, r == 0x115F, r == 0x1160, r == 0x3164:
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// Names gives a function that says whether a name of a file, or an address,
// says what a redaction of the site hides: in any case, and without the accents
// and blanks that names mostly lack.
func Names(r config.Redaction) func(name string) bool {
	folded := fold(r.Text)
	pattern := regexp.MustCompile("(?i)" + r.Pattern) // config has tried it
	return func(name string) bool {
		if folded != "" && strings.Contains(fold(name), folded) {
			return true
		}
		return pattern.MatchString(name) || pattern.MatchString(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	}
}

// said is a text with its place.
type said struct {
	text string
	pos  diag.Pos
}

// stillSays reports what the site's patterns match once the text is read:
// words that Markdown puts together, that were escaped, or that hold signs
// which nobody sees.
func (d *reader) stillSays() {
	if d.internal || !d.hides() || d.kept() {
		return
	}
	texts := d.shown()
	d.forgotten(texts)
	for _, r := range d.redactions {
		if at := find(texts, r.pattern, r.seen); at != nil {
			d.diags.Report(diag.LeakInternal, at.pos, "write it in one piece, without marks or escapes within, or wrap it: `<!-- redact: REASON -->`…`<!-- /redact -->`",
				"what `redact` hides for the reason %q is still in the text: marks or escapes divide it in the source", r.reason)
		}
	}
	for i, pattern := range d.patterns {
		if !d.told[i] {
			if at := find(texts, pattern, pattern); at != nil {
				d.sayForbidden(at.pos, pattern)
			}
		}
	}
}

// hides says that there is something to look for in what readers see.
func (d *reader) hides() bool {
	return len(d.redactions) > 0 || len(d.patterns) > 0 || len(d.reasons) > 0
}

// maxForgotten is how many redactions of a text are looked for elsewhere in it.
const maxForgotten = 100

// forgotten warns of wrapped words that stand elsewhere in the same text, in
// clear. It is no error, since a redaction may be of a common word.
func (d *reader) forgotten(texts []said) {
	for i := range min(len(d.Cuts), maxForgotten) {
		c := &d.Cuts[i]
		words := strings.ToLower(seen(c.Text))
		if c.Redacted == "" || utf8.RuneCountInString(words) < 3 || strings.ContainsAny(words, "<[") {
			continue
		}
		for _, t := range texts {
			if holdsWord(strings.ToLower(t.text), words) {
				d.diags = append(d.diags, diag.Diagnostic{Pos: c.Pos, Level: diag.Warning, Code: diag.LeakInternal,
					Message: fmt.Sprintf("what is redacted here stands in clear on line %d", t.pos.Line),
					Hint:    "wrap it there too, or take the marks away"})
				break
			}
		}
	}
}

// holdsWord says that words stand in a text, and not only as a part of longer ones.
func holdsWord(text, words string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(behind) && !unicode.IsDigit(behind) {
			return true
		}
		from = at + len(words)
	}
}

// find is the first text that a pattern matches, nil if there is none.
func find(texts []said, pattern, seen *regexp.Regexp) *said {
	for i := range texts {
		if pattern.MatchString(texts[i].text) || seen.MatchString(texts[i].text) {
			return &texts[i]
		}
	}
	return nil
}

// shown are the texts of a document as readers see them, and its addresses.
func (d *reader) shown() (texts []said) {
	add := func(text string, pos diag.Pos) {
		texts = append(texts, said{seen(text), pos})
	}
	for i := range d.Body.Blocks {
		add(d.Body.Blocks[i].Text, d.Body.Blocks[i].Pos)
	}
	top := diag.Pos{File: d.Path, Line: 1, Column: 1}
	add(d.Body.Text(), top)
	add(d.Title, top)
	for _, l := range d.Body.Links {
		add(l.Text, l.Pos)
		add(l.Title, l.Pos)
		texts = append(texts, said{l.Dest, l.Pos})
		if plain, err := url.PathUnescape(l.Dest); err == nil && plain != l.Dest {
			add(plain, l.Pos)
		}
	}
	for _, v := range d.values {
		add(v.text, v.pos)
		if strings.ContainsAny(v.text, "*_`[<&\\~%") {
			doc, _ := markdown.Parse([]byte(v.text), markdown.Options{Profile: markdown.Feed})
			add(doc.Text(), v.pos)
			add(html.UnescapeString(v.text), v.pos)
			if plain, err := url.PathUnescape(v.text); err == nil {
				add(plain, v.pos)
			}
		}
	}
	return texts
}

// kept says that nothing of the document is published, whatever the day.
func (d *reader) kept() bool {
	m := d.Meta
	unfinished := d.Draft || m.Draft || m.Unpublished || m.Stage == postmortem.StageDraft || m.Stage == postmortem.StageReview
	return m.Audience == postmortem.AudienceInternal || m.Withdrawn != "" || unfinished && !d.drafts
}

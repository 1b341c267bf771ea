package content

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

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
	if d.internal || len(d.redactions) == 0 && len(d.patterns) == 0 || d.kept() {
		return
	}
	texts := d.shown()
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

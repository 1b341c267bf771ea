package render

import (
	"bytes"
	"html/template"
	"strings"
	"time"

	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// functions are what layouts can call: t gives the words of a key, n the words
// of a key in the plural form for a number, unbroken a text whose days are whole.
func functions(words *locale.Catalog) template.FuncMap {
	return template.FuncMap{
		"t": words.T,
		"n": words.N,

		"unbroken": unbroken,
	}
}

// trusted is the one place where bytes become HTML that html/template does not
// escape: only what package markdown wrote may come here.
func trusted[T []byte | string](html T) template.HTML { return template.HTML(html) }

// words writes values in one language.
type words struct{ *locale.Catalog }

// when writes a moment in full.
func (w words) when(m postmortem.Moment) When {
	if !m.Known() {
		return When{Text: cleanText(m.Written)}
	}
	return When{w.whenText(m), m.String()}
}

// whenText is what when writes for people.
func (w words) whenText(m postmortem.Moment) string {
	switch {
	case !m.Known():
		return cleanText(m.Written)
	case m.Precision == postmortem.Day:
		return w.about(w.Date(m.Time), m.Approximate)
	}
	return w.about(w.DateTime(m.Time, m.Zoned), m.Approximate)
}

// day writes a moment's day without its year.
func (w words) day(m postmortem.Moment) When {
	return When{w.ShortDate(m.Time), m.DateString()}
}

// monthDay parts a day as ShortDate writes it into its number and its month, by the
// name of the month, which a language writes first or last.
func (w words) monthDay(t time.Time) MonthDay {
	text, month := w.ShortDate(t), w.ShortMonth(t.Month())
	at := strings.Index(text, month)
	if at == 0 {
		number := strings.TrimLeft(text[len(month):], " ")
		return MonthDay{Before: text[:len(text)-len(number)], Number: number}
	}
	number, _, _ := strings.Cut(text, " ")
	return MonthDay{Number: number, After: text[len(number):]}
}

// clock writes a moment's time of day: seconds too if the author gave them,
// the day where nothing more is known.
func (w words) clock(m postmortem.Moment) When {
	if m.Precision == postmortem.NoTime {
		return When{Text: cleanText(m.Written)}
	}
	return When{w.clockText(m), m.String()}
}

// clockText is what clock writes for people, of a moment that is known.
func (w words) clockText(m postmortem.Moment) string {
	switch {
	case m.Precision == postmortem.Day:
		return w.about(w.ShortDate(m.Time), m.Approximate)
	case m.Precision == postmortem.Second && m.Time.Second() != 0:
		return w.about(m.Time.Format("15:04:05"), m.Approximate)
	}
	return w.about(w.Clock(m.Time), m.Approximate)
}

// after writes a moment that follows another: on the same day of the same
// zone the time of day is enough.
func (w words) after(first, m postmortem.Moment) When {
	if sameDay(first, m) && m.Precision != postmortem.Day && first.Precision != postmortem.Day {
		return w.clock(m)
	}
	return w.when(m)
}

func (w words) about(text string, approximate bool) string {
	if approximate {
		return w.T("about", text)
	}
	return text
}

// duration writes a length of time: in words and figures where it could be
// read, else as the author wrote it.
func (w words) duration(d postmortem.Duration) string {
	if !d.Known {
		return cleanText(d.Written)
	}
	return w.about(w.Duration(d.Value), d.Approximate)
}

// number writes a quantity as the author wrote it; in the language's way where
// it is a bare number.
func (w words) number(n postmortem.Number) string {
	if !n.Known || strings.Trim(n.Written, "0123456789") != "" {
		return cleanText(n.Written)
	}
	return w.Number(n.Value)
}

// word is the words of a key made of a prefix and a value of the front matter,
// which is one of a fixed set; empty for an empty value.
func (w words) word(prefix, value string) string {
	if value == "" {
		return ""
	}
	return w.T(prefix + value)
}

func sameDay(a, b postmortem.Moment) bool {
	if !a.Known() || !b.Known() || a.Zoned != b.Zoned {
		return false
	}
	_, x := a.Time.Zone()
	_, y := b.Time.Zone()
	return x == y && sameDate(a.Time, b.Time)
}

// prose turns texts of the front matter, which are Markdown, into HTML.
type prose struct {
	file, lang string
	words      *locale.Catalog
	resolve    markdown.Resolve
}

// block gives paragraphs.
func (p prose) block(text string, line int) template.HTML {
	var room [512]byte
	if html, ok := markdown.AppendWords(append(room[:0], "<p>"...), text); ok {
		return typeset(append(html, "</p>"...), p.lang)
	}
	doc, _ := markdown.Parse([]byte(text), markdown.Options{
		File: p.file, Line: max(line, 1), Language: p.lang, Profile: markdown.Feed,
		Words: func(key string) string { return p.words.T(key) },
	})
	return typeset(bytes.TrimSpace(doc.AppendHTML(nil, p.resolve)), p.lang)
}

// inline gives the text of a single paragraph without its tags, so that it can
// stand in a line or a cell; longer texts stay paragraphs.
func (p prose) inline(text string, line int) template.HTML {
	var room [256]byte
	if html, ok := markdown.AppendWords(room[:0], text); ok {
		if string(html) == text && !p.words.HasSpacing() && joined(html, 0) < 0 {
			return trusted(text) // as most are: no copy
		}
		return typeset(html, p.lang)
	}
	html := string(p.block(text, line))
	rest, ok := strings.CutPrefix(html, "<p>")
	if rest, closed := strings.CutSuffix(rest, "</p>"); ok && closed && !strings.Contains(rest, "<p>") {
		return trusted(rest)
	}
	return trusted(html)
}

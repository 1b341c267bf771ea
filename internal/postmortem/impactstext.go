package postmortem

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// maxImpactProse is how many paragraphs may tell an impact; more are a story.
const maxImpactProse = 4

// maxPlain is the length of the longest text, in bytes, whose numbers may be
// plain; a longer one is a story.
const maxPlain = 1000

// readTextImpacts reads the items of the sections about the impact, or their
// paragraphs where there are no items, with the numbers that stand plainly in
// them.
func readTextImpacts(t *textReader, r *Reading) {
	parts := t.parts(r, locale.RoleImpact)
	items := topItems(parts)
	if !slices.ContainsFunc(items, func(p part) bool { return p.Kind == block.Item }) {
		if prose := paragraphsOf(parts); len(prose) <= maxImpactProse {
			items = prose
		} else {
			items = nil
		}
	} else {
		items = slices.DeleteFunc(items, func(p part) bool { return p.Kind == block.Row })
	}
	told := false // what became of data
	var looked []int
	impacts := make([]Impact, 0, len(items))
	for _, p := range items {
		text := strings.TrimSpace(p.Text)
		if saysNothing(text) || isFact(text) {
			continue
		}
		loss := phrases()["data loss"].in(text)
		told = told || loss != nil
		looked = append(looked, p.number)
		i := Impact{Text: text, Pos: p.Pos, DataLoss: dataLossOf(loss)}
		i.readQuantities(text)
		impacts = append(impacts, i)
	}
	if len(impacts) == 0 {
		return
	}
	r.Facts.Impacts = impacts
	if !told {
		lossBeside(r, slices.DeleteFunc(parts, func(p part) bool { return slices.Contains(looked, p.number) }))
	}
}

// lossBeside adds what the section says of data in a sentence beside its
// items, which say nothing of it: "Il ne s'agit pas de perte de données."
func lossBeside(r *Reading, parts []part) {
	for _, p := range parts {
		if p.Kind != block.Paragraph {
			continue
		}
		if loss := dataLossOf(phrases()["data loss"].in(p.Text)); loss != "" {
			r.Facts.Impacts = append(r.Facts.Impacts, Impact{Text: p.Text, DataLoss: loss, Pos: p.Pos})
			return
		}
	}
}

// paragraphsOf gives the paragraphs among the parts, and what stands behind a
// section's label.
func paragraphsOf(parts []part) []part {
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool {
		return p.Kind != block.Paragraph && p.at == 0 || strings.TrimSpace(p.Text) == ""
	})
}

// isFact says that a text is a fact with its label, which is read as such:
// "Severity: Major".
func isFact(text string) bool {
	label, _, _ := cutLabel(text)
	return labelOf(label).field != ""
}

var (
	percentage = pattern.Holding("%％", `(\d[\d\s\x{A0}\x{202F}.,]*)[%％]`)
	outOf      = pattern.New(`(?i)^\s*(?:of|out of|sur|von|de|из|/)\s+(?:the\s+|our\s+|about\s+|les\s+|los\s+|os\s+)?([\d~].*)`)
)

// quantityIn finds the first number at or behind a place of a text, with the
// signs by which its digits may be parted and the sign for "about" before it. The
// start is -1 if there is none.
func quantityIn(text string, from int) (start, end int) {
	n := strings.IndexAny(text[from:], asciiDigits)
	if n < 0 {
		return -1, -1
	}
	digit := from + n
	end = len(text)
	if n := strings.IndexFunc(text[digit:], func(r rune) bool { return !strings.ContainsRune(inFigure, r) }); n >= 0 {
		end = digit + n
	}
	for _, about := range []string{"~", "≈"} {
		if strings.HasSuffix(text[from:digit], about) {
			return digit - len(about), end
		}
	}
	return digit, end
}

// inFigure are the digits of a number and what may part them.
const inFigure = asciiDigits + " ,.'\t\n\f\r\u00A0\u202F’"

// figureEnds are what may stand behind the digits of a number and is not part
// of it.
const figureEnds = " \t\n\u00A0\u202F,.'’"

// isBound says that a text leads a number that is only a bound, or the second
// end of a range: "more than".
func isBound(before string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	return phrases()["bound"].ends(before) || strings.ContainsRune("<>≤≥-–—/", runeBefore(before)) && before != ""
}

// readQuantities reads what stands plainly in a text: the one share, with what
// it is of; the first count with its unit; the first length of time.
func (i *Impact) readQuantities(text string) {
	if len(text) > maxPlain {
		return
	}
	shares := percentage.FindAllStringSubmatchIndex(text, -1)
	if len(shares) == 1 && !isBound(text[:shares[0][0]]) {
		m := shares[0]
		i.Share = ParseNumber(approximately(text, m[0]) + strings.TrimSpace(text[m[2]:m[3]]) + "%")
		if of := outOf.FindStringSubmatch(text[m[1]:]); of != nil {
			i.Of, i.Unit = countAt(of[1])
		}
		if !i.Share.Known || i.Share.Value > 100 {
			i.Share, i.Of, i.Unit = Number{}, Number{}, ""
		}
	}
	i.Duration = durationIn(text)
	if len(shares) == 0 {
		i.readCount(text)
	}
}

// readCount reads the number that has a unit that things are counted in. Of
// several that differ, none is the count.
func (i *Impact) readCount(text string) {
	var found Impact
	for start, end := quantityIn(text, 0); start >= 0; start, end = quantityIn(text, end) {
		before := text[:start]
		if r := runeBefore(before); unicode.IsLetter(r) && !locale.Unspaced(r) || strings.ContainsRune("-_./:#$€£@", r) {
			continue
		}
		n, unit := countAt(text[start:])
		if unit == "" || n.Value != math.Trunc(n.Value) || isBound(before) {
			continue
		}
		if about := approximately(text, start); about != "" {
			n.Written, n.Approximate = about+n.Written, true
		}
		if found.Count.Known && found.Count.Value != n.Value {
			return
		}
		found.Count, found.Unit = n, unit
	}
	i.Count, i.Unit = found.Count, found.Unit
}

// countAt reads a number with its unit at the beginning of a text: "8 000
// dossiers". Units that no thing is counted in (ms, GB, a length of time) give
// no count.
func countAt(text string) (Number, string) {
	start, end := quantityIn(text, 0)
	if start != 0 {
		return Number{}, ""
	}
	digits := strings.TrimRight(text[:end], figureEnds)
	rest := text[len(digits):]
	blank := scanBlank(rest)
	w := word(rest[blank:])
	if factor := words()["multiplier"][fold(w)]; factor != "" && (blank > 0 && len(w) > 1 || blank == 0) {
		digits += rest[:blank+len(w)]
		rest = rest[blank+len(w):]
		blank = scanBlank(rest)
		w = word(rest[blank:])
		if joiner := words()["inside a date"][fold(w)]; joiner != "" { // 3 millions de comptes
			rest = rest[blank+len(w):]
			blank = scanBlank(rest)
			w = word(rest[blank:])
		}
	}
	n := ParseNumber(digits)
	if !n.Known || phrases()["counted"].is(w) == "" {
		w = unitAhead(rest)
		if !n.Known || w == "" {
			return Number{}, ""
		}
	}
	return n, w
}

// unitAhead finds what is counted within three words: "305 affected teams".
func unitAhead(text string) string {
	ahead := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' })
	end := strings.IndexAny(text, ".,;:()%\n–—+/0123456789")
	if end < 0 {
		end = len(text)
	}
	at := 0
	for n, w := range ahead {
		at += strings.Index(text[at:], w)
		if n > 2 || at >= end {
			return ""
		}
		if phrases()["counted"].is(w) != "" {
			return w
		}
		at += len(w)
	}
	return ""
}

// approximately is the word or sign for "about" that stands before a place,
// with the blanks behind it.
func approximately(text string, at int) string {
	before := strings.TrimRightFunc(text[:at], unicode.IsSpace)
	start := 0
	if i := strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("('’", r) }); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		start = i + size
	}
	if last := before[start:]; last != "" && words()["approximate"][fold(last)] != "" {
		return text[start:at]
	}
	return ""
}

// durationIn is the one length of time in a text that something lasted.
func durationIn(text string) Duration {
	var found Duration
	for at := 0; at < len(text); {
		start, _ := quantityIn(text, at)
		if start < 0 {
			break
		}
		d, size := Duration{}, 0
		if r := runeBefore(text[:start]); !unicode.IsLetter(r) || locale.Unspaced(r) {
			d.Value, size = unitDuration(text[start:])
		}
		at = start + 1
		if size == 0 {
			for at < len(text) && (text[at] >= '0' && text[at] <= '9') {
				at++
			}
			continue
		}
		end := start + size
		at = end
		about := approximately(text, start)
		if !lasts(text[:start-len(about)], text[end:]) || !endsLength(text[end:]) {
			continue
		}
		if found.Known && found.Value != d.Value {
			return Duration{}
		}
		written := about + strings.TrimRight(text[start:end], ".")
		found = Duration{Written: written, Value: d.Value, Known: true, Approximate: about != ""}
	}
	return found
}

// lasts says that a length of time between two texts is that of an impact, not
// a setting or the time that somebody took: "for 48 h", "3 hours of downtime".
func lasts(before, after string) bool {
	if phrases()["lasting"].ends(before) {
		return true
	}
	meaning, _ := phrases()["down"].begins(after)
	return meaning != ""
}

// dataLossOf is what a text says of lost data, by the meanings of its phrases. Where
// it says so with a doubt, or says two things, it says nothing.
func dataLossOf(meanings []string) Extent {
	if len(meanings) == 1 && meanings[0] != "doubt" {
		return Extent(meanings[0])
	}
	return ExtentUnset
}

// runeBefore is the rune that a text ends with.
func runeBefore(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

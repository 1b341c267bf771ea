package postmortem

import (
	"math"
	"strconv"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// A figure with separators of thousands and decimals. The blanks are those
// that do not break, and the thin one.
const figurePattern = `(\d{1,3}(?:[\x{00A0}\x{202F}\x{2009} ,.']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)`

var (
	statedShare = pattern.Holding("%", figurePattern+`[\s\x{00A0}\x{202F}]?%`)
	baseAfter   = pattern.New(`(?i)^\s?(?:of|from|von|из)\s(?:the |our |all |den )?` + figurePattern + `(?:[^\d%.,]|[.,]?$|[.,]\s)`)
	baseBracket = pattern.New(`^[^()%]{0,50}\(\s?` + figurePattern + `\b[^()%\d]{0,20}\)`)
	yearAlone   = pattern.New(`^(?:19|20)\d\d$`)
	makesCount  = pattern.Of(func() string {
		return `(?i)(?:^|[\s,;(])(?:` + anyOf("makes") + `|=)\s+(?:about |environ |around )?` + figurePattern
	})
	partOfWhole = pattern.New(`(?i)` + figurePattern + `\s(?:out of|of|sur|von|из)\s(?:the |les |nos |our |den )?` + figurePattern + `(?:\s\pL[^.%()\d]{0,30})?\s?\(\s?[~≈]?` + figurePattern + `[\s\x{00A0}\x{202F}]?%\s?\)`)
)

// shares compares shares with the counts that they are said to make.
func (a *auditor) shares() {
	for i, text := range a.prose {
		start := 0
		for _, sentence := range sentencesOf(text) {
			a.sharesMake(i, start, sentence)
			start += len(sentence)
		}
		for _, m := range partOfWhole.FindAllStringSubmatchIndex(text, -1) {
			part, whole, share := figure(text[m[2]:m[3]]), figure(text[m[4]:m[5]]), text[m[6]:m[7]]
			a.shareOf(a.place(i, m[0]), text[m[0]:m[1]], part, whole, share)
		}
	}
	for _, i := range a.report.Impacts {
		if i.Count.Known && i.Of.Known && i.Share.Known && !i.Count.Approximate && !i.Of.Approximate && !i.Share.Approximate {
			a.shareOf(i.Pos, i.Count.Written+" of "+i.Of.Written, i.Count.Value, i.Of.Value, strings.Trim(i.Share.Written, " \u00A0\u202F%"))
		}
	}
}

// sentencesOf cuts a text behind full stops, so that the parts joined are the
// text.
func sentencesOf(text string) []string {
	var list []string
	start := 0
	for at := 0; at+1 < len(text); at++ {
		if text[at] == '\n' || text[at] == '.' && text[at+1] == ' ' && at > 2 && text[at-2] != '.' && text[at-2] != ' ' {
			list = append(list, text[start:at+1])
			start = at + 1
		}
	}
	return append(list, text[start:])
}

// figure is the value of a written number.
func figure(text string) float64 { return ParseNumber(text).Value }

// halfUnit is half of the last digit's worth: what rounding may hide.
func halfUnit(text string) float64 {
	digits, _ := figures(text)
	_, decimals, _ := strings.Cut(digits, ".")
	return 0.5 / math.Pow10(len(decimals))
}

// sharesMake checks `21.91 % (177 FR) and 17.7 % (410 EN), that is 76`. The
// numbers beside the shares may be the wholes or the parts; it is a doubt only
// if neither makes the count.
func (a *auditor) sharesMake(block, start int, sentence string) {
	found := statedShare.FindAllStringSubmatchIndex(sentence, -1)
	if len(found) == 0 {
		return
	}
	var parts, bases, slack float64
	for n, m := range found {
		rest := sentence[m[1]:]
		if n+1 < len(found) {
			rest = sentence[m[1]:found[n+1][0]]
		}
		base := baseAfter.FindStringSubmatch(rest)
		if base == nil {
			base = baseBracket.FindStringSubmatch(rest)
		}
		if base == nil || yearAlone.MatchString(base[1]) {
			return
		}
		share := sentence[m[2]:m[3]]
		parts += figure(share) / 100 * figure(base[1])
		slack += halfUnit(share) / 100 * figure(base[1])
		bases += figure(base[1])
	}
	last := found[len(found)-1][1]
	m := makesCount.FindStringSubmatchIndex(sentence[last:])
	if m == nil || strings.HasPrefix(strings.TrimLeft(sentence[last+m[3]:], " \u00A0\u202F"), "%") {
		return
	}
	claim := sentence[last+m[2] : last+m[3]]
	count := figure(claim)
	slack += float64(len(found))*0.5 + 0.5 + parts/50
	if math.Abs(count-parts) <= slack || math.Abs(count-bases) <= 0.5 {
		return
	}
	a.diags.Report(diag.ShareMismatch, a.place(block, start+found[0][0]), "correct the shares, the numbers beside them, or the count",
		"%q: the shares make about %.0f, not %s", asClaim(sentence[found[0][0]:last+m[3]]), parts, claim)
}

// shareOf checks `76 of 8438 (0.9 %)`.
func (a *auditor) shareOf(pos diag.Pos, claim string, part, whole float64, share string) {
	if whole <= 0 || part > whole {
		return
	}
	stated, computed := figure(share), 100*part/whole
	if math.Abs(stated-computed) <= halfUnit(share)+computed/50 {
		return
	}
	a.diags.Report(diag.ShareMismatch, pos, "correct the share or one of the two numbers",
		"%q: that is %s %%, not %s %%", asClaim(claim), strconv.FormatFloat(computed, 'g', 3, 64), share)
}

package render

import (
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/route"
)

// badgeWhole is the badge of all services together.
const badgeWhole = "status"

// badgeColours are the grounds of the states; white letters stand on each with a
// contrast of 4.5 or more (WCAG 2.2, 1.4.3).
var badgeColours = map[string]string{
	"operational": "#1a7f37", "under_maintenance": "#0550ae", "degraded_performance": "#8a5a00",
	"partial_outage": "#b34400", "major_outage": "#c21f2c",
}

// badges give a drawing of the state of each service, and of the whole, in the
// words of the site's language: /badges/api.svg, /badges/status.svg.
func (b *builder) badges(board func() *statusBoard) []planned {
	lang := b.site.Language
	routes := []planned{b.badge(badgeWhole, "badge of the whole", func() (name, state, word string) {
		state = statusImpacts[impactRank(board().rollup.Indicator)].component
		key := "badge_" + state
		if state == componentStates[0] {
			key = "badge_all_operational"
		}
		return siteName(b.site), state, b.words(lang).T(key)
	})}
	for i, c := range b.site.Components() {
		slug := c.Slug
		if slug == badgeWhole {
			slug += "-" + statusID("badge", c.Key)
		}
		routes = append(routes, b.badge(slug, "badge of "+c.Name, func() (name, state, word string) {
			state = board().parts[i].Status
			return cleanText(c.Name), state, b.words(lang).T("badge_" + state)
		}))
	}
	return routes
}

func (b *builder) badge(slug, source string, say func() (name, state, word string)) planned {
	return planned{&route.Route{Path: "/badges/" + slug + ".svg", Source: source, Render: func(w io.Writer) error {
		name, state, word := say()
		_, err := io.WriteString(w, badgeSVG(name, word, badgeColours[state]))
		return err
	}}, func(h *route.Hash) { h.Add(say()) }}
}

// longestBadgeName is how many letters of a name a badge shows.
const longestBadgeName = 40

// badgeSVG draws a name and a state side by side. Its title says both to those
// who do not see it. Every reader has other letters: the text is set to the
// width that was reckoned for it.
func badgeSVG(name, word, ground string) string {
	full := name + ": " + word
	if utf8.RuneCountInString(name) > longestBadgeName {
		name = strings.TrimSpace(string([]rune(name)[:longestBadgeName-1])) + "…"
	}
	const pad = 6
	left, right := textWidth(name), textWidth(word)
	split, width := left+2*pad, left+right+4*pad
	text := func(x, length int, s string) string {
		return fmt.Sprintf(`<text x="%d" y="14" textLength="%d">%s</text>`, x, length, html.EscapeString(s))
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" viewBox="0 0 %d 20" role="img" aria-label="%s"><title>%s</title>`+
		`<rect width="%d" height="20" rx="3" fill="%s"/><path d="M3 0h%dv20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3d444d"/>`+
		`<g fill="#fff" font-family="Verdana,'DejaVu Sans',sans-serif" font-size="11">%s%s</g></svg>`+"\n",
		width, width, html.EscapeString(full), html.EscapeString(full), width, ground, split-3,
		text(pad, left, name), text(split+pad, right, word))
}

// textWidth is about how wide a text of 11 pixels is in Verdana.
func textWidth(s string) int {
	tenths := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.M, r):
		case strings.ContainsRune("ijl.,:;'|", r):
			tenths += 32
		case strings.ContainsRune("I!()[] ftr", r):
			tenths += 43
		case strings.ContainsRune("mwMW@%", r):
			tenths += 100
		case r >= 0x1100 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r) || unicode.Is(unicode.Hangul, r)):
			tenths += 110
		case unicode.IsUpper(r):
			tenths += 73
		default:
			tenths += 66
		}
	}
	return tenths/10 + 1
}

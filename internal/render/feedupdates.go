package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

const updatesPath = "/updates.xml"

// news is one thing that happened to a page: an update or a correction, a
// countermeasure that was kept, or a notice that appeared.
type news struct {
	page *site.Page
	at   time.Time
	// name tells the news of a page apart. Readers of feeds know what they have
	// seen by it alone.
	name   string
	update *postmortem.Update         // or nil
	kept   *postmortem.Countermeasure // or nil
	number int                        // of the update, by time, or of the countermeasure; from 1
}

// id is made of the page's id and not of that in feeds, which Jekyll makes of
// the address. It never is that of the page's entry in the feed of reports:
// readers keep one entry per id, whichever feed it came with (newsboat's cache
// does), so who has read the notice would never be shown the report.
func (n *news) id(s *site.Site) string {
	return site.FeedID(site.FeedID(s.Config.Feed.ID, n.page.ID), n.name)
}

// updatesFeed is the feed of what happens to pages.
func updatesFeed(s *site.Site, texts *feedTexts) *feed {
	f := emptyFeed(s)
	f.id = site.FeedID(s.Config.Feed.ID, "feed "+updatesPath)
	f.title, f.home = locale.For(s.Language).T("feed_updates")+" · "+siteName(s), s.Links.Absolute("/")
	f.subtitle = cleanText(s.Config.Description)
	room := newFeedRoom()
	for _, n := range newestNews(s) {
		f.add(n.entry(s, texts, room))
	}
	return f
}

// updatesKey is the rule of the feed of updates: what happened, and what the
// pages that it happened to say of themselves.
func (b *builder) updatesKey() route.Key {
	var h route.Hash
	c := b.site.Config
	h.Add(c.Feed.ID, c.Organization, c.Description)
	h.Add(c.Authors...)
	for _, n := range newestNews(b.site) {
		h.Add(n.name)
		h.Key(b.keys.texts[n.page.Place])
	}
	return h.Sum()
}

// newestNews is what happened last, as much as the site wishes, in the order of
// time.
func newestNews(s *site.Site) []news {
	var all []news
	for _, p := range s.Posts {
		// What is shown only as a preview is in no feed.
		if p.Preview == "" {
			all = appendNews(all, s, p)
		}
	}
	slices.SortStableFunc(all, func(x, y news) int {
		return cmp.Or(y.at.Compare(x.at), strings.Compare(x.page.ID, y.page.ID), cmp.Compare(y.number, x.number))
	})
	return all[:min(len(all), s.Config.Feed.Limit)]
}

func appendNews(all []news, s *site.Site, p *site.Page) []news {
	all = appendUpdates(all, s, p)
	if p.Kind == postmortem.KindPostmortem && s.HasRegister() {
		all = appendKept(all, s, p)
	}
	// A notice with updates and no text has said all in them.
	if !p.IsReport && (p.UpdateCount == 0 || p.Body().HasWords) {
		all = append(all, news{page: p, at: p.Published.Instant(s.Config.Timezone), name: "notice"})
	}
	return all
}

// appendUpdates adds a page's updates. One is named by its wall clock and its
// state, not by its place in the list, which authors write in either order, nor
// by its text, which may have a typo, nor by its zone, which a site may state
// later. One that has no time is known by its text alone.
func appendUpdates(all []news, s *site.Site, p *site.Page) []news {
	if p.UpdateCount == 0 {
		return all
	}
	zone, seen := s.Zone(p), map[string]int{}
	updates := orderedUpdates(p.Meta().Updates)
	for i, u := range updates {
		if u.Text == "" && u.Status == postmortem.StatusUnset {
			continue // a time alone is no news
		}
		n := news{page: p, update: &u, number: len(updates) - i}
		if u.At.Known() {
			n.at = u.At.In(zone).Instant(s.Config.Timezone)
			n.name = "update " + u.At.Time.Format("2006-01-02T15:04:05")
		} else {
			sum := sha256.Sum256([]byte(u.Text))
			n.at, n.name = p.Published.Instant(s.Config.Timezone), "update "+hex.EncodeToString(sum[:8])
		}
		n.name = numbered(seen, n.name+" "+string(u.Status))
		all = append(all, n)
	}
	return all
}

// appendKept adds a page's countermeasures that were kept, as far as it says
// when. Others may come before one in the list; those of one day count.
func appendKept(all []news, s *site.Site, p *site.Page) []news {
	if p.Kept == 0 {
		return all
	}
	seen := map[string]int{}
	list := p.Meta().Countermeasures
	for i := range list {
		c := &list[i]
		if !c.Kept() {
			continue
		}
		all = append(all, news{
			page: p, kept: c, number: i + 1, at: c.DoneOn.In(s.Zone(p)).Instant(s.Config.Timezone),
			name: numbered(seen, "kept "+c.DoneOn.DateString()),
		})
	}
	return all
}

// numbered tells names apart that were seen before.
func numbered(seen map[string]int, name string) string {
	seen[name]++
	if n := seen[name]; n > 1 {
		return fmt.Sprintf("%s %d", name, n)
	}
	return name
}

func (n *news) entry(s *site.Site, texts *feedTexts, room *feedRoom) feedEntry {
	e := newFeedEntry(s, n.page)
	e.id, e.published, e.updated = n.id(s), n.at, n.at
	words := locale.For(e.language)
	text := func() string { return texts.of(s, n.page).html }
	switch {
	case n.update != nil:
		u := n.update
		if u.Status != "" {
			e.title += " – " + words.T("status_"+statusKey(n.page, u.Status))
		}
		e.summary = shortText(plainText(u.Text))
		if n.page.Meta().States("updates") { // else they stand in the text, without ids
			e.url += "#" + n.page.Anchor(fmt.Sprintf("update-%d", n.number))
		}
		text = func() string { return n.html(s, u.Text, u.Pos.Line) }
	case n.kept != nil:
		plain := fromText(n.kept.Text, n.kept.Span)
		e.title += " – " + words.T("state_done") + " – " + shortText(plain)
		e.summary = plain
		e.url += "#" + countermeasureID(n.number-1)
		text = func() string {
			if n.kept.Span.Block > 0 {
				return "<p>" + html.EscapeString(plain) + "</p>\n"
			}
			return n.html(s, n.kept.Text, n.kept.Pos.Line)
		}
	}
	e.content = room.take(&e, text)
	return e
}

// html is a text of the page's front matter.
func (n *news) html(s *site.Site, text string, line int) string {
	p := prose{file: n.page.Document.Path, lang: n.page.Lang, words: locale.For(n.page.Lang), resolve: s.ResolverAbsolute(n.page)}
	return shownCodes.ReplaceAllLiteralString(cleanText(string(bytes.TrimSpace([]byte(p.block(text, line))))), "")
}

// maxShortText is how many characters of a text stand in a title or a summary.
const maxShortText = 120

// shortText is the first line of a plain text, cut at a word where it is long.
func shortText(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	r := []rune(text)
	if len(r) <= maxShortText {
		return text
	}
	cut := string(r[:maxShortText])
	if space := strings.LastIndexByte(cut, ' '); space > maxShortText/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

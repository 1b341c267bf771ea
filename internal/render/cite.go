package render

import (
	"cmp"
	"net/url"
	"strings"
)

// Citation is how a report is referred to, as one text. URL is its last part,
// where the site's address is known.
type Citation struct {
	Text, URL string // the whole text, and its address
}

// reference fills in what identifies a report: how to cite it, the line that
// heads its printed pages, and where it is discussed and followed.
func (b *postBuilder) reference() {
	v, c := b.v, b.site.Config
	v.Cite = Citation{b.citation(), v.Canonical}
	v.Running = v.ID
	if v.Inside {
		v.Running = b.w.T("inside") + " · " + v.ID
	}
	if b.p.Updated.Known() {
		v.Running += " · " + b.w.T("version_of", b.w.whenText(day(b.p.Updated)))
	}
	links := linksOfSource(c.Repository, b.p.Document.Path)
	v.Source, v.Edit = links.view, links.edit
	if u := problemURL(v.ID+": "+v.Title, b.m.Contact, c.Contact, links.issue); u != "" {
		v.Problem = &Link{Text: b.w.T("report_problem"), URL: u, External: isURL(u)}
	}

	v.Subscribe = make([]Link, 0, len(b.p.ServiceTerms)+2)
	feed := func(text, route string) {
		v.Subscribe = append(v.Subscribe, Link{Text: text, URL: v.link(route)})
	}
	if b.has["/feed.xml"] {
		feed(b.w.T("feed_reports"), "/feed.xml")
	}
	for _, t := range b.p.ServiceTerms {
		if b.hasFeed(t) {
			feed(cleanText(t.Name), termFeedPath(t))
		}
	}
	if c.SubscribeURL != "" {
		v.Subscribe = append(v.Subscribe, Link{Text: b.w.T("notices"), URL: c.SubscribeURL, External: true})
	}
}

// citation is title, organisation, dates and id.
func (b *postBuilder) citation() string {
	dates := b.w.whenText(day(cmp.Or(b.p.Published, b.p.Date)))
	if b.p.Updated.Known() && !sameDate(b.p.Updated.Time, b.p.Published.Time) {
		dates = b.w.T("cite_updated", dates, b.w.whenText(day(b.p.Updated)))
	}
	publisher := cleanText(cmp.Or(b.site.Config.Organization, b.v.SiteTitle))
	return strings.TrimRight(b.v.Title, ". ") + ". " + publisher + ", " + dates + ". " + b.v.ID + "."
}

// problemURL is where a reader reports what is wrong: the first of the contacts
// that is an address, else a new issue of the repository.
func problemURL(subject, own, site, issue string) string {
	for _, contact := range []string{own, site} {
		switch contact = strings.TrimSpace(contact); {
		case isURL(contact):
			return contact
		case strings.Contains(contact, "@") && !strings.ContainsAny(contact, " \t\n?&<>\""):
			return "mailto:" + strings.TrimPrefix(contact, "mailto:") + "?subject=" + strings.ReplaceAll(url.PathEscape(subject), "&", "%26")
		}
	}
	return issue
}

package render

import (
	"slices"
	"strings"

	"publish/internal/content"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// What only the internal edition has is marked wherever it stands: in texts by
// package content, in front matter by postBuilder.inside, and in what is made of
// both by the fields named Inside.

// inside is the word of a mark, "" for what is public.
func inside(w words, is bool) string {
	if !is {
		return ""
	}
	return w.T("inside")
}

// insidePage says that the public edition does not have a page.
func insidePage(p *site.Page) bool {
	return p.Head.Audience == postmortem.AudienceInternal || p.Whole().Head.Audience == postmortem.AudienceInternal
}

// insideLine says that a line of a text is in an internal part.
func insideLine(d *content.Document, line int) bool {
	return slices.ContainsFunc(d.Cuts, func(c content.Cut) bool {
		return c.Redacted == "" && !c.Within && c.First <= line && line <= c.Last
	})
}

// services are those of a postmortem, for its facts.
func (b *postBuilder) services() []FactItem {
	items := links(&b.v.Frame, b.p.ServiceTerms)
	for i, t := range b.p.ServiceTerms {
		is := slices.ContainsFunc(b.m.Internal, func(text postmortem.Text) bool { return strings.EqualFold(strings.TrimSpace(text.Text), t.Name) })
		if items[i].Link != nil {
			items[i].Link.Inside = inside(b.w, is)
		}
	}
	return items
}

package site

import (
	"testing"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

func TestReportsAndNotices(t *testing.T) {
	update := []postmortem.Update{{Status: postmortem.StatusInvestigating, Text: "we look"}}
	s := &Site{Config: &config.Config{}}
	for name, c := range map[string]struct {
		page   func(*Page)
		report bool
	}{
		"a report":         {func(*Page) {}, true},
		"a post":           {func(p *Page) { p.Kind = postmortem.KindPost }, true},
		"a maintenance":    {func(p *Page) { p.Kind = postmortem.KindMaintenance }, false},
		"an open incident": {func(p *Page) { p.Status, p.Open = postmortem.StatusMonitoring, true }, false},
		"an open incident with causes": {func(p *Page) {
			p.Status, p.Open, p.Meta().Causes = postmortem.StatusMonitoring, true, make([]postmortem.Cause, 1)
		}, true},
		"an open incident that analyses in its text": {func(p *Page) {
			p.Status, p.Open, p.Body().Headings = postmortem.StatusMonitoring, true, []markdown.Heading{{Level: 2, Text: "Root cause"}}
		}, true},
		"updates only": {func(p *Page) {
			p.Status, p.Meta().Updates, p.Body().HasWords = postmortem.StatusResolved, update, false
		}, false},
		"updates and a text": {func(p *Page) { p.Status, p.Meta().Updates = postmortem.StatusResolved, update }, true},
		"updates, declared as report": {func(p *Page) {
			p.Status, p.Meta().Updates, p.Body().HasWords = postmortem.StatusPostmortem, update, false
		}, true},
	} {
		p := &Page{Document: content.Document{Kind: postmortem.KindPostmortem}.With(&postmortem.Postmortem{}, &markdown.Doc{HasWords: true})}
		c.page(p)
		if got := s.brief(p).IsReport; got != c.report {
			t.Errorf("%s: report %v", name, got)
		}
	}
}

func TestKeptAreCounted(t *testing.T) {
	day := at("2024-05-05")
	list := []postmortem.Countermeasure{{Status: "done", DoneOn: day}, {Status: "done"}, {Status: "open", DoneOn: day}, {Status: "done", DoneOn: day}}
	p := &Page{Document: content.Document{}.With(&postmortem.Postmortem{Countermeasures: list}, nil)}
	s := &Site{Config: &config.Config{}}
	if got := s.brief(p).Kept; got != 2 {
		t.Errorf("%d were kept, want 2", got)
	}
}

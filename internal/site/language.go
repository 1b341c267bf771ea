package site

import (
	"publish/internal/bug"
	"publish/internal/content"
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// settleLanguage decides in which language the site itself speaks: menus, lists,
// feeds. It is the one of the settings, else the one that more than half of the
// public reports are in, if publish has words in it, else English. What is held
// back has no say, since nobody may see that it is there.
func (s *Site) settleLanguage(wanted func(*content.Document) bool) {
	s.Language = s.Config.Language
	if s.Language != "" {
		return
	}
	s.Language = "en"
	documents := s.folder.Documents
	says := make([]bool, len(documents))
	bug.Each(len(documents), 64, func() func(i int) {
		return func(i int) {
			if d := documents[i]; d.Kind != postmortem.KindPage && d.Lang != "" && d.Translates == "" && wanted(d) {
				v := s.judge(d)
				says[i] = v.reason == "" || v.shown
			}
		}
	})
	reports, in := 0, map[string]int{}
	for i, d := range documents {
		if says[i] {
			reports++
			in[d.Lang]++
		}
	}
	for lang, n := range in {
		if 2*n > reports && locale.SameLanguage(locale.For(lang).Tag(), lang) { // one at most
			s.Language = lang
			s.Config = s.Config.In(lang)
		}
	}
}

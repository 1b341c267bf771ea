package site

import (
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
	reports, in := 0, map[string]int{}
	for _, d := range s.folder.Documents {
		if d.Kind == postmortem.KindPage || d.Lang == "" || d.Translates != "" || !wanted(d) {
			continue
		}
		if v := s.judge(d); v.reason == "" || v.shown {
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

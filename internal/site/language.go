package site

import (
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// settleLanguage decides in which language the site itself speaks: menus, lists,
// feeds. It is the one of the settings, else the one that more than half of the
// public reports are in, if publish has words in it, else English. What is held
// back has no say, since nobody may see that it is there.
func (s *Site) settleLanguage(looks []look) {
	s.Language = s.Config.Language
	if s.Language != "" {
		return
	}
	s.Language = "en"
	reports, in := 0, map[string]int{}
	for i, d := range s.folder.Documents {
		l := &looks[i]
		if l.page == nil || d.Kind == postmortem.KindPage || d.Lang == "" || d.Translates != "" {
			continue
		}
		if l.verdict.reason == "" || l.verdict.shown {
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

package content

import (
	"reflect"
	"regexp"
	"time"

	"publish/internal/config"
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// settings are what the reading of a text depends on besides the text itself.
type settings struct {
	root     string
	jekyll   bool
	only     bool // only postmortems are published
	internal bool
	language string
	decoding postmortem.Options
	headings *locale.OwnNames // of roles
	patterns []*regexp.Regexp // of what must not be published
	zone     *time.Location   // nil if the site states none
	hash     [32]byte         // of all of them
}

func newSettings(cfg *config.Config, f *Folder, o Options) *settings {
	s := &settings{
		root: f.Root, jekyll: f.Jekyll, only: f.OnlyPostmortems, internal: o.Internal, language: cfg.Language, zone: cfg.Timezone,
		decoding: postmortem.Options{Internal: o.Internal, Extra: cfg.DataExtra, Zones: map[string]string{}},
		headings: cfg.RoleNames(),
	}
	for _, pattern := range cfg.Forbidden {
		s.patterns = append(s.patterns, regexp.MustCompile(pattern)) // config has tried it
	}
	for _, z := range cfg.Zones {
		s.decoding.Zones[z.Abbreviation] = z.Name
	}
	s.hash = s.sum(cfg)
	return s
}

// sum hashes the settings; names and patterns as the site writes them.
func (s *settings) sum(cfg *config.Config) [32]byte {
	all := struct {
		root, language         string
		jekyll, only, internal bool
		decoding               postmortem.Options
		headings               []config.Headings
		forbidden              []string
		zoned                  bool
		zone                   string
		offset                 int // of a zone that is nothing but one
	}{
		root: s.root, language: s.language, jekyll: s.jekyll, only: s.only, internal: s.internal,
		decoding: s.decoding, headings: cfg.Headings, forbidden: cfg.Forbidden, zoned: s.zone != nil,
	}
	if s.zone != nil {
		all.zone = s.zone.String()
		_, all.offset = time.Unix(0, 0).In(s.zone).Zone()
	}
	return planner{}.of(reflect.TypeOf(all)).sum(reflect.ValueOf(all))
}

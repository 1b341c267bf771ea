package content

import (
	"reflect"
	"regexp"
	"time"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/leak"
	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/spill"
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
	scanner  *leak.Scanner
	tickets  *regexp.Regexp // names of tickets in internal trackers; nil if there are none
	drafts   bool           // they may be shown: look for leaks in them too
	// redactions are the patterns of what is published as a placeholder.
	redactions []redaction
	zone       *time.Location // nil if the site states none
	texts      *spill.File    // where long texts are put; nil is memory
	hash       [32]byte       // of all of them
	shown      [32]byte       // of those on which a page may depend, and not only what is told
}

func newSettings(cfg *config.Config, f *Folder, o Options) *settings {
	s := &settings{
		root: f.Root, jekyll: f.Jekyll, only: f.OnlyPostmortems, internal: o.Internal, language: cfg.Language, zone: cfg.Timezone, texts: o.Texts,
		decoding: postmortem.Options{Internal: o.Internal, Extra: cfg.DataExtra, Zones: map[string]string{}},
		headings: cfg.RoleNames(), drafts: o.Drafts || o.KeepGood,
	}
	s.scanner = leak.New(leakOptions(cfg))
	s.tickets = internalTickets(cfg, s.scanner)
	for _, pattern := range cfg.Forbidden {
		s.patterns = append(s.patterns, regexp.MustCompile(pattern)) // config has tried it
	}
	for _, r := range cfg.Redact {
		pattern := regexp.MustCompile(r.Pattern) // config has tried it
		r := redaction{pattern: pattern, seen: pattern, reason: r.Reason}
		if again, err := regexp.Compile(norm.NFC.String(pattern.String())); err == nil {
			r.seen = again
		}
		s.redactions = append(s.redactions, r)
	}
	for _, z := range cfg.Zones {
		s.decoding.Zones[z.Abbreviation] = z.Name
	}
	s.hash, s.shown = s.sum(cfg, true), s.sum(cfg, false)
	return s
}

// sum hashes the settings; names and patterns as the site writes them. With
// doubts it counts what only diagnostics depend on.
func (s *settings) sum(cfg *config.Config, doubts bool) [32]byte {
	all := struct {
		root, language         string
		jekyll, only, internal bool
		decoding               postmortem.Options
		headings               []config.Headings
		forbidden              []string
		redact                 []config.Redaction
		leaks                  leak.Options
		tickets                string
		drafts                 bool
		zoned                  bool
		zone                   string
		offset                 int // of a zone that is nothing but one
	}{
		root: s.root, language: s.language, jekyll: s.jekyll, only: s.only, internal: s.internal,
		decoding: s.decoding, headings: cfg.Headings, forbidden: cfg.Forbidden, redact: cfg.Redact,
		zoned: s.zone != nil,
	}
	if doubts {
		all.leaks, all.drafts = leakOptions(cfg), s.drafts
		if s.tickets != nil {
			all.tickets = s.tickets.String()
		}
	}
	if s.zone != nil {
		all.zone = s.zone.String()
		_, all.offset = time.Unix(0, 0).In(s.zone).Zone()
	}
	return new(hasher).sum(planner{}.of(reflect.TypeOf(all)), reflect.ValueOf(all))
}

package config

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// keys is publish.yaml: every key and what it settles (DESIGN.md §3).
var keys = []key[*Config]{
	{"title", text("title", func(c *Config) *string { return &c.Title })},
	{"description", text("description", func(c *Config) *string { return &c.Description })},
	{"base_url", readBaseURL},
	{"language", readLanguage},
	{"timezone", readTimezone},
	{"organization", text("organization", func(c *Config) *string { return &c.Organization })},
	{"authors", func(d *decoder, n *tree.Node, c *Config) { c.Authors = d.texts(n, "authors") }},
	{"contact", text("contact", func(c *Config) *string { return &c.Contact })},
	{"status_page", address("status_page", func(c *Config) *string { return &c.StatusPage }, "https", "http")},
	{"subscribe_url", address("subscribe_url", func(c *Config) *string { return &c.SubscribeURL }, "https", "http", "mailto")},
	{"repository", readRepository},
	{"license", text("license", func(c *Config) *string { return &c.License })},
	{"content", folder("content", func(c *Config) *string { return &c.Content })},
	{"output", folder("output", func(c *Config) *string { return &c.Output })},
	{"permalink", readPermalink},
	{"per_page", number("per_page", func(c *Config) *int { return &c.PerPage }, 1)},
	{"outputs", readOutputs},
	{"pages", func(d *decoder, n *tree.Node, c *Config) { readMapping(d, n, "pages", pagesKeys, c) }},
	{"countermeasures", func(d *decoder, n *tree.Node, c *Config) {
		readMapping(d, n, "countermeasures", countermeasuresKeys, c)
	}},
	{"facts", choice("facts", func(c *Config) *string { return &c.Facts }, "stated", "full")},
	{"cards", func(d *decoder, n *tree.Node, c *Config) {
		word, _ := d.choice(n, "cards", "true", "false")
		c.Cards = word == "true"
	}},
	{"severities", readSeverities},
	{"services", readServices},
	{"menu", readMenu},
	{"theme", readTheme},
	{"feed", func(d *decoder, n *tree.Node, c *Config) { readMapping(d, n, "feed", feedKeys, c) }},
	{"trackers", readTrackers},
	{"headings", readHeadings},
	{"zones", readZones},
	{"data", func(d *decoder, n *tree.Node, c *Config) { readMapping(d, n, "data", dataKeys, c) }},
	{"forbidden", readForbidden},
	{"redact", readRedact},
	{"internal_hosts", func(d *decoder, n *tree.Node, c *Config) { c.InternalHosts = d.texts(n, "internal_hosts") }},
	{"checks", readChecks},
	{"audience", choice("audience", func(c *Config) *string { return &c.Audience }, "public", "internal")},
}

func readOutputs(d *decoder, n *tree.Node, c *Config) {
	c.Outputs = d.choices(n, "outputs", "html", "feeds", "search", "data", "statuspage")
}

// readForbidden reads the patterns of what must never be published: regular
// expressions in Go's syntax (RE2).
func readForbidden(d *decoder, n *tree.Node, c *Config) {
	for _, pattern := range d.texts(n, "forbidden") {
		if _, err := regexp.Compile(pattern); err != nil || pattern == "" {
			d.wrong(n, "patterns are regular expressions; write \\. for a full stop", "`forbidden` holds %q, which is no pattern", pattern)
			continue
		}
		c.Forbidden = append(c.Forbidden, pattern)
	}
}

var redactKeys = []key[*Redaction]{
	{"text", text("text", func(r *Redaction) *string { return &r.Text })},
	{"pattern", text("pattern", func(r *Redaction) *string { return &r.Pattern })},
	{"reason", text("reason", func(r *Redaction) *string { return &r.Reason })},
}

// readRedact reads what is to be published as a placeholder: texts, in any case
// of letters, or regular expressions.
func readRedact(d *decoder, n *tree.Node, c *Config) {
	if n.Kind != tree.Sequence {
		d.wrong(n, "write `- {text: Contoso, reason: a customer}`", "`redact` must be a list")
		return
	}
	for _, item := range n.Items {
		r := Redaction{Pos: item.Pos}
		readMapping(d, item, "redact", redactKeys, &r)
		if r.Text != "" && r.Pattern == "" {
			r.Pattern = literal(r.Text)
		} else if r.Text != "" {
			d.wrong(item, "write one of the two", "an item of `redact` has a text and a pattern")
			continue
		}
		pattern, err := regexp.Compile(r.Pattern)
		switch {
		case strings.TrimSpace(r.Reason) == "" || strings.ContainsAny(r.Reason, "[]<>\n"):
			d.wrong(item, "add `reason:`, in words that the public may read, without brackets", "an item of `redact` needs a reason")
		case r.Pattern == "" || err != nil || pattern.MatchString(""):
			d.wrong(item, "patterns are regular expressions; write \\. for a full stop", "`redact` holds %q, which is no pattern", r.Pattern)
		case pattern.MatchString(r.Reason):
			d.wrong(item, "say why in other words", "the reason of an item of `redact` says what it hides")
		default:
			c.Redact = append(c.Redact, r)
		}
	}
}

// literal is the pattern of a text as people write it again: in any case, with
// its letters in either form of Unicode, and with a break of the line, a
// no-break space or a hyphen where it has a blank.
func literal(text string) string {
	var b strings.Builder
	b.WriteString("(?i)")
	for i, word := range strings.Fields(norm.NFC.String(text)) {
		if i > 0 {
			b.WriteString(`[\s\p{Z}_\x{ad}\x{2010}\x{2011}-]+`)
		}
		for _, r := range word {
			composed := string(r)
			if apart := norm.NFD.String(composed); apart != composed {
				b.WriteString("(?:" + composed + "|" + apart + ")")
			} else {
				b.WriteString(regexp.QuoteMeta(composed))
			}
		}
	}
	return b.String()
}

var pagesKeys = []key[*Config]{
	{"countermeasures", choice("countermeasures", func(c *Config) *string { return &c.Pages.Countermeasures }, "public", "internal", "off")},
	{"insights", choice("insights", func(c *Config) *string { return &c.Pages.Insights }, "public", "internal", "off")},
}

var countermeasuresKeys = []key[*Config]{
	{"show", func(d *decoder, n *tree.Node, c *Config) { c.Show = d.choices(n, "show", "owner", "due", "late") }},
}

var feedKeys = []key[*Config]{
	{"limit", number("limit", func(c *Config) *int { return &c.Feed.Limit }, 1)},
	{"id", text("id", func(c *Config) *string { return &c.Feed.ID })},
	{"aliases", readFeedAliases},
}

// readFeedAliases reads addresses below the site's root.
func readFeedAliases(d *decoder, n *tree.Node, c *Config) {
	items := n.Items
	if n.Kind != tree.Sequence {
		items = []*tree.Node{n}
	}
	for _, item := range items {
		text, ok := d.text(item, "aliases")
		if !ok {
			continue
		}
		u, err := url.Parse(text)
		if err != nil || u.IsAbs() || u.Host != "" || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") == "" {
			d.wrong(item, "write its path below the site's address: /index.xml", "`feed.aliases` holds %q, which is no path of a feed", text)
			continue
		}
		c.Feed.Aliases = append(c.Feed.Aliases, Alias{"/" + strings.TrimPrefix(u.Path, "/"), item.Pos})
	}
}

var dataKeys = []key[*Config]{
	{"extra", func(d *decoder, n *tree.Node, c *Config) { c.DataExtra = d.texts(n, "extra") }},
}

var serviceKeys = []key[*Service]{
	{"name", text("name", func(s *Service) *string { return &s.Name })},
	{"group", text("group", func(s *Service) *string { return &s.Group })},
	{"description", text("description", func(s *Service) *string { return &s.Description })},
}

var menuKeys = []key[*MenuItem]{
	{"title", text("title", func(m *MenuItem) *string { return &m.Title })},
	{"url", text("url", func(m *MenuItem) *string { return &m.URL })},
}

func text[T any](name string, field func(T) *string) func(*decoder, *tree.Node, T) {
	return func(d *decoder, n *tree.Node, v T) {
		if s, ok := d.text(n, name); ok {
			*field(v) = s
		}
	}
}

func number[T any](name string, field func(T) *int, least int) func(*decoder, *tree.Node, T) {
	return func(d *decoder, n *tree.Node, v T) {
		if i, ok := d.number(n, name, least); ok {
			*field(v) = i
		}
	}
}

func choice[T any](name string, field func(T) *string, words ...string) func(*decoder, *tree.Node, T) {
	return func(d *decoder, n *tree.Node, v T) {
		if s, ok := d.choice(n, name, words...); ok {
			*field(v) = s
		}
	}
}

func address(name string, field func(*Config) *string, schemes ...string) func(*decoder, *tree.Node, *Config) {
	return func(d *decoder, n *tree.Node, c *Config) {
		if s, ok := d.address(n, name, schemes...); ok {
			*field(c) = s
		}
	}
}

func folder(name string, field func(*Config) *string) func(*decoder, *tree.Node, *Config) {
	return func(d *decoder, n *tree.Node, c *Config) {
		if s, ok := d.folder(n, name); ok {
			*field(c) = s
		}
	}
}

func readBaseURL(d *decoder, n *tree.Node, c *Config) {
	s, ok := d.text(n, "base_url")
	if !ok {
		return
	}
	u, problem := parseBaseURL(s)
	if problem != "" {
		d.wrong(n, baseURLHint, "`base_url` %s: %q", problem, s)
		c.BaseURLWrong = true
		return
	}
	c.BaseURL = u
}

func readLanguage(d *decoder, n *tree.Node, c *Config) {
	s, ok := d.text(n, "language")
	if !ok {
		return
	}
	tag, ok := locale.Written(s)
	if !ok {
		d.wrong(n, "write a tag such as `en`, `fr` or `pt-BR`", "`language` must be a language tag, not %q", s)
		return
	}
	c.Language = tag
}

func readTimezone(d *decoder, n *tree.Node, c *Config) {
	s, ok := d.text(n, "timezone")
	if !ok {
		return
	}
	zone, ok := loadZone(s)
	if !ok {
		d.wrong(n, "write a name such as `Europe/Paris`, or `UTC`", "unknown time zone %q", s)
		return
	}
	c.Timezone = zone
}

func readRepository(d *decoder, n *tree.Node, c *Config) {
	if n.Kind == tree.Scalar {
		if r, ok := repositoryAddress(n.Value); ok {
			c.Repository = r
			return
		}
	}
	if s, ok := d.address(n, "repository", "https", "http"); ok {
		c.Repository = strings.TrimSuffix(s, "/")
	}
}

var ownerAndName = pattern.New(`^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$`)

// repositoryAddress turns GitHub's short form, owner/name, into an address.
func repositoryAddress(short string) (string, bool) {
	if !ownerAndName.MatchString(short) {
		return "", false
	}
	return "https://github.com/" + short, true
}

func readServices(d *decoder, n *tree.Node, c *Config) {
	c.Services = mappings(d, n, "services", serviceKeys, func(item *tree.Node) Service {
		return Service{Name: strings.TrimSpace(item.Value)}
	})
	for i, s := range c.Services {
		if s.Name == "" {
			d.wrong(n.Items[i], "", "`services[%d]` needs a `name`", i)
		}
	}
}

func readMenu(d *decoder, n *tree.Node, c *Config) {
	c.Menu = mappings(d, n, "menu", menuKeys, nil)
	for i := range c.Menu {
		item := &c.Menu[i]
		item.Pos = n.Items[i].Pos
		if n.Items[i].Kind == tree.Mapping && (item.Title == "" || item.URL == "") {
			d.wrong(n.Items[i], "write `- title: About` and below it `url: about.md`", "`menu[%d]` needs a `title` and a `url`", i)
		}
	}
}

func readTrackers(d *decoder, n *tree.Node, c *Config) {
	for _, e := range d.pairs(n, "trackers") {
		if s, ok := d.address(e.Value, "trackers."+e.Key.Value, "https", "http"); ok {
			c.Trackers = append(c.Trackers, Tracker{Prefix: e.Key.Value, URL: s})
		}
	}
	slices.SortStableFunc(c.Trackers, func(a, b Tracker) int { return cmp.Compare(a.Prefix, b.Prefix) })
}

func readHeadings(d *decoder, n *tree.Node, c *Config) {
	roles := make([]string, len(locale.Roles))
	for i, role := range locale.Roles {
		roles[i] = string(role)
	}
	for _, e := range d.pairs(n, "headings") {
		if role, ok := d.choice(e.Key, "headings", roles...); ok {
			c.Headings = append(c.Headings, Headings{Role: role, Names: d.texts(e.Value, "headings."+role)})
		}
	}
}

func readZones(d *decoder, n *tree.Node, c *Config) {
	for _, e := range d.pairs(n, "zones") {
		name, ok := d.text(e.Value, "zones."+e.Key.Value)
		if !ok {
			continue
		}
		if _, ok := loadZone(name); !ok {
			d.wrong(e.Value, "write a name such as `Europe/Paris`", "unknown time zone %q", name)
			continue
		}
		c.Zones = append(c.Zones, Zone{Abbreviation: e.Key.Value, Name: name})
	}
}

// readChecks takes `code: level`, or `code: {pattern: level}` for some files.
func readChecks(d *decoder, n *tree.Node, c *Config) {
	var codes []string
	for _, level := range []diag.Level{diag.Error, diag.Warning, diag.Note} {
		for _, code := range diag.Codes(level) {
			codes = append(codes, string(code))
		}
	}
	for _, e := range d.pairs(n, "checks") {
		code := e.Key.Value
		if !slices.Contains(codes, code) {
			hint := "docs/diagnostics.md lists the codes"
			if near := diag.Nearest(code, codes); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			d.wrong(e.Key, hint, "unknown code %q in `checks`", code)
			continue
		}
		if e.Value.Kind != tree.Mapping {
			d.check(e.Value, c, code, "")
			continue
		}
		for _, sub := range e.Value.Entries {
			d.check(sub.Value, c, code, sub.Key.Value)
		}
	}
}

var levels = map[string]diag.Level{"error": diag.Error, "warning": diag.Warning, "note": diag.Note, "off": diag.Off}

// fixed are the codes whose errors nobody may lower, and why: behind each
// stands something that was to be kept back, or settings that mean something
// else than was meant.
var fixed = map[diag.Code]string{
	diag.Config:       "a mistake in the settings may be about what is published",
	diag.PrivacyKey:   "what was to be kept back could get out",
	diag.InternalMark: "what was to be kept back could get out",
	diag.LeakInternal: "what was to be kept back could get out",
}

func (d *decoder) check(n *tree.Node, c *Config, code, pattern string) {
	if word, ok := d.choice(n, "checks."+code, "error", "warning", "note", "off"); ok {
		if why := fixed[diag.Code(code)]; why != "" && levels[word] != diag.Error {
			d.wrong(n, "take it out, and mend what is reported", "`%s` is always an error and cannot be lowered to %s: %s", code, word, why)
			return
		}
		c.Checks = append(c.Checks, Check{Code: diag.Code(code), Level: levels[word], Path: pattern})
	}
}

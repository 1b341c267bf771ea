package config

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// keys is publish.yaml: every key and what it settles (DESIGN.md §3).
var keys = []key[*Config]{
	{"title", text("title", func(c *Config) *string { return &c.Title })},
	{"description", text("description", func(c *Config) *string { return &c.Description })},
	{"base_url", value[*Config]{readBaseURL, addressOf("https", "http")}},
	{"language", value[*Config]{readLanguage, plainText}},
	{"timezone", value[*Config]{readTimezone, plainText}},
	{"organization", text("organization", func(c *Config) *string { return &c.Organization })},
	{"authors", texts("authors", func(c *Config) *[]string { return &c.Authors })},
	{"contact", text("contact", func(c *Config) *string { return &c.Contact })},
	{"status_page", address("status_page", func(c *Config) *string { return &c.StatusPage }, "https", "http")},
	{"subscribe_url", address("subscribe_url", func(c *Config) *string { return &c.SubscribeURL }, "https", "http", "mailto")},
	{"repository", value[*Config]{readRepository, repositoryShape}},
	{"license", text("license", func(c *Config) *string { return &c.License })},
	{"content", folder("content", func(c *Config) *string { return &c.Content })},
	{"output", folder("output", func(c *Config) *string { return &c.Output })},
	{"permalink", value[*Config]{readPermalink, permalinkShape}},
	{"per_page", number("per_page", func(c *Config) *int { return &c.PerPage }, 1)},
	{"outputs", choices("outputs", func(c *Config) *[]string { return &c.Outputs }, "html", "feeds", "search", "data", "statuspage")},
	{"pages", mapping("pages", pagesKeys)},
	{"countermeasures", mapping("countermeasures", countermeasuresKeys)},
	{"facts", choice("facts", func(c *Config) *string { return &c.Facts }, "stated", "full")},
	{"cards", value[*Config]{readCards, oneOf("true", "false")}},
	{"severities", value[*Config]{readSeverities, listOf(severityKeys, true, "id")}},
	{"services", value[*Config]{readServices, listOf(serviceKeys, true, "name")}},
	{"menu", value[*Config]{readMenu, listOf(menuKeys, false, "title", "url")}},
	{"theme", value[*Config]{readTheme, mappingOf(themeKeys)}},
	{"feed", mapping("feed", feedKeys)},
	{"trackers", value[*Config]{readTrackers, pairsOf(addressOf("https", "http"))}},
	{"headings", value[*Config]{readHeadings, headingsShape}},
	{"zones", value[*Config]{readZones, pairsOf(plainText)}},
	{"data", mapping("data", dataKeys)},
	{"forbidden", value[*Config]{readForbidden, manyOf(plainText)}},
	{"redact", value[*Config]{readRedact, listOf(redactKeys, false, "reason")}},
	{"internal_hosts", texts("internal_hosts", func(c *Config) *[]string { return &c.InternalHosts })},
	{"checks", value[*Config]{readChecks, checksShape}},
	{"audience", choice("audience", func(c *Config) *string { return &c.Audience }, "public", "internal")},
}

func readCards(d *decoder, n *tree.Node, c *Config) {
	word, _ := d.choice(n, "cards", "true", "false")
	c.Cards = word == "true"
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
	{"show", choices("show", func(c *Config) *[]string { return &c.Show }, "owner", "due", "late")},
}

var feedKeys = []key[*Config]{
	{"limit", number("limit", func(c *Config) *int { return &c.Feed.Limit }, 1)},
	{"id", text("id", func(c *Config) *string { return &c.Feed.ID })},
	{"aliases", value[*Config]{readFeedAliases, manyOf(plainText)}},
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
	{"extra", texts("extra", func(c *Config) *[]string { return &c.DataExtra })},
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
		if kind := n.Items[i].Kind; (kind == tree.Mapping || kind == tree.Null) && (item.Title == "" || item.URL == "") {
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

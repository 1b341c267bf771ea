package site

import (
	"fmt"
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/postmortem"
)

// defaultPermalink is the address of a post where the site says nothing; in a
// Jekyll folder it is the style "date".
const defaultPermalink = "/:year/:month/:day/:slug/"

// permalink gives the route of a page. bare says that its address has no
// ".html" although its file does.
func (s *Site) permalink(p *Page) (route string, bare bool) {
	pattern := s.permalinkPattern(p)
	address := cleanRoute(s.expand(pattern, p))
	switch {
	case strings.HasSuffix(address, "/"):
		return address, false
	case path.Ext(address) == ".html" || path.Ext(address) == ".htm":
		if path.Base(address) == "index.html" {
			return strings.TrimSuffix(address, "index.html"), false
		}
		return address, false
	case s.Jekyll:
		return address + ".html", true
	}
	return address + "/", false
}

func (s *Site) permalinkPattern(p *Page) string {
	if p.Head.Permalink != "" {
		return p.Head.Permalink
	}
	style := s.Config.Permalink
	if s.Jekyll && style == "" {
		style = "date"
	}
	if p.Kind == postmortem.KindPage {
		return s.pagePattern(p, style)
	}
	if pattern, ok := config.PermalinkStyle(style); ok {
		return pattern
	}
	if style != "" {
		return style
	}
	return defaultPermalink
}

// pagePattern is the address of an undated page: below its folder. In a Jekyll
// folder it ends as Jekyll's pages do, which follows the style of the posts
// (Jekyll::Utils.add_permalink_suffix).
func (s *Site) pagePattern(p *Page, style string) string {
	folder := "/" + p.Dir
	if p.Index {
		return folder + "/"
	}
	if !s.Jekyll {
		return pathSlug(folder) + "/" + p.Slug + "/"
	}
	name := folder + "/" + p.Stem
	switch {
	case style == "pretty" || strings.HasSuffix(style, "/"):
		return name + "/"
	case style == "date" || style == "ordinal" || style == "none" || strings.HasSuffix(style, ":output_ext"):
		return name + ".html"
	}
	return name
}

// expand fills in a permalink's placeholders. Those that nobody knows stay.
func (s *Site) expand(pattern string, p *Page) string {
	if !strings.Contains(pattern, ":") {
		return pattern
	}
	date := s.urlDate(p)
	var b strings.Builder
	b.Grow(len(pattern) + len(p.Slug))
	for i := 0; i < len(pattern); {
		if pattern[i] != ':' {
			b.WriteByte(pattern[i])
			i++
			continue
		}
		name := placeholder(pattern[i+1:])
		value, ok := s.placeholderValue(name, p, date)
		if !ok && strings.HasSuffix(name, "_") { // ":month_:day"
			name = strings.TrimSuffix(name, "_")
			value, ok = s.placeholderValue(name, p, date)
		}
		if !ok {
			b.WriteByte(':')
			i++
			continue
		}
		b.WriteString(value)
		i += 1 + len(name)
	}
	return b.String()
}

// unknownPlaceholder gives one that expand has left in an address, or "".
func unknownPlaceholder(address string) string {
	for {
		_, rest, found := strings.Cut(address, ":")
		if !found {
			return ""
		}
		if name := placeholder(rest); name != "" {
			return ":" + name
		}
		address = rest
	}
}

// placeholder is the run of letters and underscores at the start of s.
func placeholder(s string) string {
	n := strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' })
	if n < 0 {
		n = len(s)
	}
	return s[:n]
}

func (s *Site) placeholderValue(name string, p *Page, date time.Time) (string, bool) {
	if layout, ok := dateLayouts[name]; ok {
		return date.Format(layout), true
	}
	switch name {
	case "y_day":
		return fmt.Sprintf("%03d", date.YearDay()), true
	case "w_year":
		year, _ := date.ISOWeek()
		return fmt.Sprintf("%04d", year), true
	case "week":
		_, week := date.ISOWeek()
		return fmt.Sprintf("%02d", week), true
	case "w_day":
		return fmt.Sprint((int(date.Weekday())+6)%7 + 1), true
	case "title":
		if s.Jekyll {
			return jekyllTitle(s.jekyllSlug(p)), true
		}
		return p.Slug, true
	case "slug":
		if s.Jekyll {
			return strings.ToLower(hyphenate(s.jekyllSlug(p), "")), true
		}
		return p.Slug, true
	case "name":
		return Slug(p.Stem), true
	case "path":
		return p.Dir, true
	case "basename":
		return p.Stem, true
	case "categories":
		return s.categories(p, strings.ToLower), true
	case "slugified_categories":
		return s.categories(p, Slug), true
	case "output_ext":
		return ".html", true
	case "collection":
		return "posts", true
	}
	return "", false
}

var dateLayouts = map[string]string{
	"year": "2006", "short_year": "06", "month": "01", "i_month": "1", "short_month": "Jan",
	"long_month": "January", "day": "02", "i_day": "2", "short_day": "Mon", "long_day": "Monday",
	"hour": "15", "minute": "04", "second": "05",
}

// urlDate is the date in a post's address. Jekyll turns a time with an offset
// into the site's zone first; elsewhere the day is the one that was written.
func (s *Site) urlDate(p *Page) time.Time {
	d := p.Date
	if s.Jekyll && d.Zoned {
		zone := s.Config.Timezone
		if zone == nil {
			zone = time.UTC
		}
		return d.Time.In(zone)
	}
	return d.Time
}

func (s *Site) jekyllSlug(p *Page) string {
	if p.Head.Slug != "" {
		return p.Head.Slug
	}
	return norm.NFC.String(p.Stem)
}

func (s *Site) categories(p *Page, form func(string) string) string {
	var out []string
	seen := map[string]bool{}
	for _, list := range [][]string{p.FolderCategories, p.Head.Categories} {
		for _, c := range list {
			if c = form(c); c != "" && !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return strings.Join(out, "/")
}

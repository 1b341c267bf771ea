package importer

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"publish/internal/pattern"
	"publish/internal/tree"
)

// Readers of feeds know an entry by its id. Those that Jekyll and Hugo make are
// addresses, which nothing here would give again: each text keeps its own as
// `feed_id`, so that whoever reads the old feed is shown nothing twice.

// noIDs says what to do where the ids of the old feed are not known.
const noIDs = "what ids it gives its entries is not known: `publish diff` against the old site, while it is there, names the `feed_id` line of each"

// keepFeedID notes the id that a text has in the old feed.
func (d *document) keepFeedID(r *Result, id, from string) {
	if id == "" || d.raw != nil || d.get("feed_id") != nil || d.text("draft") == "true" {
		return
	}
	d.put("feed_id", textNode(id))
	r.went(from, "feed_id")
}

// keepFeed makes the setting for the feed: its old addresses, and as many entries
// as it had, so that no older ones come back.
func (r *Result) keepFeed(from string, limit int, aliases ...string) {
	var entries []tree.Entry
	if limit > 0 {
		entries = append(entries, entry("limit", plainNode(strconv.Itoa(limit))))
	}
	if len(aliases) > 0 {
		entries = append(entries, entry("aliases", listNode(aliases...)))
	}
	if len(entries) > 0 {
		r.setting("feed", mapNode(entries...), from)
	}
}

// jekyllTemplates are where authors of Jekyll sites put a feed of their own.
var jekyllTemplates = []string{"feed.xml", "atom.xml", "rss.xml", "index.xml", "feed/index.xml"}

// Limit of jekyll-feed where the settings name none.
const jekyllFeedLimit = 10

// feed keeps the feed of a Jekyll site: that of the site's own template, which
// wins there too, else that of jekyll-feed.
func (j *jekyll) feed(places map[string]Place) error {
	for _, name := range jekyllTemplates {
		if !j.src.isFile(name) {
			continue
		}
		data, err := j.src.file(name)
		if err != nil {
			return err
		}
		if t := string(data); strings.Contains(t, "<rss") || strings.Contains(t, "<feed") {
			j.ownFeed(name, t, places)
			return nil
		}
	}
	limit, aliases := 0, []string(nil)
	if at := strings.TrimPrefix(getText(j.root, "feed", "path"), "/"); at != "" && at != "feed.xml" { // which is publish's too
		aliases = []string{"/" + at}
	}
	plugged, err := j.plugged()
	if err != nil {
		return err
	}
	if plugged {
		limit = jekyllFeedLimit
		if n, err := strconv.Atoi(getText(j.root, "feed", "posts_limit")); err == nil {
			limit = n
		}
		for _, d := range j.docs {
			j.keepID(d, places[d.from].FeedID, "id in the feed of jekyll-feed")
		}
	}
	j.r.keepFeed("the feed of jekyll-feed", limit, aliases...)
	return nil
}

// keepID keeps the id of a post, where the site says under which address it was
// online.
func (j *jekyll) keepID(d *document, id, from string) {
	if jekyllType(d.from) == "posts" && isSiteAddress(getText(j.root, "url")) {
		d.keepFeedID(j.r, id, from)
	}
}

// plugged says whether the site uses jekyll-feed.
func (j *jekyll) plugged() (bool, error) {
	const name = "jekyll-feed"
	if slices.Contains(textsOf(get(j.root, "plugins")), name) || slices.Contains(textsOf(get(j.root, "gems")), name) {
		return true, nil
	}
	if !j.src.isFile("Gemfile") {
		return false, nil
	}
	data, err := j.src.file("Gemfile")
	return strings.Contains(string(data), name), err
}

var (
	liquidLoop   = pattern.New(`\{%-?\s*for\s+(\w+)\s+in\b([^%]*)`)
	loopLimit    = pattern.New(`\blimit:\s*(\d+)`)
	entryID      = pattern.New(`<(?:id|guid)\b[^>]*>\s*([^<]*?)\s*</`)
	liquidOutput = pattern.New(`\{\{-?\s*(.*?)\s*-?\}\}`)
)

// ownFeed keeps a feed that a template of the site makes.
func (j *jekyll) ownFeed(name, template string, places map[string]Place) {
	limit := 0
	var id []string
	if at := liquidLoop.FindStringSubmatchIndex(template); at != nil {
		if n := loopLimit.FindStringSubmatch(template[at[4]:at[5]]); n != nil {
			limit, _ = strconv.Atoi(n[1])
		}
		id = entryID.FindStringSubmatch(template[at[1]:])
	}
	known := id != nil
	for _, d := range j.docs {
		if id == nil || jekyllType(d.from) != "posts" || places[d.from].FeedID == "" {
			continue
		}
		text, ok := j.fillIn(id[1], places[d.from])
		if known = known && ok; ok {
			j.keepID(d, text, "id in the feed of "+name)
		}
	}
	if !known {
		j.r.note(name, noIDs)
	}
	var aliases []string
	if name != "feed.xml" {
		aliases = []string{"/" + name}
	}
	j.r.keepFeed("the feed of "+name, limit, aliases...)
}

// fillIn writes the id of a post as a template's Liquid does; ok is false where
// it holds something else than the post's address and the site's.
func (j *jekyll) fillIn(template string, p Place) (id string, ok bool) {
	root := strings.TrimSuffix(getText(j.root, "url"), "/")
	base := strings.TrimSuffix(getText(j.root, "baseurl"), "/")
	if base != "" && !strings.HasPrefix(base, "/") {
		base = "/" + base
	}
	ok = true
	id = liquidOutput.ReplaceAllStringFunc(template, func(output string) string {
		steps := strings.Split(liquidOutput.FindStringSubmatch(output)[1], "|")
		value := ""
		switch name := strings.TrimSpace(steps[0]); {
		case name == "site.url":
			value = root
		case name == "site.baseurl":
			value = base
		case strings.HasSuffix(name, ".url"):
			value = strings.TrimPrefix(p.URL, root+base)
		case strings.HasSuffix(name, ".id"):
			value = strings.TrimPrefix(p.FeedID, root+base)
		default:
			ok = false
		}
		for _, step := range steps[1:] {
			switch strings.Join(strings.Fields(step), " ") {
			case "prepend: site.url":
				value = root + value
			case "prepend: site.baseurl", "relative_url":
				value = base + value
			case "absolute_url":
				value = root + base + value
			case "xml_escape", "escape":
			default:
				ok = false
			}
		}
		return value
	})
	return id, ok && strings.HasPrefix(id, "http") && !strings.ContainsAny(id, "{} ")
}

// feed keeps the ids of Hugo's feed, which are the full addresses of pages
// (https://gohugo.io/templates/rss/), and gives how many entries it has at most;
// 0 where it has all.
func (h *hugo) feed(has func(*document) bool) (limit int, err error) {
	limit, _ = strconv.Atoi(getText(h.root, "services", "rss", "limit"))
	if limit <= 0 {
		limit, _ = strconv.Atoi(getText(h.root, "rssLimit"))
	}
	base, err := url.Parse(getText(h.root, "baseURL"))
	if err != nil || !isSiteAddress(base.String()) {
		h.r.note(h.file, "it does not say under which address the site is online, so its feed's ids are not known: `publish diff` against the old site names the `feed_id` line of each")
		return limit, nil
	}
	template, err := h.feedTemplate()
	if err != nil || template != "" {
		h.r.note(template, noIDs)
		return limit, err
	}
	for _, d := range h.docs {
		address := h.address[d]
		if address == "" || h.languageOf(d) != "" || !has(d) {
			continue
		}
		at := *base
		at.Path, at.RawPath = strings.TrimSuffix(base.Path, "/")+address, ""
		d.keepFeedID(h.r, at.String(), "address of the page, the id in the feed")
	}
	return limit, nil
}

// dated says whether Hugo has a date for a text, which a post has.
func dated(d *document) bool {
	return d.text("date") != "" || d.text("publishDate") != "" || datedName.MatchString(path.Base(d.from))
}

// hugoGUID is the element with which an entry of a template begins its id.
var hugoGUID = pattern.New(`<(?:guid|id)\b[^>]*>\s*\{\{-?\s*(?:\$?\.?\w*)?\.Permalink\b`)

// feedTemplate gives the template of the site's own, or of its theme, that gives
// entries other ids than their addresses.
func (h *hugo) feedTemplate() (string, error) {
	names, err := h.src.files()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if !strings.Contains("/"+name, "/layouts/") || path.Ext(name) != ".xml" {
			continue
		}
		data, err := h.src.file(name)
		if err != nil {
			return "", err
		}
		if t := string(data); (strings.Contains(t, "<guid") || strings.Contains(t, "<entry")) && !hugoGUID.MatchString(t) {
			return name, nil
		}
	}
	return "", nil
}

package importer

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"publish/internal/pattern"
)

// feedEntry is an entry of Atom, or an item of RSS.
type feedEntry struct {
	ID        string `xml:"id"`
	GUID      string `xml:"guid"`
	Title     string `xml:"title"`
	Published string `xml:"published"`
	PubDate   string `xml:"pubDate"`
	Updated   string `xml:"updated"`
	Links     []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
		Text string `xml:",chardata"`
	} `xml:"link"`
	Content     string `xml:"content"`
	Description string `xml:"description"`
}

type historyFeed struct {
	Title   string      `xml:"title"`
	Entries []feedEntry `xml:"entry"`
	Channel struct {
		Title string      `xml:"title"`
		Items []feedEntry `xml:"item"`
	} `xml:"channel"`
}

// plainXML is an error of the XML reader in plain words.
func plainXML(err error) string {
	var at *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return "it is empty"
	case !errors.As(err, &at):
		return "its root is another element than a feed's"
	case at.Msg == "unexpected EOF":
		return fmt.Sprintf("it ends in the middle, on line %d", at.Line)
	case strings.HasPrefix(at.Msg, "invalid character entity "):
		return fmt.Sprintf("line %d has an entity that XML does not know: %s", at.Line, strings.TrimPrefix(at.Msg, "invalid character entity "))
	}
	return fmt.Sprintf("on line %d: %s", at.Line, at.Msg)
}

// htmlPage is how a page for people begins, where a feed or JSON should be.
var htmlPage = pattern.New(`(?i)^<(?:!doctype\s+html|html|head)\b`)

// collectFeed reads /history.atom or /history.rss.
func (p *statusPage) collectFeed(name, text string) (found bool, problem string) {
	var feed historyFeed
	if htmlPage.MatchString(text) {
		return false, "it is a page for people (HTML), perhaps one that asks to log in"
	}
	if !utf8.ValidString(text) {
		return false, "it is no UTF-8: save it as UTF-8"
	}
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // it is UTF-8 whatever it says
	if err := decoder.Decode(&feed); err != nil {
		return false, "it is no feed: " + plainXML(err)
	}
	for _, e := range append(feed.Entries, feed.Channel.Items...) {
		if o := e.incident(); o != nil {
			p.merge(&statusIncident{o, name, 1})
			found = true
		}
	}
	title := feed.Title + feed.Channel.Title
	if found && p.page == nil {
		title, _, _ = strings.Cut(title, " - Incident History")
		p.page = object{"name": strings.TrimSuffix(title, " Status")}
	}
	return found, ""
}

// incident makes the object of an entry that the public API would have had.
func (e feedEntry) incident() object {
	link := e.GUID
	for _, l := range e.Links {
		if l.Href != "" && (l.Rel == "" || l.Rel == "alternate") {
			link = l.Href
		} else if strings.TrimSpace(l.Text) != "" {
			link = strings.TrimSpace(l.Text)
		}
	}
	dir, code := path.Split(strings.TrimSuffix(link, "/"))
	if code == "" || !strings.HasSuffix(dir, "/incidents/") {
		return nil
	}
	published, _ := readTime(firstOf(e.Published, e.PubDate))
	updates, status := feedUpdates(e.Content+e.Description, published)
	o := object{"id": code, "name": strings.TrimSpace(e.Title), "incident_updates": updates}
	if !published.IsZero() {
		o["created_at"] = published.Format(time.RFC3339)
	}
	if t, ok := readTime(e.Updated); ok {
		o["updated_at"] = t.Format(time.RFC3339)
	}
	if status != "" {
		o["status"] = status
	}
	if e.ID != "" {
		o["atom_id"] = e.ID
	}
	return o
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

var (
	feedUpdate = pattern.New(`(?i)<p>\s*<small>`)
	feedParts  = pattern.New(`(?is)^<p>\s*<small>(.*?)</small>\s*<br\s*/?>\s*<strong>(.*?)</strong>\s*-?\s*(.*)$`)
	anyTag     = pattern.New(`<[^<>]*>`)
	feedClock  = pattern.New(`^(\pL{3,9})\.?\s+(\d{1,2}),\s*(\d{1,2}):(\d{2})\s*([A-Za-z]{1,5}|[+-]\d{2}:?\d{2})?`)
	feedStates = map[string]string{
		"investigating": "investigating", "identified": "identified", "monitoring": "monitoring", "resolved": "resolved", "postmortem": "postmortem",
		"scheduled": "scheduled", "in progress": "in_progress", "verifying": "verifying", "completed": "completed",
	}
)

// feedUpdates reads the updates in the text of an entry, newest first, and the
// state of the newest. A text of another shape is one update.
func feedUpdates(content string, published time.Time) (updates []any, status string) {
	starts := feedUpdate.FindAllStringIndex(content, -1)
	if len(starts) == 0 {
		if strings.TrimSpace(content) == "" {
			return []any{}, ""
		}
		return []any{object{"body": content, "created_at": published.Format(time.RFC3339)}}, ""
	}
	for i, at := range starts {
		end := len(content)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		part := strings.TrimSuffix(strings.TrimSpace(content[at[0]:end]), "</p>")
		m := feedParts.FindStringSubmatch(part)
		if m == nil {
			updates = append(updates, object{"body": part})
			continue
		}
		label := strings.TrimSpace(html.UnescapeString(anyTag.ReplaceAllString(m[2], "")))
		u := object{"body": strings.TrimSpace(m[3]), "label": label, "written_at": strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(m[1], " "))), " ")}
		if state := feedStates[strings.ToLower(label)]; state != "" {
			delete(u, "label")
			u["status"] = state
			if status == "" {
				status = state
			}
		}
		updates = append(updates, u)
	}
	repeatStates(updates)
	dateUpdates(updates, published)
	return updates, status
}

// repeatStates gives an "Update" the state of the one before, which is what the
// label means.
func repeatStates(updates []any) {
	state := ""
	for _, item := range slices.Backward(updates) {
		u, _ := item.(object)
		if strings.EqualFold(str(u, "label"), "update") && state != "" {
			u["status"] = state
			delete(u, "label")
		}
		state = str(u, "status")
	}
}

// dateUpdates gives the updates their years and zones, which the feed leaves
// out: the oldest is of the time at which the entry was published.
func dateUpdates(updates []any, published time.Time) {
	if published.IsZero() {
		return
	}
	last := published
	zones := map[string]*time.Location{"UTC": time.UTC, "GMT": time.UTC}
	for i := len(updates) - 1; i >= 0; i-- {
		u, _ := updates[i].(object)
		m := feedClock.FindStringSubmatch(strings.ReplaceAll(str(u, "written_at"), " ,", ","))
		if m == nil {
			continue
		}
		at, err := time.ParseInLocation("Jan 2 15:04 2006", m[1][:3]+" "+m[2]+" "+m[3]+":"+m[4]+" "+last.Format("2006"), time.UTC)
		if err != nil {
			continue
		}
		if at.Before(last.AddDate(0, -6, 0)) {
			at = at.AddDate(1, 0, 0)
		} else if at.After(last.AddDate(0, 6, 0)) {
			at = at.AddDate(-1, 0, 0)
		}
		zone := zones[m[5]]
		if zone == nil && i == len(updates)-1 {
			zone = zoneBetween(at, published, m[5])
			zones[m[5]] = zone
		}
		if zone == nil {
			u["written_at"] = at.Format("2006-01-02 15:04") + " " + m[5]
			continue
		}
		u["display_at"] = at.Format("2006-01-02T15:04:05") + time.Date(at.Year(), 1, 1, 0, 0, 0, 0, zone).Format("Z07:00")
		delete(u, "written_at")
		last = at
	}
}

// zoneBetween is the zone in which a clock shows a moment, if the difference
// can be that of a zone.
func zoneBetween(clock, moment time.Time, name string) *time.Location {
	offset := clock.Sub(moment.UTC()).Round(15 * time.Minute)
	rest := clock.Sub(moment.UTC()) - offset
	if rest < -time.Minute || rest > time.Minute || offset < -12*time.Hour || offset > 14*time.Hour {
		return nil
	}
	return time.FixedZone(name, int(offset.Seconds()))
}

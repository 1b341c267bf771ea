package render

import (
	"strings"

	"publish/internal/config"
	"publish/internal/pattern"
)

// ticketName is the name of an entry of a tracker: OPS-12, owner/name#12. It is
// no address, and a browser would look for it beside the page.
var ticketName = pattern.New(`^(?:[A-Za-z][A-Za-z0-9_]*-\d+|[\w.-]+/[\w.-]+#\d+|#\d+)$`)

// ticket splits what an author gave as a link: the address that it leads to, ""
// if there is none, and the name of the ticket if it is one. The trackers of
// the site say where tickets are.
func ticket(link string, trackers []config.Tracker) (address, name string) {
	link = strings.TrimSpace(link)
	if !ticketName.MatchString(link) {
		return link, ""
	}
	for _, t := range trackers {
		number, ok := strings.CutPrefix(link, t.Prefix)
		if number = strings.TrimLeft(number, "-#"); !ok || number == "" || strings.Trim(number, "0123456789") != "" {
			continue
		}
		if strings.Contains(t.URL, "{id}") {
			return strings.ReplaceAll(t.URL, "{id}", number), link
		}
		return t.URL + number, link
	}
	return "", link
}

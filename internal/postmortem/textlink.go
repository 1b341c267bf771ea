package postmortem

import (
	"sort"
	"strings"

	"publish/internal/block"
	"publish/internal/pattern"
)

var (
	address    = pattern.New(`https?://[^\s<>()\[\]"'…，。、]+`)
	trackerRef = pattern.New(`^(?:[A-Z][A-Z0-9]+-\d+|[\w.-]+/[\w.-]+#\d+)$`)
	// followed is what stands in the address of an entry of a tracker.
	followed = pattern.New(`/(?:issues?|pulls?|merge_requests|browse|tickets?|bugs?|work_items)/|[?&]id=\d`)
	webPage  = pattern.New(`^(?i:https?)://[^/]`)
)

// linkIn is the first address in a text.
func linkIn(text string) string {
	if !strings.Contains(text, "://") {
		return ""
	}
	return strings.TrimRight(address.FindString(text), ".,;:!?*_")
}

// linkOf is the address that a stretch of a block leads to: the first that is
// an entry of a tracker, else the first. Links to files beside the text have
// none: whether those are published is not known here. Nor do people have one.
func linkOf(b *block.Block, from, to int, people ...string) string {
	first := ""
	begin := sort.Search(len(b.Links), func(i int) bool { return b.Links[i].Start >= from })
	for _, l := range b.Links[begin:] {
		if l.Start > to {
			break
		}
		if l.End > to || !webPage.MatchString(l.Dest) || namesPerson(b.Text[l.Start:l.End], people) {
			continue
		}
		if followed.MatchString(l.Dest) {
			return l.Dest
		}
		if first == "" {
			first = l.Dest
		}
	}
	if first == "" {
		first = linkIn(b.Text[from:to])
	}
	return first
}

// namesPerson says that the text of a link is a mention, or one of the names.
func namesPerson(text string, names []string) bool {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "@") {
		return true
	}
	for _, name := range names {
		if name != "" && text == name {
			return true
		}
	}
	return false
}

package importer

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"publish/internal/pattern"
	"publish/internal/tree"
)

// updateStates are the states that an update may have in publish; the others
// stay with what is left.
var updateStates = []string{"investigating", "identified", "monitoring", "resolved", "postmortem", "scheduled", "in_progress", "verifying", "completed"}

// updates makes the list of updates, the oldest first, the text of the report,
// and what is left of each update.
func (s *statusWriter) updates(i *statusIncident, f *fields) (list *tree.Node, body string, rest []any, err error) {
	f.used["incident_updates"] = true
	if body = str(i.object, "postmortem_body"); body != "" {
		f.went("postmortem_body", "the text")
		body = s.report(body)
	}
	all := objects(i.object, "incident_updates")
	slices.SortStableFunc(all, func(a, b object) int {
		return strings.Compare(sortTime(shownAt(a)), sortTime(shownAt(b)))
	})
	list = &tree.Node{Kind: tree.Sequence}
	for _, o := range all {
		u := &fields{object: o, r: s.r, what: "update", used: map[string]bool{"incident_id": str(o, "incident_id") == str(i.object, "id")}}
		var entries []tree.Entry
		at := "display_at"
		if _, ok := readTime(str(o, at)); !ok {
			at = "created_at"
		}
		if n := u.time(at, "updates.at"); n != nil {
			entries = append(entries, entry("at", n))
		} else if written := str(o, "written_at"); written != "" {
			u.went("written_at", "updates.at")
			entries = append(entries, entry("at", textNode(written)))
		}
		for _, key := range []string{"created_at", "updated_at", "display_at"} {
			if str(o, key) == str(o, at) {
				u.used[key] = true // says the same
			}
		}
		if slices.Contains(updateStates, str(o, "status")) {
			entries = append(entries, entry("status", u.text("status", "updates.status")))
		}
		text := str(o, "body")
		switch report := str(o, "status") == "postmortem" && text != ""; {
		case report && (body == "" || s.report(text) == body):
			u.went("body", "the text")
			body = s.report(text)
		case text != "":
			u.went("body", "updates.text")
			entries = append(entries, entry("text", textNode(markdownOf(text))))
		}
		if len(entries) > 0 {
			list.Items = append(list.Items, mapNode(entries...))
		}
		if left := u.rest(); len(left) > 0 {
			rest = append(rest, left)
		}
	}
	for _, item := range list.Items {
		if n := item.Get("text"); n != nil {
			if n.Value, err = s.imagesOf(n.Value, i); err != nil {
				return nil, "", nil, err
			}
		}
	}
	body, err = s.imagesOf(body, i)
	return list, body, rest, err
}

// shownAt is the time that Statuspage shows beside an update.
func shownAt(o object) string {
	if at := str(o, "display_at"); at != "" {
		return at
	}
	return str(o, "created_at")
}

// report is the text of a postmortem: Markdown as it is, HTML as Markdown.
func (s *statusWriter) report(text string) string {
	text = string(normal([]byte(text)))
	if strings.HasPrefix(strings.TrimSpace(text), "<") && blockTag.MatchString(text) {
		return htmlToMarkdown(text)
	}
	return strings.TrimSpace(text)
}

// imageAddress is the address of a remote image in Markdown or HTML.
var imageAddress = pattern.New(`(!\[[^\]\n]*\]\(|<img[^<>]*?\ssrc=["'])(https?://[^\s)"'<>]+)`)

// imagesOf fetches the images of the page's own host, where the page itself was
// asked; others stay where they are.
func (s *statusWriter) imagesOf(text string, i *statusIncident) (string, error) {
	var failed error
	text = imageAddress.ReplaceAllStringFunc(text, func(found string) string {
		m := imageAddress.FindStringSubmatch(found)
		if s.src.address == nil || hostOf(m[2]) != s.src.address.Host {
			s.r.note(str(i.object, "id"), "the image %s stays where it is: save it beside the text, or it goes with its host", m[2])
			return found
		}
		to, err := s.fetchImage(m[2])
		if err != nil {
			s.r.note(str(i.object, "id"), "the image %s stays where it is: %v", m[2], err)
			return found
		}
		return m[1] + to
	})
	return text, failed
}

// fetchImage fetches an image once and gives its path from a text.
func (s *statusWriter) fetchImage(address string) (string, error) {
	if to, ok := s.images[address]; ok {
		return to, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", failf("", "its address is none")
	}
	data, err := s.src.get(s.ctx, u)
	if err != nil {
		return "", err
	}
	base := path.Base(u.Path)
	name := slugOf(strings.TrimSuffix(base, path.Ext(base))) + strings.ToLower(path.Ext(base))
	to := s.r.inContent("images/" + name)
	for n := 0; s.r.has(to) && n < 100; n++ {
		name = "x" + name
		to = s.r.inContent("images/" + name)
	}
	s.r.add(File{Path: to, Data: data, Kind: Asset, From: address})
	if s.images == nil {
		s.images = map[string]string{}
	}
	s.images[address] = "images/" + name
	return s.images[address], nil
}

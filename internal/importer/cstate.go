package importer

import (
	"context"
	"fmt"
	"path"
	"strings"

	"publish/internal/tree"
)

// cState: a theme of Hugo's whose content/issues/ are incidents, with
// `severity`, `affected`, `resolvedWhen` and updates stamped by a shortcode.
// https://github.com/cstate/cstate/wiki

// cstateMark says by its settings that a folder is a site of cState's.
func cstateMark(s *source) string {
	root, file, _, err := s.settings(hugoFiles...)
	if err == nil && root != nil {
		if theme := get(root, "theme"); theme != nil && strings.Contains(strings.ToLower(strings.Join(textsOf(theme), " ")), "cstate") {
			return fmt.Sprintf("%q says `theme: cstate`", file)
		}
		if get(root, "params", "systems") != nil && s.isDir("content/issues") {
			return fmt.Sprintf("%q lists `systems`, and there is a folder %q", file, "content/issues")
		}
	}
	return ""
}

func cstateEvidence(s *source) string {
	if mark := cstateMark(s); mark != "" {
		return mark
	}
	names, err := s.files()
	if err != nil {
		return ""
	}
	for _, name := range names {
		if !isText(name) || path.Base(path.Dir(name)) != "issues" {
			continue
		}
		if data, err := s.file(name); err == nil {
			if d := readDocument(name, data, nil); strings.EqualFold(d.text("section"), "issue") {
				return fmt.Sprintf("%q says `section: issue`", name)
			}
		}
	}
	return ""
}

func readCState(_ context.Context, src *source, r *Result) error {
	h, err := newHugo(src, r)
	if err != nil {
		return err
	}
	if err := h.readTexts(); err != nil {
		return err
	}
	h.siteSettings()
	h.systems()
	r.setting("severities", cstateSeverities(), "the severities of cState")
	limit, err := h.feed(func(d *document) bool { return strings.EqualFold(d.text("section"), "issue") })
	if err != nil {
		return err
	}
	r.keepFeed("index.xml and issues/index.xml, where cState keeps its feeds", limit, "/index.xml", "/issues/index.xml")
	if n := get(h.root, "params", "systems"); n != nil {
		r.note(h.file, "cState has a feed for each system (affected/…/index.xml): publish has them at services/…/feed.xml, and readers of the old ones must move")
	}
	return h.finish(h.shortcodes)
}

// cstateSeverities is cState's scale, the worst first.
func cstateSeverities() *tree.Node {
	n := &tree.Node{Kind: tree.Sequence}
	for _, s := range [][2]string{{"down", "major"}, {"disrupted", "minor"}, {"notice", "none"}} {
		n.Items = append(n.Items, mapNode(entry("id", textNode(s[0])), entry("label", textNode(strings.ToUpper(s[0][:1])+s[0][1:])), entry("statuspage", textNode(s[1]))))
	}
	return n
}

// systems are the site's services.
func (h *hugo) systems() {
	n := get(h.root, "params", "systems")
	if n == nil {
		return
	}
	services := &tree.Node{Kind: tree.Sequence}
	for _, system := range n.Items {
		name := getText(system, "name")
		if name == "" {
			continue
		}
		entries := []tree.Entry{entry("name", textNode(name))}
		if group := getText(system, "category"); group != "" && !h.untitled(group) {
			entries = append(entries, entry("group", textNode(group)))
		}
		if about := getText(system, "description"); about != "" {
			entries = append(entries, entry("description", textNode(about)))
		}
		services.Items = append(services.Items, mapNode(entries...))
	}
	h.r.setting("services", services, h.file+": params.systems")
}

// untitled says whether a category is one whose name is not shown.
func (h *hugo) untitled(category string) bool {
	if categories := get(h.root, "params", "categories"); categories != nil {
		for _, c := range categories.Items {
			if getText(c, "name") == category {
				return strings.EqualFold(getText(c, "untitled"), "true")
			}
		}
	}
	return false
}

package content

import (
	"crypto/sha256"
	"path"
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// summary is SUMMARY.md as it was read.
type summary struct {
	name     string
	dir      string // its folder, from the content folder
	hash     [32]byte
	settings [32]byte
	document *Document
	items    []NavItem
	diags    diag.List
}

// readSummary reads SUMMARY.md: lists of links, under headings that name the
// parts of the book. Where nothing can be read there is no navigation, and
// nobody misses a page.
func (w *walker) readSummary(s *settings) {
	if w.summary == "" {
		return
	}
	raw, _, err := readText(w.fsys, w.summary, nil)
	if err != nil {
		w.unreadable(w.summary, err)
		return
	}
	known := &w.reader.summary
	hash, dir := sha256.Sum256(raw), relative(w.folder.Root, path.Dir(w.summary))
	if known.name != w.summary || known.dir != dir || known.hash != hash || known.settings != s.hash {
		*known = summary{name: w.summary, dir: dir, hash: hash, settings: s.hash}
		known.document, known.items, known.diags = parseSummary(w.summary, dir, raw, s)
	}
	w.diags = append(w.diags, known.diags...)
	w.folder.Summary, w.folder.Navigation = known.document, known.items
}

// parseSummary reads the text of a SUMMARY.md in a folder, counted from the
// content folder. Its words stand on many pages, so it is read by the same
// rules as a page: what is internal is cut, what is redacted is hidden, and
// what must not get out is told.
func parseSummary(name, dir string, raw []byte, s *settings) (*Document, []NavItem, diag.List) {
	d := &reader{settings: s, Document: &Document{Path: name, Lang: s.language}, Meta: &postmortem.Postmortem{}}
	text, diags := clean(name, raw)
	if !diags.HasErrors() {
		text, d.Cuts, diags = cutInternal(name, text, s.internal)
	}
	d.diags = diags
	d.refuseOtherForms(text)
	parts, _ := postmortem.Split(name, d.cutRedacted(text))
	d.redact(nil, &parts)
	d.forbidden(nil, parts)
	d.leaks(nil, parts)
	d.Body, _ = markdown.Parse(parts.Body, markdown.Options{File: name, Line: parts.BodyLine})
	d.stillSays()
	return d.Document.With(d.Meta, d.Body), navigation(d.Body, dir), d.diags
}

// navigation makes a tree of a table of contents. Dir is its folder, from
// which its links count.
func navigation(doc *markdown.Doc, dir string) []NavItem {
	destinations := map[int]*markdown.Link{} // by line, the first of each
	for i := range doc.Links {
		if l := &doc.Links[i]; destinations[l.Pos.Line] == nil && !l.Image {
			destinations[l.Pos.Line] = l
		}
	}
	root := &NavItem{}
	open := []*NavItem{root} // the items above, by depth
	for i, b := range doc.Blocks {
		switch b.Kind {
		case block.Heading:
			if i == 0 || b.Depth < 2 {
				continue // the title of the table itself
			}
			root.Items = append(root.Items, NavItem{Title: b.Text})
			open = []*NavItem{&root.Items[len(root.Items)-1]}
		case block.Item, block.Paragraph:
			link := destinations[b.Pos.Line]
			depth := max(b.Depth, 1)
			if b.Kind == block.Paragraph {
				if link == nil {
					continue
				}
				depth = 1
			}
			item := NavItem{Title: strings.TrimSpace(firstOf(b.Text))}
			if link != nil {
				item.Title, item.Dest = link.Text, rebase(dir, link.Dest)
			}
			open = open[:min(depth, len(open))]
			above := open[len(open)-1]
			above.Items = append(above.Items, item)
			open = append(open, &above.Items[len(above.Items)-1])
		}
	}
	return root.Items
}

// rebase makes a link that counts from dir count from the content folder.
func rebase(dir, dest string) string {
	if dir == "" || dir == "." || dest == "" || strings.HasPrefix(dest, "/") || strings.HasPrefix(dest, "#") || strings.Contains(dest, ":") {
		return dest
	}
	return path.Join(dir, dest)
}

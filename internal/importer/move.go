package importer

import (
	"path"
	"slices"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/tree"
)

// claim notes the address that a text had.
func (m *move) claim(d *document, address string) {
	m.address[d] = address
	if address != "" && m.byAddress[addressKey(address)] == nil {
		m.byAddress[addressKey(address)] = d
	}
}

// finish makes files of the documents. Convert rewrites what is no Markdown.
func (m *move) finish(convert func(*document)) error {
	byPath := make([]string, 0, len(m.texts))
	for name := range m.texts {
		byPath = append(byPath, name)
	}
	slices.Sort(byPath)
	for _, name := range byPath {
		d := m.texts[name]
		convert(d)
		d.body = m.relink(d)
		m.sayLost(d)
		m.matterFiles(d)
		d.holdBack(m.r)
		m.keepAddress(d)
		d.settle(m.r)
		m.r.add(File{Path: d.to, Data: d.bytes(), Kind: Text, From: d.from})
	}
	return nil
}

// keepAddress keeps the old address of a text. One with capitals stays the
// text's own: an alias that differs from it in case alone could not stand
// beside it on every disk.
func (m *move) keepAddress(d *document) {
	address := m.address[d]
	switch {
	case address == "" || d.raw != nil || !m.needsAlias(d, address):
	case address != strings.ToLower(address):
		d.put("permalink", textNode(address))
		m.r.went("address of the page (it has capitals)", "permalink")
	case d.addAlias(address):
		m.r.went("address of the page", "aliases")
	}
}

// needsAlias says whether an old address has to be kept: a permalink of the
// text's own keeps it already.
func (m *move) needsAlias(d *document, address string) bool {
	if isIndexName(d.to) && addressKey(address) == addressKey("/"+strings.TrimPrefix(path.Dir(d.to), m.r.content)) {
		return false // the page of a folder has the folder's address here too
	}
	for _, key := range []string{"permalink", "url", "path"} {
		if own := d.text(key); own != "" && addressKey(own) == addressKey(address) {
			return false
		}
	}
	return true
}

// holdBack makes a draft of a text that its tool did not show for a reason
// that does not count here.
func (d *document) holdBack(r *Result) {
	for _, e := range d.entries {
		if postmortem.HidesElsewhere(e.Entry) {
			r.note(d.from, "`%s` kept it from being seen; here it is a draft", e.Key.Value)
			r.went(e.Key.Value+" (hides the page)", "draft: true")
			d.put("draft", plainNode("true"))
			return
		}
	}
}

// matterFiles takes along the images that front matter names.
func (m *move) matterFiles(d *document) {
	var visit func(n *tree.Node)
	visit = func(n *tree.Node) {
		if n == nil {
			return
		}
		if n.Kind == tree.Scalar && isImage(n.Value) && !hasScheme(n.Value) {
			for _, candidate := range m.candidates(d, unescaped(n.Value)) {
				if m.src.isFile(candidate) {
					m.take(candidate)
					return
				}
			}
		}
		for _, item := range n.Items {
			visit(item)
		}
		for _, e := range n.Entries {
			visit(e.Value)
		}
	}
	for _, e := range d.entries {
		visit(e.Value)
	}
}

func isImage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp":
		return true
	}
	return false
}

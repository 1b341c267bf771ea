package site

import (
	"path"
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

// unmade is an image or a link that has blanks in its address: to Markdown it is
// text, and readers see its signs.
var unmade = pattern.New(`(!?)\[([^\[\]\n]*)\]\(([^()<>\n]*[^()<>\s] [^()<>\n]*)\)`)

// Unmade tells of links and images of a page that stay text because the name of the
// file has blanks. Only names of files that are there count: others may be meant
// as text.
func (s *Site) Unmade(p *Page) (list diag.List) {
	for _, b := range p.Blocks() {
		if b.Kind == block.Code {
			continue
		}
		for _, m := range unmade.FindAllStringSubmatchIndex(b.Text, -1) {
			mark, words, file := b.Text[m[2]:m[3]], b.Text[m[4]:m[5]], strings.TrimSpace(b.Text[m[6]:m[7]])
			if !s.isBeside(p, file) {
				continue
			}
			at := b.Pos
			for _, start := range b.LineStarts()[1:] {
				if start <= m[0] {
					at.Line, at.Column = at.Line+1, 0
				}
			}
			code := diag.LinkBroken
			if mark != "" {
				code = diag.AssetMissing
			}
			list.Report(code, at, "put angle brackets around the name: `"+mark+"["+words+"](<"+file+">)`",
				"the name \"%s\" has blanks: readers see the signs, and no link or image", file)
		}
	}
	return list
}

// isBeside says whether a path from a page's text leads to a file or a text of the
// folder.
func (s *Site) isBeside(p *Page, file string) bool {
	for _, name := range s.candidates(nil, p, unescape(path.Clean(file))) {
		if s.folder.File(name) != nil || s.folder.Document(name) != nil {
			return true
		}
	}
	return false
}

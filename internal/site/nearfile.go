package site

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"publish/internal/content"
	"publish/internal/diag"
)

// names lists the files of each folder, for whoever mistyped one. It is made when
// the first is asked for, which on most sites is never.
type names struct {
	once              sync.Once
	texts, everything map[string][]string
}

func (n *names) of(f *content.Folder) {
	n.once.Do(func() {
		n.texts, n.everything = map[string][]string{}, map[string][]string{}
		for _, d := range f.Documents {
			dir, base := path.Split(d.Path)
			n.texts[dir] = append(n.texts[dir], base)
			n.everything[dir] = append(n.everything[dir], base)
		}
		for _, file := range slices.Sorted(maps.Keys(f.Files)) {
			dir, base := path.Split(file)
			n.everything[dir] = append(n.everything[dir], base)
		}
	})
}

// mostNames is how many names are compared with a mistyped one: every broken link
// asks, and in a large folder of reports with dates nothing is far from anything.
const mostNames = 500

// near is the path that was most likely meant by one that leads nowhere, written
// in the same way: another name in that folder, or another slash; "" if there is
// none. The candidates are where the path was looked for.
func (s *Site) near(written string, candidates []string) string {
	s.names.of(s.folder)
	if turned := strings.ReplaceAll(written, `\`, "/"); turned != written {
		for _, c := range candidates {
			if s.folder.File(strings.ReplaceAll(c, `\`, "/")) != nil || s.folder.Document(strings.ReplaceAll(c, `\`, "/")) != nil {
				return turned
			}
		}
	}
	among := s.names.everything
	if ext := path.Ext(written); ext == "" || strings.EqualFold(ext, ".md") {
		among = s.names.texts
	}
	for _, c := range candidates {
		dir, base := path.Split(c)
		if base == "" || len(among[dir]) > mostNames {
			continue
		}
		if near := diag.Nearest(base, among[dir]); near != "" && strings.HasSuffix(written, base) {
			return strings.TrimSuffix(written, base) + near
		}
	}
	return ""
}

package render

import (
	"slices"

	"publish/internal/route"
)

const archivePath = "/archive/"

// archive gives the table of everything: for paper, and for filter.js, which
// takes its rows from here on the home page too.
func (b *builder) archive() planned {
	return b.route(archivePath, "archive", "archive", b.site.Language, func() any { return b.archiveView() }, b.addArchive)
}

func (b *builder) archiveView() *Archive {
	w := b.words(b.site.Language)
	v := &Archive{Frame: b.frame("archive", archivePath, b.site.Language, w.T("archive"))}
	v.Description = w.T("archive_intro")
	v.Count = w.N("reports", len(b.site.Posts))
	v.Facets = b.facets(&v.Frame, w)
	v.Years = b.years(&v.Frame, b.site.Posts, w)
	v.Unused = unusedColumns(v.Years)
	if b.has[tablePath] {
		v.CSV = v.link(tablePath)
	}
	if b.has["/insights/"] {
		v.Insights = v.link("/insights/")
	}
	return v
}

// unusedColumns names the columns of the table that no entry fills.
func unusedColumns(years []Year) []string {
	unused := []string{"severity", "services", "duration", "data-loss", "state"}
	for _, y := range years {
		for i := range y.Entries {
			if len(unused) == 0 {
				return nil
			}
			e := &y.Entries[i]
			unused = slices.DeleteFunc(unused, func(column string) bool {
				switch column {
				case "severity":
					return e.Severity != nil
				case "services":
					return len(e.Services) > 0
				case "duration":
					return e.Duration != ""
				case "data-loss":
					return e.DataLoss != ""
				}
				return e.State != nil || e.KindLabel != ""
			})
		}
	}
	return unused
}

// addArchive is the rule of the archive.
func (b *builder) addArchive(h *route.Hash) {
	b.addPages(h, b.site.Posts)
	for _, p := range b.site.Posts {
		addNames(h, p.TagTerms) // by which its rows are filtered
	}
	b.addFacets(h)
}

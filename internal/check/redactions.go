package check

import (
	"context"
	"slices"

	"publish/internal/diag"
	"publish/internal/site"
)

// redactions tells of redactions that hide nothing: a name was misspelt, or the
// text has changed.
func redactions(_ context.Context, in Input) diag.List {
	var list diag.List
	used := make([]bool, len(in.Site.Config.Redact)+1)
	look := func(d *site.Page) { // the arrows let check know of no document but by its page
		for _, r := range d.Redactions {
			used[r.Pattern] = true
		}
		for _, c := range d.Cuts {
			if c.Redacted != "" && c.Text == "" {
				list.Report(diag.RedactionUnused, c.Pos, "take the marks away", "there is nothing between the marks of a redaction")
			}
		}
	}
	for _, p := range slices.Concat(in.Site.Posts, in.Site.Pages, in.Site.Translations, []*site.Page{in.Site.Home}) {
		if p != nil {
			look(p)
		}
	}
	if d := in.Site.Summary(); d != nil {
		look(&site.Page{Document: d})
	}
	for _, h := range in.Site.Held {
		look(&site.Page{Document: h.Document})
	}
	for i, r := range in.Site.Config.Redact {
		if !used[i+1] {
			list.Report(diag.RedactionUnused, r.Pos, "take it out, or correct it", "nothing on the site matches this redaction, %q", r.Reason)
		}
	}
	return list
}

package render

import (
	"fmt"
	"slices"

	"publish/internal/content"
	"publish/internal/route"
	"publish/internal/site"
)

const redactionsPath = "/redactions/"

// redacted are the pages with redactions, newest first.
func redacted(s *site.Site) []*site.Page {
	pages := slices.Concat(s.Posts, s.Pages, s.Translations)
	if s.Home != nil {
		pages = append(pages, s.Home)
	}
	return slices.DeleteFunc(pages, func(p *site.Page) bool { return len(p.Redactions) == 0 })
}

// redactions is the register, where there is anything in it.
func (b *builder) redactions() []planned {
	if !b.site.Options.Internal {
		return nil
	}
	pages := redacted(b.site)
	if len(pages) == 0 {
		return nil
	}
	lang := b.site.Language
	return []planned{b.route(redactionsPath, "register of redactions", "redactions", lang, func() any {
		w := b.words(lang)
		v := &Redactions{Frame: b.frame("redactions", redactionsPath, lang, w.T("redactions"))}
		for _, p := range pages {
			v.Rows = append(v.Rows, b.redactionRows(&v.Frame, p, w)...)
		}
		return v
	}, func(h *route.Hash) {
		for _, p := range pages {
			b.addTitle(h, p)
			h.Add(p.Document.Path)
			h.Int(len(p.Redactions))
			for _, r := range p.Redactions {
				h.Add(r.Reason, string(r.Form))
				h.Int(r.Pos.Line)
			}
		}
	})}
}

func (b *builder) redactionRows(f *Frame, p *site.Page, w words) []RedactionRow {
	type kind struct {
		reason string
		form   content.RedactionForm
	}
	counts := map[kind]int{}
	var order []content.Redaction
	for _, r := range p.Redactions {
		k := kind{r.Reason, r.Form}
		if counts[k] == 0 {
			order = append(order, r)
		}
		counts[k]++
	}
	var rows []RedactionRow
	for _, r := range order {
		row := RedactionRow{
			Page: linkTo(f, p), Reason: cleanText(r.Reason),
			Form: w.T("redaction_" + string(r.Form)), Count: w.Number(float64(counts[kind{r.Reason, r.Form}])),
			Where: fmt.Sprintf("%s:%d", p.Document.Path, r.Pos.Line),
		}
		rows = append(rows, row)
	}
	return rows
}

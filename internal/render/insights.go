package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/site"
)

// insights is the page of what all reports say together.
func (b *builder) insights() []planned {
	if !b.site.HasInsights() {
		return nil
	}
	lang := b.site.Language
	return []planned{b.route("/insights/", "insights", "insights", lang, func() any { return b.insightsView(lang) }, b.addInsights)}
}

func (b *builder) insightsView(lang string) *Insights {
	w := b.words(lang)
	v := &Insights{Frame: b.frame("insights", "/insights/", lang, w.T("insights"))}
	v.Description = w.T("insights_intro")
	in := b.site.Insights()
	v.Count = w.N("incidents", in.Incidents)
	v.TooFew = in.Incidents < 2
	if !v.TooFew {
		v.Figures = (&figures{b.lines(&v.Frame), in}).all()
		if slices.ContainsFunc(v.Figures, func(f InsightFigure) bool { return f.Spread != nil }) {
			v.Reading = w.T("insights_reading")
		}
	}
	return v
}

// figures makes the figures of the page; what no report states has none.
type figures struct {
	*lines
	in *site.Insights
}

func (g *figures) all() []InsightFigure {
	in := g.in
	list := []InsightFigure{g.months()}
	add := func(figure InsightFigure, ok bool) {
		if ok {
			list = append(list, figure)
		}
	}
	add(g.counted("severity", in.Severities))
	add(g.counted("services", in.Services))
	add(g.counted("causes", in.Causes))
	add(g.counted("detection", in.Detections))
	axis := newScale(in.Detect, in.Mitigate, in.Resolve, in.Duration)
	for _, l := range []struct {
		id      string
		lengths site.Lengths
	}{
		{"time_to_detect", in.Detect}, {"time_to_mitigate", in.Mitigate}, {"time_to_resolve", in.Resolve}, {"duration", in.Duration},
	} {
		add(g.lengths(l.id, l.lengths, axis))
	}
	add(g.spent())
	return list
}

// figure begins a figure: its question, and its title with the n.
func (g *figures) figure(id, title string, n int) InsightFigure {
	count := g.w.T("insights_n", g.w.Number(float64(n)))
	if n < g.in.Incidents {
		count = g.w.T("insights_n_of", g.w.Number(float64(n)), g.w.Number(float64(g.in.Incidents)))
	}
	return InsightFigure{ID: id, Question: g.w.T("question_" + id), Title: title + " (" + strings.ReplaceAll(count, " ", "\u00A0") + ")"}
}

func (g *figures) months() InsightFigure {
	v := g.figure("months", g.w.T("chart_months"), g.in.Incidents)
	v.Wide, v.Drawn = true, true
	v.Years = yearCharts(g.in.Years, g.w)
	v.Columns = []string{g.w.T("column_month"), g.w.T("column_incidents")}
	for _, y := range g.in.Years {
		for i := len(y.Months) - 1; i >= 0; i-- {
			if n := y.Months[i]; n > 0 {
				v.Rows = append(v.Rows, InsightRow{Link{Text: g.w.Month(y.Month(i))}, []string{g.w.Number(float64(n))}})
			}
		}
	}
	return v
}

// counted is a bar for everything that is stated.
func (g *figures) counted(id string, counts site.Counts) (InsightFigure, bool) {
	v := g.figure(id, g.w.T("chart_"+id), counts.Stated)
	v.Columns = []string{g.w.T(id), g.w.T("column_incidents")}
	var bars []bar
	named := 0
	for _, c := range counts.List {
		named += c.Incidents
		what := Link{Text: cleanText(c.Name)}
		if id == "causes" {
			what.Text = g.w.word("cause_", c.Name)
		}
		shown := bar{name: what.Text, value: g.w.Number(float64(c.Incidents)), amount: int64(c.Incidents)}
		if c.Term != nil {
			what.URL = g.f.link(c.Term.Path)
			if c.Term.Kind == "severity" {
				shown.rank = strconv.Itoa(c.Term.Rank)
			}
		}
		bars = append(bars, shown)
		v.Rows = append(v.Rows, InsightRow{what, []string{shown.value}})
	}
	if named > counts.Stated {
		v.Note = g.w.T("insights_several")
	}
	if len(bars) > maxBars {
		v.Note = strings.TrimSpace(v.Note + " " + g.w.T("insights_more"))
	}
	v.Bars = barChart(v.Title, bars)
	v.Drawn = drawn(v.Bars, v.Rows)
	return v, len(bars) > 0
}

// lengths is the spread of lengths, or the lengths themselves where they are
// few.
func (g *figures) lengths(id string, l site.Lengths, axis scale) (InsightFigure, bool) {
	v := g.figure(id, g.w.T(id), len(l))
	v.Spread = spreadChart(v.Title, l, axis, g.w)
	if v.Spread == nil {
		v.Note = g.w.T("insights_few")
		for _, x := range l {
			v.Few = append(v.Few, InsightRow{g.link(x.Page), []string{g.length(x)}})
		}
		return v, len(l) > 0
	}
	first, _, third, _ := l.Quartiles()
	v.Note = g.w.T("insights_middle", g.w.Duration(first), g.w.Duration(third))
	v.Columns = []string{g.w.T("column_incident"), g.w.T(id)}
	v.Rows = make([]InsightRow, 0, len(l))
	for _, x := range l {
		v.Rows = append(v.Rows, InsightRow{g.link(x.Page), []string{g.length(x)}})
	}
	return v, true
}

// drawn says whether bars name all rows, none of them shortened.
func drawn(c *BarChart, rows []InsightRow) bool {
	return slices.EqualFunc(c.Bars, rows, func(bar ChartBar, row InsightRow) bool { return bar.Name.Text == row.Head.Text })
}

func (g *figures) length(x site.Length) string {
	return g.w.about(g.w.Duration(x.Value), x.Approximate)
}

// spent is what the time of all incidents went into.
func (g *figures) spent() (InsightFigure, bool) {
	n := 0
	var bars []bar
	var rows []InsightRow
	for _, part := range []struct {
		name    string
		lengths site.Lengths
	}{{"undetected", g.in.Undetected}, {"diagnosing", g.in.Diagnosing}, {"repairing", g.in.Repairing}} {
		l := part.lengths
		if len(l) == 0 {
			continue
		}
		n = max(n, len(l))
		name, total := g.w.T("phase_"+part.name), g.w.about(g.w.Duration(l.Total()), l.Approximate())
		count := g.w.T("insights_n", g.w.Number(float64(len(l))))
		bars = append(bars, bar{name: name, value: total + " (" + count + ")", amount: int64(l.Total() / time.Second)})
		rows = append(rows, InsightRow{Link{Text: name}, []string{total, g.w.Number(float64(len(l)))}})
	}
	v := g.figure("spent", g.w.T("chart_spent"), n)
	v.Bars, v.Rows = barChart(v.Title, bars), rows
	v.Drawn = drawn(v.Bars, v.Rows)
	v.Columns = []string{g.w.T("column_phase"), g.w.T("column_duration"), g.w.T("column_incidents")}
	return v, len(bars) > 0
}

// providerPage is the page of incidents by provider, if any report names one.
func (b *builder) providerPage() []planned {
	if len(b.providers) == 0 {
		return nil
	}
	lang := b.site.Language
	return []planned{b.route("/providers/", "providers", "providers", lang, func() any {
		w := b.words(lang)
		v := &Providers{Frame: b.frame("providers", "/providers/", lang, w.T("providers"))}
		lines := b.lines(&v.Frame)
		for _, p := range b.providers {
			group := ProviderGroup{ID: p.Slug, Name: cleanText(p.Name), Count: w.N("incidents", len(p.Incidents))}
			for _, i := range p.Incidents {
				incident := ProviderIncident{Entry: lines.entry(i.Page)}
				for _, own := range i.Own {
					text := cmp.Or(cleanText(own.ID), w.T("provider_own"))
					if isURL(own.URL) {
						incident.Own = append(incident.Own, FactItem{Link: &Link{Text: text, URL: own.URL, External: true}})
					} else if own.ID != "" {
						incident.Own = append(incident.Own, textItem(text))
					}
				}
				group.Incidents = append(group.Incidents, incident)
			}
			v.Groups = append(v.Groups, group)
		}
		return v
	}, b.addProviders)}
}

// providerFacet links the providers on the page of them.
func (b *builder) providerFacet(f *Frame, w words) Facet {
	facet := Facet{Kind: "provider", Label: w.T("providers"), URL: f.link("/providers/")}
	for _, p := range b.providers[:min(len(b.providers), maxFacetLinks)] {
		facet.Links = append(facet.Links, Link{
			Text: cleanText(p.Name), URL: f.link("/providers/#" + p.Slug), Count: w.Number(float64(len(p.Incidents))),
		})
	}
	return facet
}

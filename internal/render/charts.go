package render

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"publish/internal/site"
)

// Charts are as wide as a phone, so that their letters need not shrink there;
// on wider pages several stand side by side. Places are whole pixels: a chart
// has the same bytes on every machine.

const (
	chartWidth = 320
	maxBars    = 10 // of one chart; the table has all
	longestBar = 32 // letters of a name beside its value
)

// bar is what a bar shows: its length among the others, and how that is said.
type bar struct {
	name, value string
	amount      int64
	rank        string
}

func barChart(label string, bars []bar) *BarChart {
	const row, thick = 38, 8
	bars = bars[:min(len(bars), maxBars)]
	c := &BarChart{Label: label, Width: chartWidth, Height: len(bars)*row + 2}
	var most int64 = 1
	for _, b := range bars {
		most = max(most, b.amount)
	}
	for i, b := range bars {
		y, x := i*row, 6 // beside the base
		if b.rank != "" {
			x = 22 // after the mark
		}
		c.Bars = append(c.Bars, ChartBar{
			Name: DrawnText{X: x, Y: y + 16, Text: shortened(b.name, longestBar)}, Value: DrawnText{X: chartWidth, Y: y + 16, Text: b.value},
			Y: y + 18 + thick/2, Width: int(b.amount * chartWidth / most), Rank: b.rank, MarkY: y + 6,
		})
	}
	return c
}

// shortened is a text of at most so many letters, the last of them an ellipsis
// where there were more.
func shortened(s string, most int) string {
	letters, end := 0, 0
	for i := range s {
		if letters == most-1 {
			end = i
		}
		if letters++; letters > most {
			return strings.TrimSpace(s[:end]) + "…"
		}
	}
	return s
}

// yearCharts are columns on one scale, a chart for each year.
func yearCharts(years []site.YearCount, w words) []YearChart {
	const top, tall, step, thick = 44, 44, chartWidth / 12, 18
	most := 1
	for _, y := range years {
		for _, n := range y.Months {
			most = max(most, n)
		}
	}
	var charts []YearChart
	for _, y := range years {
		name := strconv.Itoa(y.Year)
		c := YearChart{Label: name + ": " + w.N("incidents", y.Total), Name: name, Width: chartWidth, Height: top + tall + 22, Base: top + tall}
		for i, n := range y.Months {
			x := i*step + 4
			if n > 0 {
				height := max(tall*n/most, 2)
				c.Columns = append(c.Columns, ChartColumn{x, c.Base - height, thick, height,
					DrawnText{x + thick/2, c.Base - height - 4, strconv.Itoa(n)}})
			}
			if i%3 == 0 {
				c.Ticks = append(c.Ticks, DrawnText{x, c.Base + 16, w.ShortMonth(time.Month(i + 1))})
			}
		}
		charts = append(charts, c)
	}
	return charts
}

// scale is an axis for lengths from seconds to years: its marks are equally far
// apart, and between two of them it is even.
type scale []time.Duration

const oneDay = 24 * time.Hour

var allMarks = scale{
	0, time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, oneDay, 7 * oneDay, 30 * oneDay, 365 * oneDay, 3650 * oneDay,
}

// newScale takes the marks that are needed for lengths, all charts the same.
func newScale(all ...site.Lengths) scale {
	from, to := len(allMarks)-2, 1
	for _, l := range all {
		for _, x := range l {
			for from > 0 && allMarks[from] > x.Value {
				from--
			}
			for to < len(allMarks)-1 && allMarks[to] < x.Value {
				to++
			}
		}
	}
	return allMarks[from : max(to, from+1)+1]
}

const scaleMargin = 16 // for half a label at both ends

// x is the place of a length; one beyond the end stands at the end.
func (s scale) x(d time.Duration) int {
	const width = chartWidth - 2*scaleMargin
	last := len(s) - 1
	if d >= s[last] {
		return scaleMargin + width
	}
	for i := range last {
		if d < s[i+1] {
			part := int64(max(d-s[i], 0)/time.Second) * width / int64((s[i+1]-s[i])/time.Second)
			return scaleMargin + (i*width+int(part))/last
		}
	}
	return scaleMargin
}

// spreadChart draws lengths of which there are enough for a median.
func spreadChart(label string, l site.Lengths, s scale, w words) *SpreadChart {
	first, median, third, ok := l.Quartiles()
	if !ok {
		return nil
	}
	c := &SpreadChart{Label: label, Width: chartWidth, Height: 78, First: s.x(first), Third: s.x(third), Median: s.x(median)}
	text := w.T("insights_median", w.about(w.Duration(median), l.Approximate()))
	half := letterWidth * utf8.RuneCountInString(text) / 2
	c.MedianText = DrawnText{min(max(c.Median, half), chartWidth-half), 14, text}
	for _, x := range l {
		c.Dots = append(c.Dots, s.x(x.Value))
	}
	every := 1 + (len(s)-1)/6 // there is room for six labels
	for i := 0; i < len(s); i += every {
		c.Ticks = append(c.Ticks, DrawnText{s.x(s[i]), 74, w.Duration(s[i])})
	}
	return c
}

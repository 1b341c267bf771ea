package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// The calendar of the home page, in the units of its drawing. Six months are
// at most 28 weeks: the columns of one half fit beside the margins of a phone.
const (
	calendarPitch = 12 // from a day to the next
	calendarTop   = 20 // below the names of the months
	calendarShown = 12 // months
)

// calendarMonth is the first day of a month.
type calendarMonth = time.Time

// incidentDays are the incidents of the twelve months that the calendar shows,
// by their days, and the first of these months. They end with the month of the
// build. Where nothing happened since, they end with the newest incident, and
// the title says which months these are: a site that nobody writes for any more
// does not claim that all is well.
func (b *builder) incidentDays() (first calendarMonth, byDay map[string][]*site.Page, count int) {
	var incidents []*site.Page
	var newest time.Time
	now := b.site.Options.Now.In(cmp.Or(b.site.Config.Timezone, time.UTC))
	ahead := firstOfMonth(now).AddDate(0, 1, 0)
	for _, p := range b.site.Posts {
		if day := incidentDay(p); p.Kind == postmortem.KindPostmortem && day.Known() && monthOf(day).Before(ahead) {
			incidents = append(incidents, p)
			if newest.Before(monthOf(day)) {
				newest = monthOf(day)
			}
		}
	}
	last := firstOfMonth(now)
	if !newest.After(last.AddDate(0, -calendarShown, 0)) {
		last = newest
	}
	first = last.AddDate(0, 1-calendarShown, 0)
	byDay = map[string][]*site.Page{}
	for _, p := range incidents {
		if day := incidentDay(p); !monthOf(day).Before(first) {
			byDay[day.DateString()] = append(byDay[day.DateString()], p)
			count++
		}
	}
	return first, byDay, count
}

// incidentDay is the day of an incident, which its report may have followed.
func incidentDay(p *site.Page) postmortem.Moment { return cmp.Or(p.Day, p.Date) }

func monthOf(m postmortem.Moment) calendarMonth { return firstOfMonth(m.Time) }

func firstOfMonth(t time.Time) calendarMonth {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// calendar makes the view; nil where there is no incident.
func (b *builder) calendar(f *Frame, w words) *Calendar {
	first, byDay, count := b.incidentDays()
	if count == 0 {
		return nil
	}
	v := &Calendar{Title: w.T("calendar_title", w.N("incidents", count), w.Month(first), w.Month(first.AddDate(0, calendarShown-1, 0)))}
	for half := range 2 {
		begin := first.AddDate(0, half*calendarShown/2, 0)
		v.Halves = append(v.Halves, b.calendarHalf(f, begin, byDay, w))
	}
	for i := range calendarShown {
		begin := first.AddDate(0, calendarShown-1-i, 0)
		month, incidents := CalendarMonth{Name: w.Month(begin)}, 0
		for day := begin; day.Month() == begin.Month(); day = day.AddDate(0, 0, 1) {
			if pages := byDay[day.Format(time.DateOnly)]; len(pages) > 0 {
				month.Days = append(month.Days, b.calendarDay(f, day, pages, w))
				incidents += len(pages)
			}
		}
		month.Count = w.Number(float64(incidents))
		v.Months = append(v.Months, month)
	}
	return v
}

// calendarHalf draws six months: a column is a week that begins on a Monday.
func (b *builder) calendarHalf(f *Frame, begin calendarMonth, byDay map[string][]*site.Page, w words) CalendarHalf {
	end := begin.AddDate(0, calendarShown/2, 0)
	row := func(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }
	column := func(t time.Time) int { return (int(t.Sub(begin)/(24*time.Hour)) + row(begin)) / 7 }
	v := CalendarHalf{Width: (column(end.AddDate(0, 0, -1)) + 1) * calendarPitch, Height: calendarTop + 7*calendarPitch}
	var weeks strings.Builder
	for day := begin; day.Before(end); day = day.AddDate(0, 0, 1) {
		x, y := column(day)*calendarPitch+calendarPitch/2, calendarTop+row(day)*calendarPitch+calendarPitch/2
		if day.Day() == 1 {
			v.Names = append(v.Names, DrawnText{X: column(day) * calendarPitch, Y: calendarTop - 8, Text: w.ShortMonth(day.Month())})
		}
		if day == begin || row(day) == 0 {
			last := min(6, row(day)+int(end.Sub(day)/(24*time.Hour))-1)
			fmt.Fprintf(&weeks, "M%d %dv%d", x, y-1, (last-row(day))*calendarPitch+2)
		}
		if pages := byDay[day.Format(time.DateOnly)]; len(pages) > 0 {
			mark := b.calendarDay(f, day, pages, w)
			mark.X, mark.Y = x, y
			v.Days = append(v.Days, mark)
		}
	}
	v.Weeks = weeks.String()
	return v
}

// severityShapes are the marks by rank: filled square, half-filled, outline;
// what is milder, or not stated, is a dot. They are filled by even-odd.
var severityShapes = []string{"M-5-5H5V5H-5z", "M-5-5H5V5H-5zM0-3.5V3.5H3.5V-3.5z", "M-5-5H5V5H-5zM-3.5-3.5V3.5H3.5V-3.5z"}

const dotShape = "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0z"

// calendarDay is a day with incidents, marked by the worst of them.
func (b *builder) calendarDay(f *Frame, day time.Time, pages []*site.Page, w words) CalendarDay {
	worst := slices.MinFunc(pages, func(x, y *site.Page) int { return cmp.Compare(rankOf(x), rankOf(y)) })
	to := pageLink(f, worst)
	v := CalendarDay{Shape: dotShape, Severity: b.severity(f, worst), Text: w.monthDay(day).Number, URL: to.URL}
	if rank := rankOf(worst); rank < len(severityShapes) {
		v.Shape = severityShapes[max(rank, 0)]
	}
	about := to.Text
	if len(pages) == 1 {
		v.Title = &Link{Text: to.Text, Lang: to.Lang, Dir: to.Dir}
	} else {
		v.Count = w.N("incidents", len(pages))
		about = v.Count
		if worst.Year != nil {
			v.URL = f.link(worst.Year.Path)
		}
	}
	v.About = w.T("calendar_day", w.Date(day), about)
	return v
}

// rankOf is the severity's rank; one that is not stated comes last.
func rankOf(p *site.Page) int {
	if p.Severity == nil {
		return len(severityShapes)
	}
	return p.Severity.Rank
}

// addMonths is the rule of the calendar.
func (b *builder) addMonths(h *route.Hash) {
	first, byDay, count := b.incidentDays()
	h.Int(int(first.Unix()))
	h.Int(count)
	for _, p := range b.site.Posts {
		if slices.Contains(byDay[incidentDay(p).DateString()], p) {
			b.addTitle(h, p)
			b.addSeverity(h, p)
			h.Add(incidentDay(p).DateString())
			h.Bool(p.Year != nil)
			if p.Year != nil {
				h.Add(p.Year.Path)
			}
		}
	}
}

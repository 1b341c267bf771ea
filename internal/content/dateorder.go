package content

import (
	"publish/internal/pattern"
	"publish/internal/postmortem"
)

// monthFolder is the year and the month of the folder that a file lies in.
var monthFolder = pattern.New(`(?:^|/)(\d{4})/(\d{2})/[^/]+$`)

// openingOf reads the day of a timeline's first event where day and month of it
// could change places (08-01-2026) and something settles which is which: the
// month of the folder, or other days of the text that can be read in one order
// only. Without it a later event would give the date.
func (d *reader) openingOf(t *section) (postmortem.Moment, bool) {
	for _, b := range t.blocks {
		text := beginning(b)
		if b.Head || !beginsTimed(b) {
			continue
		}
		_, dated := postmortem.FindDateDayFirst(text, true)
		if _, clear := d.findDate(text); clear || !dated {
			return postmortem.Moment{}, false
		}
		m, ok := d.ofFolder(text)
		if dayFirst, sure := d.order(); !ok && sure {
			m, ok = postmortem.FindDateDayFirst(text, dayFirst)
		}
		m.Pos = b.Pos
		return m, ok
	}
	return postmortem.Moment{}, false
}

// titleInOrder finds in the title a date that could be read in two orders, of
// which the folder settles one.
func (d *reader) titleInOrder() (postmortem.Moment, string) {
	if m, ok := d.ofFolder(d.Title); ok {
		return m, d.TitleFrom
	}
	if m, ok := d.ofFolder(d.Body.Title); ok {
		return m, "first heading"
	}
	return postmortem.Moment{}, ""
}

// ofFolder reads the first date of a text in the order in which it lies in the
// month of the folder.
func (d *reader) ofFolder(text string) (postmortem.Moment, bool) {
	folder := monthFolder.FindStringSubmatch(d.Path)
	if folder == nil {
		return postmortem.Moment{}, false
	}
	for _, dayFirst := range []bool{true, false} {
		m, ok := postmortem.FindDateDayFirst(text, dayFirst)
		if ok && m.Time.Format("2006-01") == folder[1]+"-"+folder[2] {
			return m, true
		}
	}
	return postmortem.Moment{}, false
}

// order says in which order day and month stand in the dates of the text, and
// whether any date says so and none the contrary.
func (d *reader) order() (dayFirst, sure bool) {
	var monthFirst bool
	for _, b := range d.Body.Blocks {
		day, month := postmortem.OrderOfDays(b.Text)
		dayFirst, monthFirst = dayFirst || day, monthFirst || month
	}
	return dayFirst, dayFirst != monthFirst
}

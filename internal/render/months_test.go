package render

import (
	"strings"
	"testing"
	"time"

	"publish/internal/content"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// calendarOf is the calendar of a site as it is built on a day.
func calendarOf(t *testing.T, now string, docs ...*content.Document) *Calendar {
	t.Helper()
	s := newTestSite(t, nil, docs...)
	at, err := time.Parse(time.DateOnly, now)
	if err != nil {
		t.Fatal(err)
	}
	s.Options.Now = at
	b := New(s, nil).b
	return b.calendar(&Frame{link: func(route string) string { return route }}, b.words("en"))
}

func incidentOn(year int, month time.Month, day int, name, severity string) *content.Document {
	return newTestDoc(1, name, func(d *content.Document) {
		d.Date = testDay(year, month, day)
		d.Meta().Severity.Text = severity
	})
}

func TestCalendarEndsWithTheMonthOfTheBuild(t *testing.T) {
	docs := []*content.Document{
		incidentOn(2023, 3, 31, "before", ""), incidentOn(2023, 4, 1, "first", "sev2"), incidentOn(2024, 2, 29, "leap", "sev1"),
		incidentOn(2024, 2, 29, "again", ""), incidentOn(2024, 3, 31, "last", ""),
		newTestDoc(2, "note", func(d *content.Document) { d.Kind, d.Date = postmortem.KindPost, testDay(2024, 3, 2) }),
	}
	v := calendarOf(t, "2024-03-15", docs...)
	if want := "4 incidents, April 2023 to March 2024"; v.Title != want {
		t.Errorf("the title is %q, want %q", v.Title, want)
	}
	var table, drawn strings.Builder
	for _, m := range v.Months {
		for _, d := range m.Days {
			table.WriteString(m.Name + "/" + m.Count + ": " + d.About + " " + d.URL + "\n")
		}
	}
	want := "March 2024/1: 31 March 2024: About last /2024/03/31/last/\n" +
		"February 2024/2: 29 February 2024: 2 incidents /2024/\n" +
		"April 2023/1: 1 April 2023: About first /2023/04/01/first/\n"
	if table.String() != want {
		t.Errorf("the table says\n%s, want\n%s", table.String(), want)
	}
	for i, half := range v.Halves {
		if len(half.Names) != 6 || half.Width > 28*calendarPitch {
			t.Errorf("half %d has %d months and is %d wide", i, len(half.Names), half.Width)
		}
		for _, d := range half.Days {
			drawn.WriteString(d.About + " " + d.Shape + "\n")
			if d.X < 0 || d.X > half.Width || d.Y < calendarTop || d.Y > half.Height {
				t.Errorf("%s is outside of the drawing", d.About)
			}
		}
	}
	// The mark is that of the worst incident of the day, by its shape.
	want = "1 April 2023: About first " + severityShapes[1] + "\n29 February 2024: 2 incidents " + severityShapes[0] +
		"\n31 March 2024: About last " + dotShape + "\n"
	if drawn.String() != want {
		t.Errorf("drawn are\n%s, want\n%s", drawn.String(), want)
	}
	// 1 April 2023 was a Saturday, in the first column.
	if d := v.Halves[0].Days[0]; d.X != calendarPitch/2 || d.Y != calendarTop+5*calendarPitch+calendarPitch/2 {
		t.Errorf("the first day stands at %d, %d", d.X, d.Y)
	}
}

func TestCalendarOfASiteThatSleeps(t *testing.T) {
	v := calendarOf(t, "2026-11-21", incidentOn(2021, 4, 29, "old", ""))
	if want := "1 incident, May 2020 to April 2021"; v == nil || v.Title != want {
		t.Errorf("got %+v, want the title %q", v, want)
	}
	if v := calendarOf(t, "2026-11-21", newTestDoc(2, "note", func(d *content.Document) { d.Kind = postmortem.KindPost })); v != nil {
		t.Errorf("a site without incidents has a calendar: %+v", v)
	}
}

func TestFiledUnderNamesWhatLinksName(t *testing.T) {
	s := newTestSite(t, nil, newTestDoc(1, "a", func(d *content.Document) {
		d.Head.Services, d.Head.Tags, d.Meta().Severity.Text = []string{"The API", "C++"}, []string{"a b"}, "sev1"
	}))
	if got, want := filedUnder(s.Posts[0]), "service:the-api service:cplusplus severity:sev1 tag:a-b year:2021"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, terms := range [][]*site.Term{s.Services, s.Severities, s.Tags, s.Years} {
		for _, term := range terms {
			if !strings.Contains(" "+filedUnder(s.Posts[0])+" ", " "+termID(term)+" ") {
				t.Errorf("%q is not in the row", termID(term))
			}
		}
	}
}

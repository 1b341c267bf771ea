package render

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// points reads instants "2006-01-02 15:04" in UTC.
func points(t *testing.T, list string) []int64 {
	t.Helper()
	var points []int64
	for text := range strings.SplitSeq(list, ", ") {
		at, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		points = append(points, at.Unix())
	}
	return points
}

func TestBreaksOfTheAxis(t *testing.T) {
	for _, test := range []struct {
		name, points string
		busy         string
		want         []int
	}{
		{"two events are to scale", "2024-03-12 09:00, 2024-04-12 09:00", "", nil},
		{"equal distances are to scale", "2024-03-12 09:00, 2024-03-12 12:00, 2024-03-12 15:06", "", nil},
		{"a night", "2024-03-12 17:00, 2024-03-12 17:20, 2024-03-12 17:50, 2024-03-13 08:00, 2024-03-13 08:30", "", []int{3}},
		{"two nights", "2024-03-12 17:00, 2024-03-12 17:20, 2024-03-13 08:00, 2024-03-13 08:30, 2024-03-14 08:00, 2024-03-14 08:20", "", []int{2, 4}},
		{"a night among slow hours", "2024-03-12 10:00, 2024-03-12 14:00, 2024-03-12 18:00, 2024-03-12 22:00, 2024-03-13 09:00, 2024-03-13 13:00", "", []int{4}},
		{"a day after the other", "2024-03-12 10:00, 2024-03-13 10:00, 2024-03-14 10:00, 2024-03-15 12:00", "", nil},
		{"half an hour is no silence", "2024-03-12 17:00, 2024-03-12 17:01, 2024-03-12 17:02, 2024-03-12 17:40, 2024-03-12 17:42", "", nil},
		{"a night of work is not silent", "2024-03-12 17:00, 2024-03-12 17:20, 2024-03-12 17:50, 2024-03-13 08:00, 2024-03-13 08:30",
			"2024-03-12 17:50, 2024-03-13 08:00", nil},
		{"one second beside half a day", "2024-03-12 09:00, 2024-03-12 09:01, 2024-03-12 21:00", "", nil},
	} {
		p := points(t, test.points)
		var busy []interval
		if test.busy != "" {
			b := points(t, test.busy)
			busy = []interval{{b[0], b[1]}}
		}
		if got := breaks(p, busy); !slices.Equal(got, test.want) {
			t.Errorf("%s: broken before %v, want %v", test.name, got, test.want)
		}
	}
}

func TestPlacesKeepTheOrderAndTheScale(t *testing.T) {
	p := points(t, "2024-03-12 17:00, 2024-03-12 17:20, 2024-03-12 18:00, 2024-03-13 08:00, 2024-03-13 08:20, 2024-03-13 09:00")
	a := newAxis(p, nil, 10, 600)
	if len(a.pieces) != 2 {
		t.Fatalf("got %d pieces, want 2", len(a.pieces))
	}
	var got []int
	for _, at := range p {
		got = append(got, a.x(at))
	}
	// 600 − 100 pixels for two hours: 20 minutes are 83 or 84 of them.
	if want := []int{10, 93, 260, 360, 443, 610}; !slices.Equal(got, want) {
		t.Errorf("places are %v, want %v", got, want)
	}
	if x := a.x(p[0] - 1000); x != 10 {
		t.Errorf("an instant before the axis is at %d", x)
	}
	if x := a.x(p[2] + 3600); x != 260 {
		t.Errorf("an instant in the break is at %d, want its beginning", x)
	}
}

func TestAxisBearsAnyTimes(t *testing.T) {
	for _, p := range [][]int64{
		{0, 1},
		{-62135596800, 253402300799}, // the years 1 to 9999
		{253402300799, 0, 0, 1},
		{0, 1, 2, 3, 1 << 40, 1<<40 + 1},
	} {
		a := newAxis(p, nil, 0, 600)
		last := -1
		slices.Sort(p)
		for _, at := range p {
			x := a.x(at)
			if x < last || x > 600 {
				t.Errorf("%v: %d follows %d", p, x, last)
			}
			last = x
		}
		if ticks := a.ticks(a.step(56), time.UTC); len(ticks) > 12 {
			t.Errorf("%v: %d ticks", p, len(ticks))
		}
	}
}

func TestTicksAreRoundOnTheClock(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		from, to time.Time
		want     string
	}{
		{"an hour", time.Date(2024, 3, 12, 9, 2, 0, 0, paris), time.Date(2024, 3, 12, 10, 1, 0, 0, paris),
			"09:10 09:20 09:30 09:40 09:50 10:00"},
		{"the hour that is skipped in spring", time.Date(2024, 3, 31, 0, 30, 0, 0, paris), time.Date(2024, 3, 31, 8, 0, 0, 0, paris),
			"01:00 03:00 04:00 05:00 06:00 07:00 08:00"},
		{"the hour that comes twice in autumn", time.Date(2024, 10, 27, 0, 30, 0, 0, paris), time.Date(2024, 10, 27, 7, 0, 0, 0, paris),
			"01:00 02:00 03:00 04:00 05:00 06:00 07:00"},
		{"over midnight", time.Date(2024, 3, 12, 20, 0, 0, 0, paris), time.Date(2024, 3, 13, 5, 0, 0, 0, paris),
			"20:00 21:00 22:00 23:00 00:00 01:00 02:00 03:00 04:00 05:00"},
		{"days", time.Date(2024, 3, 27, 12, 0, 0, 0, paris), time.Date(2024, 4, 4, 12, 0, 0, 0, paris),
			"28 00:00, 29 00:00, 30 00:00, 31 00:00, 1 00:00, 2 00:00, 3 00:00, 4 00:00"},
	} {
		a := newAxis([]int64{test.from.Unix(), test.to.Unix()}, nil, 0, 600)
		layout, sep := "15:04", " "
		if a.step(56) >= secondsOfDay {
			layout, sep = "2 15:04", ", "
		}
		var got []string
		for _, at := range a.ticks(a.step(56), paris) {
			got = append(got, at.Format(layout))
		}
		if strings.Join(got, sep) != test.want {
			t.Errorf("%s: %s, want %s", test.name, strings.Join(got, sep), test.want)
		}
	}
}

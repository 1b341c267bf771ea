package render

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/locale"
	"publish/internal/site"
)

// minutesOf makes lengths in order.
func minutesOf(minutes ...int) site.Lengths {
	var l site.Lengths
	for _, m := range minutes {
		l = append(l, site.Length{Value: time.Duration(m) * time.Minute})
	}
	return l
}

func TestScaleTakesTheMarksThatAreNeeded(t *testing.T) {
	for _, c := range []struct {
		lengths site.Lengths
		want    scale
	}{
		{minutesOf(2, 5, 9), scale{time.Minute, 10 * time.Minute}},
		{minutesOf(0, 11), scale{0, time.Minute, 10 * time.Minute, time.Hour}},
		{minutesOf(10), scale{10 * time.Minute, time.Hour}},
		{site.Lengths{{Value: math.MaxInt64}}, scale{365 * oneDay, 3650 * oneDay}},
	} {
		if got := newScale(c.lengths); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.lengths, got, c.want)
		}
	}
}

func TestScaleKeepsOrderAndStaysInside(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		l := minutesOf(random.IntN(100), random.IntN(10_000), random.IntN(10_000_000))
		s := newScale(l)
		a, b := time.Duration(random.Int64()), time.Duration(random.Int64())
		if a > b {
			a, b = b, a
		}
		x, y := s.x(a), s.x(b)
		if x > y || x < scaleMargin || y > chartWidth-scaleMargin {
			t.Fatalf("%v and %v stand at %d and %d", a, b, x, y)
		}
	}
}

func TestSpreadChart(t *testing.T) {
	w := words{locale.For("en")}
	l := minutesOf(1, 10, 60)
	c := spreadChart("", l, newScale(l), w)
	if c.Median != (scaleMargin+chartWidth-scaleMargin)/2 || !slices.Equal(c.Dots, []int{16, 160, 304}) || c.First >= c.Median || c.Third <= c.Median {
		t.Errorf("got %+v", c)
	}
	if few := minutesOf(1, 2); spreadChart("", few, newScale(few), w) != nil {
		t.Error("two lengths have a median")
	}
}

func TestBarChart(t *testing.T) {
	bars := make([]bar, 30)
	for i := range bars {
		bars[i] = bar{name: "A name that is much too long to stand beside its value", amount: int64(30 - i)}
	}
	c := barChart("", bars)
	if len(c.Bars) != maxBars || c.Bars[0].Width != chartWidth || c.Bars[9].Width != chartWidth*21/30 {
		t.Errorf("%d bars: %+v", len(c.Bars), c.Bars)
	}
	if name := c.Bars[0].Name.Text; name != "A name that is much too long to…" {
		t.Errorf("the name is %q", name)
	}
	if c := barChart("", []bar{{name: "none"}}); c.Bars[0].Width != 0 {
		t.Errorf("nothing has the width %d", c.Bars[0].Width)
	}
}

func TestYearCharts(t *testing.T) {
	years := []site.YearCount{{Year: 2024, Months: [12]int{4, 0, 1}, Total: 5}, {Year: 2023}}
	charts := yearCharts(years, words{locale.For("en")})
	if len(charts) != 2 || charts[0].Label != "2024: 5 incidents" || len(charts[0].Columns) != 2 || len(charts[1].Columns) != 0 {
		t.Fatalf("got %+v", charts)
	}
	if tall, short := charts[0].Columns[0].Height, charts[0].Columns[1].Height; tall != 4*short {
		t.Errorf("4 incidents are %d high, one is %d", tall, short)
	}
	if y := charts[0].Columns[0].Value.Y; y < 14+13+6 { // a year's name stands on 14, and a figure is 13 px high
		t.Errorf("the number of the highest column, at %d, touches the name of the year", y)
	}
}

func TestShortened(t *testing.T) {
	for _, text := range []string{"", "a", "abc", "abcd", "éàü", "éàüö", "日本語", "日本語文", "ab cd", "a  bc d", "🙂🙂🙂🙂"} {
		for most := 1; most < 6; most++ {
			want := text
			if letters := []rune(text); len(letters) > most {
				want = strings.TrimSpace(string(letters[:most-1])) + "…"
			}
			if got := shortened(text, most); got != want {
				t.Errorf("%q in %d letters is %q, want %q", text, most, got, want)
			}
		}
	}
}

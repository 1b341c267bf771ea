package site

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/postmortem"
)

// lengthsOf makes lengths of minutes, as they come.
func lengthsOf(minutes ...int) Lengths {
	var l Lengths
	for i, m := range minutes {
		p := &Page{Document: &content.Document{Path: fmt.Sprint(i)}}
		l = append(l, Length{Page: p, Value: time.Duration(m) * time.Minute})
	}
	l.sort()
	return l
}

// What R says to quantile(x, c(.25, .5, .75), type = 7).
func TestQuartiles(t *testing.T) {
	for _, c := range []struct {
		minutes              []int
		first, median, third float64 // minutes
	}{
		{[]int{7, 7, 7}, 7, 7, 7},
		{[]int{30, 10, 20}, 15, 20, 25},
		{[]int{1, 2, 3, 4}, 1.75, 2.5, 3.25},
		{[]int{5, 1, 4, 2, 3}, 2, 3, 4},
		{[]int{6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49}, 25.5, 40, 42.5},
		{[]int{0, 0, 0, 1000}, 0, 0, 250},
	} {
		first, median, third, ok := lengthsOf(c.minutes...).Quartiles()
		if !ok || first.Minutes() != c.first || median.Minutes() != c.median || third.Minutes() != c.third {
			t.Errorf("%v: %v %v %v (%v)", c.minutes, first, median, third, ok)
		}
	}
	for n := range 3 {
		if _, _, _, ok := lengthsOf([]int{1, 2}[:n]...).Quartiles(); ok {
			t.Errorf("%d lengths have quartiles", n)
		}
	}
}

func TestQuartilesOfAnyLengths(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		minutes := make([]int, 3+random.IntN(30))
		for i := range minutes {
			minutes[i] = random.IntN(100_000)
		}
		l := lengthsOf(minutes...)
		first, median, third, _ := l.Quartiles()
		if l[0].Value > first || first > median || median > third || third > l[len(l)-1].Value {
			t.Fatalf("%v: %v %v %v are out of order", minutes, first, median, third)
		}
		below, above := 0, 0
		for _, x := range l {
			if x.Value < median {
				below++
			}
			if x.Value > median {
				above++
			}
		}
		if 2*below > len(l) || 2*above > len(l) {
			t.Fatalf("%v: %d below the median %v, %d above", minutes, below, median, above)
		}
		random.Shuffle(len(minutes), func(i, j int) { minutes[i], minutes[j] = minutes[j], minutes[i] })
		a, b, c, _ := lengthsOf(minutes...).Quartiles()
		if a != first || b != median || c != third {
			t.Fatalf("%v: the order matters", minutes)
		}
		i := random.IntN(len(minutes))
		minutes[i] += 1 + random.IntN(1000)
		if a, b, c, _ := lengthsOf(minutes...).Quartiles(); a < first || b < median || c < third {
			t.Fatalf("%v: a longer incident made a quartile shorter", minutes)
		}
	}
}

func TestLengthsThatAreTooLong(t *testing.T) {
	p := &Page{Document: &content.Document{}}
	l := Lengths{{Page: p, Value: 1}, {Page: p, Value: math.MaxInt64}, {Page: p, Value: math.MaxInt64}}
	if first, _, _, _ := l.Quartiles(); first < math.MaxInt64/2 {
		t.Errorf("the first quartile is %d", first)
	}
	if l.Total() != math.MaxInt64 {
		t.Errorf("the total is %d", l.Total())
	}
}

// incident makes a postmortem of a day.
func incidentOf(path, day string, change func(*Page)) *Page {
	moment, _ := postmortem.ParseMoment(day)
	p := &Page{Document: content.Document{Path: path, Kind: postmortem.KindPostmortem, Date: moment, Day: moment}.With(&postmortem.Postmortem{}, nil)}
	if change != nil {
		change(p)
	}
	return p
}

func TestInsightsCount(t *testing.T) {
	bad, api := &Term{Name: "SEV1", Rank: 0}, &Term{Name: "API"}
	mild, web := &Term{Name: "SEV3", Rank: 2}, &Term{Name: "Web"}
	s := &Site{Config: &config.Config{}, Posts: []*Page{
		incidentOf("e", "2024-06-01", func(p *Page) { p.Kind, p.SeverityTerm = postmortem.KindMaintenance, mild }),
		incidentOf("d", "2024-05-01", func(p *Page) {
			p.SeverityTerm, p.ServiceTerms, p.Meta().Detection = mild, []*Term{api, web}, "On-call  alert"
			p.Meta().Causes = []postmortem.Cause{{Kind: "root"}, {Kind: "root"}, {Kind: "trigger"}, {Kind: "contributing", Status: "ruled_out"}}
		}),
		incidentOf("c", "2024-04-30", func(p *Page) {
			p.SeverityTerm, p.ServiceTerms, p.Meta().Detection = bad, []*Term{web}, "on-call alert"
			p.Meta().Causes = []postmortem.Cause{{Kind: "root"}, {Text: "no kind"}}
		}),
		incidentOf("b", "2022-05-05", func(p *Page) { p.Meta().Detection = strings.Repeat("It was like this. ", 9) }),
		incidentOf("a", "1970-05-05", nil),
	}}
	in := s.Insights()
	var got []string
	for _, c := range []Counts{in.Severities, in.Services, in.Causes, in.Detections} {
		line := fmt.Sprint(c.Stated, ":")
		for _, x := range c.List {
			line += fmt.Sprintf(" %s %d", x.Name, x.Incidents)
		}
		got = append(got, line)
	}
	want := []string{"2: SEV1 1 SEV3 1", "2: Web 2 API 1", "2: trigger 1 root 2", "2: On-call alert 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	years := ""
	for _, y := range in.Years {
		years += fmt.Sprintf("%d:%d ", y.Year, y.Total)
	}
	if years != "2024:2 2023:0 2022:1 1970:1 " || in.Years[0].Months[3] != 1 || in.Incidents != 4 {
		t.Errorf("years %s, %v, of %d", years, in.Years[0].Months, in.Incidents)
	}
}

// A length that its times contradict is the author's; what the time went into
// is then not known.
func TestInsightsMeasure(t *testing.T) {
	at := func(text string) postmortem.Moment { m, _ := postmortem.ParseMoment(text); return m }
	s := &Site{Config: &config.Config{}, Posts: []*Page{
		incidentOf("a", "2024-05-01", func(p *Page) {
			p.Meta().Start, p.Meta().Detected, p.Meta().Resolved = at("2024-05-01 09:00"), at("2024-05-01 09:10"), at("2024-05-01 10:00")
		}),
		incidentOf("b", "2024-05-02", func(p *Page) {
			p.Meta().Start, p.Meta().Detected = at("2024-05-02 09:00"), at("2024-05-02 09:05")
			p.Meta().Declared.TimeToDetect = postmortem.Duration{Value: time.Hour, Known: true}
		}),
		incidentOf("c", "2024-05-03", func(p *Page) { p.Meta().Declared.Duration = postmortem.Duration{Written: "a while"} }),
	}}
	in := s.Insights()
	if len(in.Detect) != 2 || in.Detect[0].Value != 10*time.Minute || in.Detect[1].Value != time.Hour {
		t.Errorf("time to detect: %v", in.Detect)
	}
	if len(in.Duration) != 1 || in.Duration[0].Value != time.Hour || len(in.Mitigate) != 0 {
		t.Errorf("duration: %v, time to mitigate: %v", in.Duration, in.Mitigate)
	}
	if len(in.Undetected) != 1 || in.Undetected.Total() != 10*time.Minute {
		t.Errorf("undetected: %v", in.Undetected)
	}
}

func TestProviders(t *testing.T) {
	s := &Site{Config: &config.Config{}, Posts: []*Page{
		incidentOf("c", "2024-05-03", func(p *Page) {
			p.Head.Upstream = []postmortem.Upstream{{Provider: "cloudy", ID: "7"}, {Provider: "Cloudy", URL: "https://c.example/8"}}
		}),
		incidentOf("b", "2024-05-02", func(p *Page) {
			p.Head.Upstream = []postmortem.Upstream{{URL: "https://status.example.org/1"}, {ID: "nobody's"}, {Provider: " CLOUDY "}}
		}),
		incidentOf("a", "2024-05-01", func(p *Page) {
			p.Kind, p.Head.Upstream = postmortem.KindPost, []postmortem.Upstream{{Provider: "Other"}}
		}),
	}}
	got := ""
	for _, p := range s.Providers() {
		got += p.Name + " " + p.Slug
		for _, i := range p.Incidents {
			got += fmt.Sprintf(" %s/%d", i.Page.Document.Path, len(i.Own))
		}
		got += "; "
	}
	if want := "cloudy cloudy c/2 b/0; status.example.org status-example-org b/1; "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhoHasInsights(t *testing.T) {
	one := []*Page{incidentOf("a", "2024-05-01", nil)}
	for _, c := range []struct {
		shown    string
		internal bool
		posts    []*Page
		want     bool
	}{
		{"public", false, one, true}, {"public", true, one, true}, {"public", false, nil, false},
		{"internal", false, one, false}, {"internal", true, one, true}, {"off", true, one, false},
	} {
		s := &Site{Config: &config.Config{Pages: config.Pages{Insights: c.shown}}, Options: Options{Internal: c.internal}, Posts: c.posts}
		if got := s.HasInsights(); got != c.want {
			t.Errorf("%s, internal %v, %d incidents: %v", c.shown, c.internal, len(c.posts), got)
		}
	}
}

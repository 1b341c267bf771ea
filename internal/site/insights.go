package site

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"publish/internal/postmortem"
)

// Insights are the incidents of the site, counted and measured. Only
// postmortems count; what a report does not state is in no figure, so that
// every figure has its own n.
type Insights struct {
	// Incidents is how many there are.
	Incidents int
	// Years are the years of the incidents, the newest first, with those
	// between in which nothing happened.
	Years []YearCount
	// Severities, worst first; Services and Detections, the most frequent
	// first; Causes in the order of their kinds.
	Severities, Services, Causes, Detections Counts
	// Detect, Mitigate, Resolve and Duration are what pages show as such.
	Detect, Mitigate, Resolve, Duration Lengths
	// Undetected, Diagnosing and Repairing are what the time went into.
	Undetected, Diagnosing, Repairing Lengths
}

// YearCount is how many incidents there were in the months of a year.
type YearCount struct {
	Year   int
	Months [12]int
	Total  int
}

// Counts are incidents by what they state.
type Counts struct {
	// Stated is how many incidents state something.
	Stated int
	List   []Count

	at      map[string]int // place in List by the folded name
	written map[string]int // the same by the name as incidents state it: most spell it alike
}

// Count is how many incidents state one thing. Term is its page where it is a
// service or a severity, which then has the name.
type Count struct {
	Name      string
	Term      *Term
	Incidents int
}

const (
	// maxEmptyYears is how many years without an incident are shown in a row: more
	// are rather a slip in a date.
	maxEmptyYears = 10
	// longestSource is how long, in letters, the name of a source is; what is
	// longer tells a story and is counted with nothing else.
	longestSource = 60
)

// causeKinds are the kinds of causes in the order of a story.
var causeKinds = []string{"trigger", "immediate", "root", "contributing"}

// HasInsights says whether the site has the page of its insights.
func (s *Site) HasInsights() bool {
	return s.showsInsights() && slices.ContainsFunc(s.Posts, (*Page).isIncident)
}

func (s *Site) showsInsights() bool {
	shown := s.Config.Pages.Insights
	return shown == "public" || shown == "internal" && s.Options.Internal
}

func (p *Page) isIncident() bool { return p.Kind == postmortem.KindPostmortem }

// Insights counts and measures.
func (s *Site) Insights() *Insights {
	in := &Insights{}
	years := map[int]*YearCount{}
	for _, p := range s.Posts {
		if !p.isIncident() {
			continue
		}
		in.Incidents++
		year, month, _ := cmp.Or(p.Day, p.Date).Time.Date()
		if years[year] == nil {
			years[year] = &YearCount{Year: year}
		}
		years[year].Months[month-1]++
		years[year].Total++
		f := p.figures
		if f == nil {
			f = figuresOf(p.Meta()) // where the site has no page for them
		}
		in.count(p, f)
		in.measure(p, f)
	}
	in.Years = yearsOf(years)
	slices.SortFunc(in.Severities.List, func(x, y Count) int {
		return cmp.Or(cmp.Compare(x.Term.Rank, y.Term.Rank), strings.Compare(x.Name, y.Name))
	})
	in.Services.byFrequency()
	in.Detections.byFrequency()
	slices.SortFunc(in.Causes.List, func(x, y Count) int {
		return cmp.Compare(slices.Index(causeKinds, x.Name), slices.Index(causeKinds, y.Name))
	})
	for _, l := range []Lengths{in.Detect, in.Mitigate, in.Resolve, in.Duration, in.Undetected, in.Diagnosing, in.Repairing} {
		l.sort()
	}
	return in
}

// figures are what one incident adds.
type figures struct {
	causes []string // their kinds
	source string   // that detected it
	// Those that its author contradicts are no figures of it.
	detect, mitigate, resolve, duration, undetected, diagnosing, repairing figure
}

// figure is a length of time, if it is known.
type figure struct {
	length time.Duration
	known  bool
	about  bool
}

func figuresOf(m *postmortem.Postmortem) *figures {
	f := &figures{}
	for _, c := range m.Causes {
		if c.Kind != "" && c.Status != "ruled_out" {
			f.causes = append(f.causes, c.Kind)
		}
	}
	if source := strings.Join(strings.Fields(m.Detection), " "); utf8.RuneCountInString(source) <= longestSource {
		f.source = source
	}
	measures := m.Measures()
	f.detect, f.mitigate, f.resolve, f.duration = figureOf(measures.TimeToDetect), figureOf(measures.TimeToMitigate), figureOf(measures.TimeToResolve), figureOf(measures.Duration)
	if !measures.Contradicted() {
		spent := m.Spent()
		f.undetected, f.diagnosing, f.repairing = figureOf(spent.Undetected), figureOf(spent.Diagnosing), figureOf(spent.Repairing)
	}
	return f
}

func figureOf(m postmortem.Measure) figure {
	length, about, ok := m.Public()
	return figure{length, ok && length >= 0, about}
}

// count adds what an incident states.
func (in *Insights) count(p *Page, f *figures) {
	if t := p.SeverityTerm; t != nil {
		in.Severities.add([]Count{{Name: t.Name, Term: t}})
	}
	var services, causes, sources []Count
	for _, t := range p.ServiceTerms {
		services = append(services, Count{Name: t.Name, Term: t})
	}
	for _, kind := range f.causes {
		causes = append(causes, Count{Name: kind})
	}
	if f.source != "" {
		sources = append(sources, Count{Name: f.source})
	}
	in.Services.add(services)
	in.Causes.add(causes)
	in.Detections.add(sources)
}

// measure adds an incident's lengths.
func (in *Insights) measure(p *Page, f *figures) {
	in.Detect.add(p, f.detect)
	in.Mitigate.add(p, f.mitigate)
	in.Resolve.add(p, f.resolve)
	in.Duration.add(p, f.duration)
	in.Undetected.add(p, f.undetected)
	in.Diagnosing.add(p, f.diagnosing)
	in.Repairing.add(p, f.repairing)
}

func (l *Lengths) add(p *Page, f figure) {
	if f.known {
		*l = append(*l, Length{p, f.length, f.about})
	}
}

// add counts an incident once for everything that it states. Letter case and
// white space do not tell two names apart; the spelling met first is shown.
func (c *Counts) add(stated []Count) {
	if len(stated) == 0 {
		return
	}
	c.Stated++
	var room [8]int
	counted := room[:0]
	for _, s := range stated {
		if i := c.place(s); !slices.Contains(counted, i) {
			counted = append(counted, i)
			c.List[i].Incidents++
		}
	}
}

// place is where something stands in List, at the end if it is new.
func (c *Counts) place(stated Count) int {
	if i, ok := c.written[stated.Name]; ok {
		return i
	}
	if c.at == nil {
		c.at, c.written = map[string]int{}, map[string]int{}
	}
	key := foldName(stated.Name)
	i, ok := c.at[key]
	if !ok {
		i = len(c.List)
		c.at[key] = i
		c.List = append(c.List, stated)
	}
	c.written[stated.Name] = i
	return i
}

func (c *Counts) byFrequency() {
	slices.SortFunc(c.List, func(x, y Count) int {
		return cmp.Or(cmp.Compare(y.Incidents, x.Incidents), strings.Compare(foldName(x.Name), foldName(y.Name)))
	})
}

// yearsOf gives the years in order, with those between.
func yearsOf(counted map[int]*YearCount) []YearCount {
	var numbers []int
	for year := range counted {
		numbers = append(numbers, year)
	}
	slices.Sort(numbers)
	var years []YearCount
	for i, number := range slices.Backward(numbers) {
		years = append(years, *counted[number])
		if i > 0 && number-numbers[i-1] <= maxEmptyYears+1 {
			for empty := number - 1; empty > numbers[i-1]; empty-- {
				years = append(years, YearCount{Year: empty})
			}
		}
	}
	return years
}

// Month is the first of a month, for its name.
func (y YearCount) Month(i int) time.Time {
	return time.Date(y.Year, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
}

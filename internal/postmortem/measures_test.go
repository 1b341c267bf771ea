package postmortem

import (
	"math/rand/v2"
	"testing"
	"time"
)

func mustMoment(t *testing.T, text string) Moment {
	t.Helper()
	m, problem := ParseMoment(text)
	if problem != NoProblem {
		t.Fatalf("%q is no moment", text)
	}
	return m
}

func timed(t *testing.T, kind EventKind, text string) Event {
	t.Helper()
	return Event{Kind: kind, At: mustMoment(t, text)}
}

func TestNameEvents(t *testing.T) {
	events := []Event{
		timed(t, "", "2021-04-29 09:21"), timed(t, "", "2021-04-29 09:21"), timed(t, "", "2021-04-29"),
		timed(t, "", "2021-04-29 09:21:07 UTC"), {}, {}, timed(t, "", "2021-04-29 09:21"),
	}
	NameEvents(events)
	want := []string{
		"t-20210429T0921", "t-20210429T0921-2", "t-20210429", "t-20210429T092107", "t-unknown", "t-unknown-2", "t-20210429T0921-3",
	}
	for i, e := range events {
		if e.ID != want[i] {
			t.Errorf("event %d is named %q, want %q", i, e.ID, want[i])
		}
	}
}

func TestMeasures(t *testing.T) {
	type result struct {
		computed     string
		from, to     string
		approximate  bool
		contradicted bool
		public       string
	}
	tests := map[string]struct {
		fields   map[string]string
		events   []Event
		declared string
		want     result // of the time to resolve
	}{
		"fields": {
			fields: map[string]string{"start": "2021-04-29 09:38", "resolved": "2021-04-29 11:29"},
			want:   result{computed: "1h51m0s", from: "start", to: "resolved", public: "1h51m0s"},
		},
		"events": {
			events: []Event{timed(t, "started", "2021-04-29 23:50 UTC"), timed(t, "resolved", "2021-04-30 03:10 +02:00")},
			want:   result{computed: "1h20m0s", from: "t-20210429T2350", to: "t-20210430T0310", public: "1h20m0s"},
		},
		"the first event of a kind": {
			events: []Event{timed(t, "started", "2021-04-29 09:00"), timed(t, "started", "2021-04-29 09:30"), timed(t, "resolved", "2021-04-29 10:00")},
			want:   result{computed: "1h0m0s", from: "t-20210429T0900", to: "t-20210429T1000", public: "1h0m0s"},
		},
		"a field before an event": {
			fields: map[string]string{"start": "2021-04-29 09:10"},
			events: []Event{timed(t, "started", "2021-04-29 09:00"), timed(t, "resolved", "2021-04-29 10:00")},
			want:   result{computed: "50m0s", from: "start", to: "t-20210429T1000", public: "50m0s"},
		},
		"a field of the day only gives way": {
			fields: map[string]string{"start": "2021-04-29"},
			events: []Event{timed(t, "started", "2021-04-29 09:00"), timed(t, "resolved", "~2021-04-29 10:00")},
			want:   result{computed: "1h0m0s", from: "t-20210429T0900", to: "t-20210429T1000", approximate: true, public: "1h0m0s"},
		},
		"only one zone":    {fields: map[string]string{"start": "2021-04-29 09:10", "resolved": "2021-04-29 10:10 UTC"}},
		"the day only":     {fields: map[string]string{"start": "2021-04-29", "resolved": "2021-04-30"}},
		"backwards":        {fields: map[string]string{"start": "2021-04-29 10:10", "resolved": "2021-04-29 09:10"}},
		"unknown time":     {events: []Event{{Kind: "started"}, timed(t, "resolved", "2021-04-29 10:00")}},
		"stated only":      {declared: "about 4h", want: result{public: "4h0m0s"}},
		"stated unread":    {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 10:00"}, declared: "a while", want: result{computed: "1h0m0s", from: "start", to: "resolved"}},
		"within 2 minutes": {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 09:12"}, declared: "10 min", want: result{computed: "12m0s", from: "start", to: "resolved", public: "10m0s"}},
		"beyond 2 minutes": {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 09:13"}, declared: "10 min", want: result{computed: "13m0s", from: "start", to: "resolved", contradicted: true, public: "10m0s"}},
		"within 2 %":       {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 13:47"}, declared: "4h50min", want: result{computed: "4h47m0s", from: "start", to: "resolved", public: "4h50m0s"}},
		"within 10 %":      {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 12:15"}, declared: "about 3 hours", want: result{computed: "3h15m0s", from: "start", to: "resolved", public: "3h0m0s"}},
		"beyond 10 %":      {fields: map[string]string{"start": "2021-04-29 09:00", "resolved": "2021-04-29 12:19"}, declared: "about 3 hours", want: result{computed: "3h19m0s", from: "start", to: "resolved", contradicted: true, public: "3h0m0s"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := &Postmortem{Timeline: test.events}
			NameEvents(p.Timeline)
			if at := test.fields["start"]; at != "" {
				p.Start = mustMoment(t, at)
			}
			if at := test.fields["resolved"]; at != "" {
				p.Resolved = mustMoment(t, at)
			}
			p.Declared.TimeToResolve = ParseDuration(test.declared)
			m := p.Measures().TimeToResolve
			got := result{from: m.From, to: m.To, approximate: m.Approximate, contradicted: m.Contradicted}
			if m.HasComputed {
				got.computed = m.Computed.String()
			}
			if d, _, ok := m.Public(); ok {
				got.public = d.String()
			}
			if got != test.want {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestDurationMayEndWithMitigation(t *testing.T) {
	p := &Postmortem{
		Start: mustMoment(t, "2021-04-29 09:00"), Mitigated: mustMoment(t, "2021-04-29 09:40"), Resolved: mustMoment(t, "2021-04-29 15:00"),
		Declared: Declared{Duration: ParseDuration("40 min")},
	}
	if m := p.Measures().Duration; m.To != "mitigated" || m.Contradicted {
		t.Errorf("a duration of 40 min ends with %q, contradicted: %v", m.To, m.Contradicted)
	}
	p.Declared.Duration = ParseDuration("3 h")
	if m := p.Measures().Duration; m.To != "resolved" || !m.Contradicted {
		t.Errorf("a duration of 3 h ends with %q, contradicted: %v", m.To, m.Contradicted)
	}
}

// TestMeasuresAreTotal makes postmortems with any of the ends missing, in any
// order: nothing panics, nothing is negative, and other events do not matter,
// wherever they stand.
func TestMeasuresAreTotal(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 29))
	moment := func() Moment {
		m := Moment{Time: time.Date(2021, 4, 29, random.IntN(24), random.IntN(60), 0, 0, time.UTC), Precision: Precision(random.IntN(4))}
		m.Zoned, m.Approximate = random.IntN(2) == 0, random.IntN(4) == 0
		if random.IntN(8) == 0 {
			m.Time = time.Date(0, 1, 1, 9, 0, 0, 0, time.UTC)
		}
		return m
	}
	for range 2000 {
		p := &Postmortem{}
		for _, field := range []*Moment{&p.Start, &p.Detected, &p.Acknowledged, &p.Mitigated, &p.Resolved} {
			if random.IntN(2) == 0 {
				*field = moment()
			}
		}
		for _, kind := range random.Perm(len(EventKinds))[:random.IntN(len(EventKinds))] {
			p.Timeline = append(p.Timeline, Event{Kind: EventKinds[kind], At: moment(), ID: string(EventKinds[kind])})
		}
		p.Declared.Duration = Duration{Known: random.IntN(2) == 0, Value: time.Duration(random.IntN(1e6)) * time.Second}
		first := p.Measures()
		for _, m := range []Measure{first.TimeToDetect, first.TimeToAcknowledge, first.TimeToMitigate, first.TimeToResolve, first.Duration} {
			if m.Computed < 0 || m.HasComputed != (m.From != "") || m.HasComputed != (m.To != "") || m.Contradicted && !(m.HasComputed && m.Declared.Known) {
				t.Fatalf("%+v is not sound", m)
			}
		}
		random.Shuffle(len(p.Timeline), func(i, j int) { p.Timeline[i], p.Timeline[j] = p.Timeline[j], p.Timeline[i] })
		if again := p.Measures(); again != first {
			t.Fatalf("the order of events of different kinds matters: %+v, then %+v", first, again)
		}
	}
}

func TestMeasuresOfOutagesDaysApart(t *testing.T) {
	event := func(at, text string) Event { return Event{At: mustMoment(t, at), Text: text} }
	stated := func(at string, kind EventKind) Event { return Event{At: mustMoment(t, at), Kind: kind} }
	tests := map[string][]Event{
		"told by words": {
			event("2022-03-02 10:00Z", "Outage starts"), event("2022-03-02 10:04Z", "Alert triggered"), event("2022-03-02 11:00Z", "Incident resolved"),
			event("2022-03-05 18:00Z", "Alert triggered"), event("2022-03-05 18:45Z", "Incident declared"), event("2022-03-05 18:50Z", "Root cause identified"),
			event("2022-03-05 19:00Z", "Mitigation applied"), event("2022-03-05 19:10Z", "Incident resolved"),
		},
		"told by kinds": {
			stated("2022-03-02 10:00Z", "started"), stated("2022-03-02 10:04Z", "detected"), event("2022-03-02 11:00Z", "Incident resolved"),
			stated("2022-03-05 18:00Z", ""), stated("2022-03-05 18:45Z", "acknowledged"), stated("2022-03-05 18:50Z", "identified"),
			stated("2022-03-05 19:00Z", "mitigated"), stated("2022-03-05 19:10Z", "resolved"),
		},
	}
	for name, events := range tests {
		p := &Postmortem{Timeline: events}
		InferKinds(events, "en")
		NameEvents(events)
		m, s := p.Measures(), p.Spent()
		if got := m.TimeToDetect.Computed; got != 4*time.Minute {
			t.Errorf("%s: the first outage was detected after %v, want 4 min", name, got)
		}
		for what, m := range map[string]Measure{
			"acknowledge": m.TimeToAcknowledge, "mitigate": m.TimeToMitigate, "resolve": m.TimeToResolve, "last": m.Duration,
			"diagnose": s.Diagnosing, "repair": s.Repairing,
		} {
			if m.HasComputed {
				t.Errorf("%s: time to %s is %v, from one outage to another", name, what, m.Computed)
			}
		}
		if s.Identified.Known() || s.Recovered.Known() {
			t.Errorf("%s: turning points of another outage: %+v", name, s)
		}
		if p.milestone("resolved", p.Resolved, "resolved").at != events[len(events)-1].At {
			t.Errorf("%s: the incident does not end with the last outage", name)
		}
	}
}

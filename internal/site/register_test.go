package site

import (
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/postmortem"
)

// A day is late when it has ended where the site stands, and no sooner.
func TestLate(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, status, due, now string
		zone                   *time.Location
		want                   bool
	}{
		{"on its day", "open", "2024-05-01", "2024-05-01T21:59:59Z", paris, false},
		{"after its day", "open", "2024-05-01", "2024-05-01T22:00:00Z", paris, true},
		{"in progress", "in_progress", "2024-05-01", "2024-06-01T00:00:00Z", paris, true},
		{"proposed", "proposed", "2024-05-01", "2024-06-01T00:00:00Z", paris, true},
		{"done", "done", "2024-05-01", "2024-06-01T00:00:00Z", paris, false},
		{"dropped", "dropped", "2024-05-01", "2024-06-01T00:00:00Z", paris, false},
		{"unknown", "unknown", "2024-05-01", "2024-06-01T00:00:00Z", paris, false},
		{"not stated", "", "2024-05-01", "2024-06-01T00:00:00Z", paris, false},
		{"about a day", "open", "~2024-05-01", "2024-06-01T00:00:00Z", paris, false},
		{"no day", "open", "", "2024-06-01T00:00:00Z", paris, false},
		{"a time of the day", "open", "2024-05-01 09:00", "2024-05-01T20:00:00Z", paris, false},
		{"a zone of its own", "open", "2024-05-01T09:00:00-10:00", "2024-05-02T09:59:00Z", paris, false},
		{"past in its own zone", "open", "2024-05-01T09:00:00-10:00", "2024-05-02T10:00:00Z", paris, true},
		{"no zone, not over everywhere", "open", "2024-05-01", "2024-05-02T11:59:00Z", nil, false},
		{"no zone, over everywhere", "open", "2024-05-01", "2024-05-02T12:00:00Z", nil, true},
	} {
		c := &postmortem.Countermeasure{Status: test.status}
		if test.due != "" {
			var problem postmortem.Problem
			if c.Due, problem = postmortem.ParseMoment(test.due); problem != postmortem.NoProblem {
				t.Fatal(test.due, problem)
			}
		}
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		s := &Site{Config: &config.Config{Timezone: test.zone}, Options: Options{Now: now}}
		if got := s.Late(c); got != test.want {
			t.Errorf("%s: late is %t", test.name, got)
		}
	}
}

func TestWhereTheRegisterIs(t *testing.T) {
	for _, test := range []struct {
		where          string
		public, inside bool
	}{{"public", true, true}, {"internal", false, true}, {"off", false, false}} {
		s := &Site{Config: &config.Config{Pages: config.Pages{Countermeasures: test.where}}}
		if got := s.HasRegister(); got != test.public {
			t.Errorf("%s: in public %t", test.where, got)
		}
		s.Options.Internal = true
		if got := s.HasRegister(); got != test.inside {
			t.Errorf("%s: inside %t", test.where, got)
		}
	}
}

package postmortem

import (
	"testing"
	"time"
)

func TestSpent(t *testing.T) {
	start, detected := mustMoment(t, "2024-05-01 09:00"), mustMoment(t, "2024-05-01 09:20")
	identified, mitigated := mustMoment(t, "2024-05-01 10:00"), mustMoment(t, "2024-05-01 10:30")
	resolved := mustMoment(t, "2024-05-01 12:00")
	for name, c := range map[string]struct {
		p                                 Postmortem
		undetected, diagnosing, repairing time.Duration // −1 for one that is not known
	}{
		"all ends":             {Postmortem{Start: start, Detected: detected, Identified: identified, Mitigated: mitigated, Resolved: resolved}, 20, 40, 30},
		"resolved only":        {Postmortem{Start: start, Detected: detected, Identified: identified, Resolved: resolved}, 20, 40, 120},
		"cause not known":      {Postmortem{Start: start, Detected: detected, Mitigated: mitigated}, 20, -1, -1},
		"cause found too late": {Postmortem{Start: start, Detected: detected, Identified: resolved, Mitigated: mitigated}, 20, -1, -1},
		"from the timeline": {Postmortem{Start: start, Timeline: []Event{
			timed(t, "detected", "2024-05-01 09:05"), timed(t, "identified", "2024-05-01 09:07"), timed(t, "mitigated", "2024-05-01 09:10"),
		}}, 5, 2, 3},
		"days only": {Postmortem{Start: mustMoment(t, "2024-05-01"), Detected: detected}, -1, -1, -1},
		"nothing":   {Postmortem{}, -1, -1, -1},
	} {
		s := c.p.Spent()
		for i, m := range []Measure{s.Undetected, s.Diagnosing, s.Repairing} {
			want := []time.Duration{c.undetected, c.diagnosing, c.repairing}[i] * time.Minute
			if m.HasComputed != (want >= 0) || m.HasComputed && m.Computed != want {
				t.Errorf("%s: part %d is %v (%v), want %v", name, i, m.Computed, m.HasComputed, want)
			}
		}
	}
}

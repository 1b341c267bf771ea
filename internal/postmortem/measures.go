package postmortem

import (
	"time"

	"publish/internal/block"
	"publish/internal/diag"
)

// Measures are the lengths of an incident's phases.
type Measures struct {
	TimeToDetect      Measure // detected − start
	TimeToAcknowledge Measure // acknowledged − detected
	TimeToMitigate    Measure // mitigated − start
	TimeToResolve     Measure // resolved − start
	Duration          Measure // the end of the impact − start
}

// Measure is one length of time: as computed from two ends, as the author
// declares it, or both.
type Measure struct {
	// Computed is known if both ends are.
	Computed    time.Duration
	HasComputed bool
	Approximate bool
	// From and To are the events from which it was computed: event ids, or
	// names of fields ("start") where the ends come from those.
	From, To string
	Declared Duration
	// Contradicted says that declared and computed differ beyond tolerance:
	// the larger of 2 minutes and 2 %, 10 % where the author says "about".
	Contradicted bool
}

// Public gives what a public page may show (DESIGN.md §4): what is stated, or
// computed and not contradicted. ok is false where there is nothing.
func (m Measure) Public() (d time.Duration, approximate, ok bool) { panic("contract") }

// Measures computes them from the fields start, detected … and, where those
// are missing, from the kinds of the events. It is total: a missing end gives a
// measure that is not known.
func (p *Postmortem) Measures() Measures { panic("contract") }

// Doubts recomputes what a report claims and says where it contradicts itself:
// weekday against date, zone name against offset, declared durations against
// every pair of events, shares against counts, sums, order of events. The
// blocks are the whole text.
func (p *Postmortem) Doubts(blocks []block.Block, c Context) diag.List { panic("contract") }

// InferKinds gives events of the text the kinds that their words tell, by a
// word list per language; it prefers none to a wrong one.
func InferKinds(events []Event, language string) { panic("contract") }

// NameEvents gives every event its ID, in order; equal times get a suffix.
func NameEvents(events []Event) { panic("contract") }

package site

import (
	"cmp"
	"slices"
	"time"

	"publish/internal/postmortem"
)

// Promise is a countermeasure of a public postmortem.
type Promise struct {
	*postmortem.Countermeasure
	Page  *Page
	Index int // in the page's own list
	// Late says that its day is past and it is not settled. Whether that may
	// be shown is for Shows to say.
	Late bool
}

// Register lists what all postmortems promise, newest postmortem first.
func (s *Site) Register() []Promise {
	var list []Promise
	for _, p := range s.Posts {
		if p.Kind != postmortem.KindPostmortem {
			continue
		}
		promises := p.promises
		if promises == nil {
			promises = p.Meta().Countermeasures // where the site has no page for them
		}
		for i := range promises {
			c := &promises[i]
			list = append(list, Promise{Countermeasure: c, Page: p, Index: i, Late: s.Late(c)})
		}
	}
	return list
}

// HasRegister says that this build has the page of countermeasures.
func (s *Site) HasRegister() bool {
	where := s.Config.Pages.Countermeasures
	return where != "off" && (where != "internal" || s.Options.Internal)
}

// Shows says whether a detail of countermeasures (owner, due, late) may be
// shown: all of them in the internal build, in public what the site lists.
func (s *Site) Shows(detail string) bool {
	return s.Options.Internal || slices.Contains(s.Config.Show, detail)
}

// lastZone is where a day ends last: where a site states no zone, nothing is
// late before its day is over everywhere.
var lastZone = time.FixedZone("", -12*60*60)

// Late says that the day by which a countermeasure was due has ended, in the
// site's zone. What is of unknown state, or due at about a day, never is.
func (s *Site) Late(c *postmortem.Countermeasure) bool {
	if !c.Unsettled() || !c.Due.Known() || c.Due.Approximate {
		return false
	}
	due, zone := c.Due.Time, cmp.Or(s.Config.Timezone, lastZone)
	if c.Due.Zoned {
		zone = due.Location()
	}
	end := time.Date(due.Year(), due.Month(), due.Day()+1, 0, 0, 0, 0, zone)
	return !s.Options.Now.Before(end)
}

package main

import (
	"fmt"
	"strings"
	"time"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// doubts is what is doubtful about the page at a route, and what its report
// leaves open: for its author alone.
func (l *loaded) doubts(path string) diag.List {
	page := l.site.PageAt(path)
	for _, p := range l.site.Previews {
		if page == nil && p.Path == path {
			page = p
		}
	}
	if page == nil || page.Kind != postmortem.KindPostmortem {
		return nil
	}
	list := leveled(l.config, &flags{}, l.site.Doubts(page))
	return append(list, measured(page)...)
}

// measured says which figures of a report are stated and computed, and what it
// leaves open.
func measured(page *site.Page) diag.List {
	m := page.Meta().Measures()
	var list diag.List
	note := func(format string, args ...any) {
		list = append(list, diag.Diagnostic{Level: diag.Note, Message: fmt.Sprintf(format, args...)})
	}
	var open []string
	for _, one := range []struct {
		name string
		postmortem.Measure
	}{
		{"time to detect", m.TimeToDetect}, {"time to acknowledge", m.TimeToAcknowledge},
		{"time to mitigate", m.TimeToMitigate}, {"time to resolve", m.TimeToResolve}, {"duration", m.Duration},
	} {
		switch stated := one.Declared.Written; {
		case one.HasComputed && stated != "":
			note("%s: stated as \"%s\", computed as %s from \"%s\" to \"%s\"", one.name, stated, plainDuration(one.Computed), one.From, one.To)
		case one.HasComputed:
			note("%s: computed as %s from \"%s\" to \"%s\"", one.name, plainDuration(one.Computed), one.From, one.To)
		case stated != "":
			note("%s: stated as \"%s\", and cannot be computed", one.name, stated)
		default:
			open = append(open, one.name)
		}
	}
	if len(open) > 0 {
		note("neither stated nor to be computed: %s", strings.Join(open, ", "))
	}
	return list
}

// plainDuration writes a length of time as "14h35m"; seconds only where there
// are some.
func plainDuration(d time.Duration) string {
	text := d.Round(time.Second).String()
	if short, ok := strings.CutSuffix(text, "m0s"); ok {
		text = short + "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		text = short + "h"
	}
	return text
}

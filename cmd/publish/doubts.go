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

// measured says which figures of a report are computed, stated or missing.
func measured(page *site.Page) diag.List {
	m := page.Meta.Measures()
	var list diag.List
	note := func(format string, args ...any) {
		list = append(list, diag.Diagnostic{Level: diag.Note, Message: fmt.Sprintf(format, args...)})
	}
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
			note("%s: not stated, computed as %s from \"%s\" to \"%s\"", one.name, plainDuration(one.Computed), one.From, one.To)
		case stated != "":
			note("%s: stated as \"%s\", and its ends are not", one.name, stated)
		default:
			note("%s: neither stated nor to be computed", one.name)
		}
	}
	return list
}

// plainDuration writes a length of time in hours and minutes.
func plainDuration(d time.Duration) string {
	text := strings.TrimSuffix(d.Round(time.Second).String(), "0s")
	if text == "" {
		return "0 min"
	}
	return text
}

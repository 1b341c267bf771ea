//go:build linux

package faults

import (
	"fmt"
	"strings"
)

// row is one fault of one generator.
type row struct {
	fault, generator string
	runs             int // in which the fault came to pass
	old, new, torn   int
	unrepaired       int // the next build did not give the new site and nothing else
	writing          int // killed while one of two folders was being written or removed
	worst            string
	last             string // state that was found
}

// row begins a row of the table.
func (s *suite) row(g *generator, fault string) *row {
	r := &row{fault: fault, generator: g.name}
	s.rows = append(s.rows, r)
	return r
}

// note keeps the first thing that was torn.
func (r *row) note(why string) {
	if r.worst == "" {
		r.worst = why
	}
}

// table is all rows, those of one fault side by side.
func (s *suite) table() string {
	var b strings.Builder
	var faults []string
	of := make(map[string]map[string]*row)
	for _, r := range s.rows {
		if of[r.fault] == nil {
			faults, of[r.fault] = append(faults, r.fault), make(map[string]*row)
		}
		of[r.fault][r.generator] = r
	}
	b.WriteString("\n| fault |")
	line := "\n|---|"
	for _, g := range s.generators {
		fmt.Fprintf(&b, " %s: times | old, whole | new, whole | torn | not repaired by the next build |", g.name)
		line += "---:|---:|---:|---:|---:|"
	}
	b.WriteString(line + "\n")
	for _, fault := range faults {
		fmt.Fprintf(&b, "| %s |", fault)
		for _, g := range s.generators {
			if r := of[fault][g.name]; r != nil {
				fmt.Fprintf(&b, " %d | %d | %d | %d | %d |", r.runs, r.old, r.new, r.torn, r.unrepaired)
			} else {
				b.WriteString(" | | | | |")
			}
		}
		b.WriteString("\n")
	}
	for _, r := range s.rows {
		if r.writing > 0 {
			fmt.Fprintf(&b, "\n%s, %s: %d of %d while a second folder was being written or removed", r.generator, r.fault, r.writing, r.runs)
		}
		if r.worst != "" {
			fmt.Fprintf(&b, "\n%s, %s, the first that was torn: %s", r.generator, r.fault, r.worst)
		}
	}
	b.WriteString("\n")
	return b.String()
}

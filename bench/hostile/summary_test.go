//go:build linux

package hostile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// summary is the table of what was measured: by kind, and each case if all of
// them are asked for.
func summary(all []measured, each bool) string {
	var b strings.Builder
	plain, all := all[0], all[1:]
	fmt.Fprintf(&b, "the good pages alone: %d ms of the processor, %d MiB at the peak\n\n", plain.took.Milliseconds(), plain.memory>>20)
	b.WriteString("| kind | cases | pages are made | messages alone | most time, ms | by | most memory, MiB | by |\n|---|---:|---:|---:|---:|---|---:|---|\n")
	if len(all) == 0 {
		return "\n" + b.String() + "no case was tried\n"
	}
	var kinds []string
	of := map[string][]measured{}
	for _, m := range all {
		if of[m.kind] == nil {
			kinds = append(kinds, m.kind)
		}
		of[m.kind] = append(of[m.kind], m)
	}
	row := func(kind string, of []measured) {
		pages := 0
		for _, m := range of {
			if slices.ContainsFunc(m.outcome, func(line string) bool { return strings.HasPrefix(line, "page: ") }) {
				pages++
			}
		}
		slow := slices.MaxFunc(of, func(a, b measured) int { return cmp.Compare(a.took, b.took) })
		big := slices.MaxFunc(of, func(a, b measured) int { return cmp.Compare(a.memory, b.memory) })
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %s | %d | %s |\n", kind, len(of), pages, len(of)-pages, slow.took.Milliseconds(), slow.name, big.memory>>20, big.name)
	}
	for _, kind := range kinds {
		row(kind, of[kind])
	}
	row("all", all)
	if each {
		b.WriteString("\n| case | exit | diagnostics | ms | MiB |\n|---|---:|---:|---:|---:|\n")
		for _, m := range all {
			fmt.Fprintf(&b, "| %s | %s | %d | %d | %d |\n", m.name, strings.TrimPrefix(m.outcome[0], "exit: "), m.said(), m.took.Milliseconds(), m.memory>>20)
		}
	}
	return "\n" + b.String()
}

// said counts the diagnostics of a case.
func (m measured) said() int {
	n := 0
	for _, line := range m.outcome {
		if text, ok := strings.CutPrefix(line, "says: "); ok {
			more := 1
			if _, err := fmt.Sscanf(text, "%d more", &more); err != nil {
				more = 1
			}
			n += more
		}
	}
	return n
}

// Of no case, as when -run names none, there is no table, and of one there is one.
func TestSummary(t *testing.T) {
	plain := measured{trial: &trial{name: "plain"}}
	if got := summary([]measured{plain}, true); !strings.Contains(got, "no case was tried") {
		t.Errorf("of none: %s", got)
	}
	one := measured{trial: &trial{name: "a case", kind: "bytes"}, outcome: []string{"exit: 1", "says: x", "says: 2 more"}, memory: 3 << 20}
	got := summary([]measured{plain, one}, true)
	for _, want := range []string{"| bytes | 1 | 0 | 1 | 0 | a case | 3 | a case |", "| all | 1 | 0 |", "| a case | 1 | 3 | 0 | 3 |"} {
		if !strings.Contains(got, want) {
			t.Errorf("of one there is no line %q:\n%s", want, got)
		}
	}
}

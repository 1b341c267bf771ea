package postmortem

import (
	"strings"
	"unicode"

	"publish/internal/pattern"
)

var (
	compactDate = pattern.New(`^(\d{4})(\d{2})(\d{2})(?:[-_ ]|$)`)
	serialDate  = pattern.New(`(?i)(?:^|[-_ ])pm[-_ ](\d{2})(\d{2})(\d{2})$`)
	monthDay    = pattern.New(`^(\d{1,2})[-_](\d{1,2})(?:[-_ ](.*))?$`)
	yearFolder  = pattern.New(`^\d{4}$`)
	monthFolder = pattern.New(`^(\d{4})[-_.](\d{2})$`)
)

// dateInName finds the date that the name of a file or folder holds, and what
// remains of the name without it: `2021-04-29-outage` and `outage-2021-04-29`
// leave `outage`. A date in words (`incident-du-1er-octobre-2021`) or within
// the name stays in the rest, which would not read well without it. The name
// has no extension.
func dateInName(name string) (m Moment, rest string, ok bool) {
	if d, size, problem := scanDate(name); problem == NoProblem && name[0] <= '9' {
		if tail := name[size:]; tail == "" || strings.ContainsRune("-_ .T", rune(tail[0])) {
			return d.moment(name[:size]), strings.TrimLeft(tail, "-_ ."), true
		}
	}
	if c := compactDate.FindStringSubmatch(name); c != nil {
		if d := dateOf(c[1], c[2], c[3]); d.problem() == NoProblem && d.year > 1900 && d.year < 2100 {
			return d.moment(name[:8]), strings.TrimLeft(name[8:], "-_ "), true
		}
	}
	if c := serialDate.FindStringSubmatch(name); c != nil {
		if d := dateOf("20"+c[1], c[2], c[3]); d.problem() == NoProblem {
			return d.moment(name[len(name)-6:]), strings.TrimRight(name[:len(name)-6], "-_ "), true
		}
	}
	m, ok = FindDate(name)
	if !ok {
		return Moment{}, name, false
	}
	rest = name
	if before, found := strings.CutSuffix(name, m.Written); found && m.Written[0] <= '9' && !strings.ContainsFunc(m.Written, unicode.IsLetter) {
		if before = strings.TrimRight(before, "-_ ."); before != "" {
			rest = before
		}
	}
	return m, rest, true
}

// DateInPath is dateInName with the help of the folders above: `04-25-outage`
// below a folder `2024`, and anything below `2021/04/29`. Dir has slashes and
// not the name itself.
func DateInPath(dir, name string) (m Moment, rest string, ok bool) {
	if m, rest, ok = dateInName(name); ok {
		return m, rest, true
	}
	folders := strings.Split(dir, "/")
	if last := len(folders) - 1; last >= 2 && yearFolder.MatchString(folders[last-2]) {
		whole := strings.Join(folders[last-2:], "/")
		if d, size, problem := scanDate(whole); problem == NoProblem && size == len(whole) {
			return d.moment(whole), name, true
		}
	}
	c := monthDay.FindStringSubmatch(name)
	if c == nil {
		return Moment{}, name, false
	}
	for i := len(folders) - 1; i >= 0; i-- {
		year := folders[i]
		if month := monthFolder.FindStringSubmatch(year); month != nil && month[2] == c[1] {
			year = month[1]
		} else if !yearFolder.MatchString(year) {
			continue
		}
		d := dateOf(year, c[1], c[2])
		if d.problem() != NoProblem {
			break
		}
		return d.moment(year + "-" + c[1] + "-" + c[2]), c[3], true
	}
	return Moment{}, name, false
}

// dateOf makes a date of three runs of digits.
func dateOf(year, month, day string) date {
	y, _ := digits(year)
	m, _ := digits(month)
	d, _ := digits(day)
	return date{y, m, d}
}

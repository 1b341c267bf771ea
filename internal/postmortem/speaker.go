package postmortem

import "strings"

// longestSpeaker is how long, in bytes, the name before a time in brackets may be.
const longestSpeaker = 60

// scanSpeaker is the size of the name that stands before a time in brackets where
// a chat was pasted: `@alice [5:21 PM] rolled back`. Without its sign it might be
// any words.
func scanSpeaker(text string) int {
	if text == "" || text[0] != '@' {
		return 0
	}
	n := strings.IndexByte(text[:min(len(text), longestSpeaker)], '[')
	if n < 2 || strings.Count(strings.TrimSpace(text[:n]), " ") > 2 {
		return 0
	}
	return n
}

// orSpoken reads the time in brackets behind whoever speaks, where an entry begins
// with none itself.
func (t *textReader) orSpoken(e *entryTime, text string, problem Problem) Problem {
	if problem == NoProblem || text == "" || text[0] != '@' {
		return problem
	}
	return t.scanSpoken(e, text)
}

func (t *textReader) scanSpoken(e *entryTime, text string) Problem {
	n := scanSpeaker(text)
	if n == 0 {
		return NotMoment
	}
	spoken, problem := scanEntryTime(text[n:], t.context.Zones)
	if problem != NoProblem || !spoken.clocked() || !strings.HasPrefix(strings.TrimLeft(text[n+spoken.end:], " "), "]") {
		return NotMoment
	}
	spoken.start, spoken.end, spoken.size = spoken.start+n, spoken.end+n, spoken.size+n
	*e = spoken
	return NoProblem
}

package main

import "io"

// runnerLog is the log of a GitHub runner, which takes "##[command]" anywhere in
// a line for a command of ours (actions/runner, ActionCommand.TryParse). A quoted
// line of a report could so stop all annotations that follow it, or mask a letter
// in the whole log. A space makes it text. So it takes "::command" at the beginning
// of a line, behind blanks too (TryParseV2). Our annotations have no blanks before
// them, a quoted line has: a space without width stands between then.
type runnerLog struct {
	w      io.Writer
	hashes int  // that were written last
	inside bool // of a line: something but blanks was written
	blanks bool // were written at its beginning
}

func (l *runnerLog) Write(data []byte) (int, error) {
	out := make([]byte, 0, len(data)+8)
	for _, c := range data {
		switch {
		case c == '[' && l.hashes >= 2:
			out = append(out, ' ')
		case c == ':' && l.blanks && !l.inside:
			out = append(out, "\u200b"...)
		}
		switch c {
		case '\n', '\r':
			l.inside, l.blanks = false, false
		default:
			blank := c == ' ' || c == '\t' || c >= 0x80 // there are blanks beyond ASCII
			l.blanks, l.inside = l.blanks || blank, l.inside || !blank
		}
		l.hashes++
		if c != '#' {
			l.hashes = 0
		}
		out = append(out, c)
	}
	if _, err := l.w.Write(out); err != nil {
		return 0, err
	}
	return len(data), nil
}

// inRunner says whether a GitHub runner reads what is printed.
func (p *program) inRunner() bool { return p.getenv("GITHUB_ACTIONS") == "true" }

// answer is where a command writes text that people read as its result: in a
// runner that is the log, too.
func (p *program) answer() io.Writer {
	if p.inRunner() {
		return &runnerLog{w: p.stdout}
	}
	return p.stdout
}

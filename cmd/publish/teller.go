package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"publish/internal/diag"
)

// teller writes the preview's lines to the terminal.
type teller struct {
	p        *program
	f        *flags
	print    diag.Printer
	problems diag.List // that were told last
	root     string    // the server's address
}

func newTeller(w *workspace) *teller {
	source := (&loaded{dir: w.dir}).source
	return &teller{p: w.p, f: w.f, print: diag.Printer{Source: source, Color: w.p.color(w.p.colorErr)}}
}

// revision says what was edited, and how soon that could be seen.
func (t *teller) revision(e edits, pages int, took time.Duration) {
	if t.f.quiet {
		return
	}
	line := fileNames(e.files) + ": "
	if e.ahead > 0 {
		line += "shown after " + milliseconds(e.ahead) + ", "
	}
	t.p.say("%s%s changed after %s", line, count(pages, "page"), milliseconds(took))
}

// address says where the site is, if its settings moved it.
func (t *teller) address(before, now string) {
	if before != now {
		t.p.say("the site is at %s now, as its base URL says", t.root+strings.TrimPrefix(now, "/"))
	}
}

// emptied says why there is nothing left to show, where there was something.
func (t *teller) emptied(before, now *loaded) {
	if len(before.site.Posts) == 0 || len(now.site.Posts)+len(now.site.Held) > 0 {
		return
	}
	if out, err := t.p.reporter(t.f, now); err == nil {
		out.sayPassed()
		out.sayNone()
	}
}

// mistakes prints those that were not there before, or that there are none, and
// says whether it said anything.
func (t *teller) mistakes(problems diag.List) bool {
	news := slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool { return slices.Contains(t.problems, d) })
	if t.f.quiet {
		news = only(news, diag.Error)
	}
	t.tell(news)
	if was, is := t.problems.Count(diag.Error), problems.Count(diag.Error); was > 0 && is == 0 {
		t.p.say("no errors any more")
		t.problems = problems
		return true
	}
	t.problems = problems
	return len(news) > 0
}

// maxTold is how many mistakes are told at once. A branch of git that is half checked
// out may have thousands, for a moment.
const maxTold = 20

// tell prints what is new, errors first if it is much.
func (t *teller) tell(news diag.List) {
	more := len(news) - maxTold
	if more <= 0 || t.f.verbose {
		_ = t.print.Print(t.p.stderr, news)
		return
	}
	errors := only(news, diag.Error)
	news = append(errors, slices.DeleteFunc(slices.Clone(news), func(d diag.Diagnostic) bool { return d.Level == diag.Error })...)
	_ = t.print.Print(t.p.stderr, news[:maxTold])
	t.p.say("and %d more, which `publish check` names", more)
}

// fileNames names a few files, or counts them.
func fileNames(files map[string]bool) string {
	names := slices.Sorted(maps.Keys(files))
	switch {
	case len(names) == 0:
		return "the folder"
	case len(names) <= 3:
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %s", names[0], count(len(names)-1, "other file"))
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%d ms", max(d.Round(time.Millisecond).Milliseconds(), 1))
}

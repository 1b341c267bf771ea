package main

import (
	"path"
	"slices"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
)

// leftOut gives what is not on the site as diagnostics of whole files, for
// programs and for `checks`. The summary says the same to people.
func (l *loaded) leftOut() diag.List {
	if l.site == nil {
		return nil
	}
	told := map[string]bool{} // the content folder has more to say of some
	for _, d := range l.diags {
		if isLeftOut(d) {
			told[d.File] = true
		}
	}
	var list diag.List
	for _, h := range l.site.Held {
		list.Report(diag.HeldBack, diag.Pos{File: h.Document.Path}, "", "held back: %s", h.Reason)
	}
	for _, s := range l.site.Passed {
		if !told[s.Path] {
			list.Report(diag.FileSkipped, diag.Pos{File: s.Path}, "", "passed over: %s", s.Reason)
		}
	}
	return list
}

// unsearched tells once of the files that are published without having been
// looked into.
func (l *loaded) unsearched() (list diag.List) {
	names := slices.Clone(l.unread)
	for _, a := range l.site.Assets {
		if l.folder.Closed(a.File) {
			names = append(names, a.Path)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	others := ""
	if n := len(names) - 1; n > 0 {
		others = ", nor into " + count(n, "other")
	}
	list.Report(diag.FileUnsearched, diag.Pos{File: names[0]}, "see for yourself that it holds no secret and no internal text",
		"the file is published, and nobody looked into it%s: its texts are packed", others)
	return list
}

// isLeftOut says that a diagnostic is about a file that is not on the site, and
// not about a line of one that is.
func isLeftOut(d diag.Diagnostic) bool {
	return (d.Code == diag.HeldBack || d.Code == diag.FileSkipped) && d.Line == 0
}

// unsaid gives the files with a code of which the diagnostics in text say
// nothing, but that `checks` did not turn off either.
func (r *reporter) unsaid(code diag.Code) map[string]bool {
	files := map[string]bool{}
	for _, d := range r.list {
		if d.Code == code && isLeftOut(d) && !r.shows(diag.Text, d) {
			files[d.File] = true
		}
	}
	return files
}

// sayHeld lists what is not public, each with its reason.
func (r *reporter) sayHeld() {
	unsaid := r.unsaid(diag.HeldBack)
	for _, h := range r.l.site.Held {
		if unsaid[h.Document.Path] {
			r.say("held back %s (%s)", h.Document.Path, h.Reason)
		}
	}
}

// sayNone says of a folder without a postmortem where they are looked for: it is
// most often the wrong one.
func (r *reporter) sayNone() {
	if len(r.l.site.Posts) == 0 && len(r.l.site.Held) == 0 {
		r.say("no postmortem was found: they are looked for in content/, _posts/, postmortems/, incidents/ and the folder itself; `publish init` begins a site")
		r.sayOtherTexts()
	}
}

// sayOtherTexts says, of a folder without a postmortem, that texts in it are no
// Markdown. Plain ones only want another name.
func (r *reporter) sayOtherTexts() {
	for _, s := range r.l.site.Passed {
		if ext := path.Ext(s.Path); ext == ".txt" && s.Reason != "hidden" {
			r.say("only Markdown is read: %s could be called %s", s.Path, strings.TrimSuffix(s.Path, ext)+".md")
			return
		}
	}
}

// maxPassed is how many files are named before the summary counts them only.
const maxPassed = 3

// sayPassed says what was passed over and why: grouped by reason, or file by
// file with --verbose. Hidden files are named with --verbose only: nobody
// expects those on a site.
func (r *reporter) sayPassed() {
	unsaid := r.unsaid(diag.FileSkipped)
	byReason := map[string][]content.Skipped{}
	var reasons []string
	for _, s := range r.l.site.Passed {
		if !unsaid[s.Path] || s.Reason == "hidden" && !r.f.verbose {
			continue
		}
		if byReason[s.Reason] == nil {
			reasons = append(reasons, s.Reason)
		}
		byReason[s.Reason] = append(byReason[s.Reason], s)
	}
	slices.Sort(reasons)
	for _, reason := range reasons {
		files := byReason[reason]
		if !r.f.verbose && len(files) > maxPassed {
			r.say("passed over %s: %s (--verbose names them)", count(len(files), "file"), reason)
			continue
		}
		for _, s := range files {
			r.say("passed over %s: %s", s.Path, reason)
		}
	}
}

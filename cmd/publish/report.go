package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/plainfile"
)

// reporter prints a command's diagnostics and decides what they mean for the
// exit status.
type reporter struct {
	p     *program
	f     *flags
	l     *loaded
	print []diag.Printer
	list  diag.List
	done  bool
	// stdout says that the report is the command's result: check's.
	stdout bool
	// hush are notes that do not matter to this command.
	hush map[diag.Code]bool
}

// reporter sets up the printing for a command that talks to stderr.
func (p *program) reporter(f *flags, l *loaded) (*reporter, error) {
	r := &reporter{p: p, f: f, l: l, list: l.tellTwins(append(slices.Clone(l.diags), l.leftOut()...))}
	formats := []string{f.format}
	if f.format == "" {
		formats = []string{"text"}
		if p.inRunner() {
			formats = []string{"text", "github"}
		}
	}
	for _, name := range formats {
		format, ok := diag.ParseFormat(name)
		if !ok {
			return nil, usagef(meant("format", name, allFormats, "use text, json, github or sarif"), "unknown format \"%s\"", name)
		}
		r.print = append(r.print, diag.Printer{
			Format: format, Source: l.source, Color: p.color(p.colorErr), Prefix: gitPrefix(l.dir), Version: version,
		})
	}
	r.level()
	return r, nil
}

// toStdout makes the report the result of the command.
func (r *reporter) toStdout() {
	r.stdout = true
	for i := range r.print {
		r.print[i].Color = r.p.color(r.p.colorOut)
	}
}

// machine says that a program reads what is printed: nothing may stand between
// the diagnostics.
func (r *reporter) machine() bool { return r.print[0].Format != diag.Text }

// source reads a file of the site for the excerpt under a message. A link that
// leads out of the site folder has none: logs of builds are often public.
func (l *loaded) source(file string) []byte {
	root, err := os.OpenRoot(l.dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	data, err := plainfile.Read(root.OpenFile, filepath.FromSlash(file))
	if err != nil {
		return nil
	}
	return data
}

// add takes more diagnostics into the report.
func (r *reporter) add(list diag.List) {
	r.list = append(r.list, list...)
	r.level()
}

// fatal are the codes of mistakes that leave no site, only files. Where there
// is none, the site's own `checks` cannot make light of them.
var fatal = map[diag.Code]bool{diag.Config: true, diag.TemplateError: true}

// level gives every diagnostic the level that the site or --strict asks for.
func (r *reporter) level() {
	cfg := r.l.config
	if cfg != nil && r.l.table == nil {
		strict := *cfg
		strict.Checks = slices.DeleteFunc(slices.Clone(cfg.Checks), func(c config.Check) bool { return fatal[c.Code] })
		cfg = &strict
	}
	r.list = leveled(cfg, r.f, r.list)
	r.list.Sort()
}

// leveled applies the `checks` of a site and --strict.
func leveled(cfg *config.Config, f *flags, list diag.List) diag.List {
	list = slices.Clone(list)
	if cfg != nil {
		rules := make([]diag.Rule, 0, len(cfg.Checks))
		for _, c := range cfg.Checks {
			rules = append(rules, diag.Rule(c))
		}
		list = list.Relevel(rules)
	}
	if f.strict {
		for i := range list {
			if list[i].Level == diag.Warning {
				list[i].Level = diag.Error
			}
		}
	}
	return list
}

func (r *reporter) failed() bool { return r.list.HasErrors() }

// flush prints what has been collected. What cannot be written is noticed by
// the stream (see sink).
func (r *reporter) flush() {
	if r.done {
		return
	}
	r.done = true
	for _, printer := range r.print {
		w := r.p.stderr
		if r.stdout {
			w = r.p.stdout
			if printer.Format == diag.Text {
				w = r.p.answer()
			}
		}
		list := slices.DeleteFunc(slices.Clone(r.list), func(d diag.Diagnostic) bool {
			return !r.shows(printer.Format, d)
		})
		if printer.Format != diag.Text {
			r.l.onlyFiles(list)
		}
		if !r.f.verbose && (printer.Format == diag.Text || printer.Format == diag.GitHub) {
			list = list.Fold(maxAlike)
		}
		_ = printer.Print(w, list)
	}
}

// maxAlike is how many diagnostics of one code people are shown of one file.
const maxAlike = 20

// onlyFiles takes out of the places what is no file of the site: the built-in
// theme and what publish generates ("home page"). Programs look for a file.
func (l *loaded) onlyFiles(list diag.List) {
	for i := range list {
		if d := &list[i]; d.File != "" && !isLeftOut(*d) && !l.isFile(d.File) {
			d.Message = d.Pos.String() + ": " + d.Message
			d.Pos = diag.Pos{}
		}
	}
}

// isFile says whether a file of the site has the name, in whatever form of
// Unicode the disk has it.
func (l *loaded) isFile(name string) bool {
	if _, err := os.Stat(filepath.Join(l.dir, filepath.FromSlash(name))); err == nil {
		return true
	}
	return l.folder != nil && (l.folder.Document(name) != nil || l.folder.File(name) != nil)
}

// shows says whether a diagnostic is printed in a format: notes only when
// asked for, or where a program reads.
func (r *reporter) shows(format diag.Format, d diag.Diagnostic) bool {
	switch {
	case r.f.quiet:
		return d.Level == diag.Error
	case format == diag.JSON || format == diag.SARIF || d.Level > diag.Note:
		return true
	case format == diag.Text && isLeftOut(d) && d.Hint == "":
		return false // the summary says it
	}
	return r.f.verbose || !quietNotes[d.Code] && !r.hush[d.Code]
}

// quietNotes are said by the summary, or only with --verbose.
var quietNotes = map[diag.Code]bool{
	diag.FileSkipped: true, diag.HeldBack: true, diag.LanguageGuessed: true, diag.TermMerged: true,
}

// say prints a line of the summary: where the diagnostics went, unless a
// program reads them. Results are bare, talk carries the program's name.
func (r *reporter) say(format string, args ...any) {
	switch {
	case r.machine():
	case r.stdout:
		fmt.Fprintf(r.p.stdout, format+"\n", args...)
	default:
		r.p.say(format, args...)
	}
}

// stop prints everything and ends the command.
func (r *reporter) stop(consequence string) error {
	r.flush()
	errors, warnings := r.list.Count(diag.Error), r.list.Count(diag.Warning)
	r.say("%s, %s: %s", count(errors, "error"), count(warnings, "warning"), consequence)
	if onlyConfig(r.list) {
		return errConfig
	}
	return errContent
}

// onlyConfig says that all errors are in the configuration, which is a matter
// of usage.
func onlyConfig(list diag.List) bool {
	for _, d := range list {
		if d.Level == diag.Error && d.Code != diag.Config {
			return false
		}
	}
	return true
}

// result is the command's end when it did its work: an error all the same if
// files had to be left out.
func (r *reporter) result() error {
	errors, warnings := r.list.Count(diag.Error), r.list.Count(diag.Warning)
	if errors > 0 {
		r.say("%s, %s: the files that have errors were left out", count(errors, "error"), count(warnings, "warning"))
		return errContent
	}
	if warnings > 0 && !r.f.quiet {
		r.say("%s", count(warnings, "warning"))
	}
	return nil
}

func countOnly(n int) string { return strconv.Itoa(n) }

// shownPath is a path as people like to read it: from the current folder if it
// lies below.
func shownPath(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return dir
	}
	rel, err := filepath.Rel(here, dir)
	if err != nil || strings.HasPrefix(rel, "..") {
		return dir
	}
	return rel
}

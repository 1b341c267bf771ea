package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
)

// reporter prints a command's diagnostics and decides what they mean for the
// exit status.
type reporter struct {
	p     *program
	f     *flags
	l     *loaded
	print []printing
	list  diag.List
	done  bool
	// hush are notes that do not matter to this command.
	hush map[diag.Code]bool
}

// printing is one form in which diagnostics go out.
type printing struct {
	printer diag.Printer
	stdout  bool
}

// reporter sets up the printing for a command that talks to stderr.
func (p *program) reporter(f *flags, l *loaded) (*reporter, error) {
	r := &reporter{p: p, f: f, l: l, list: l.diags}
	formats := []string{f.format}
	if f.format == "" {
		formats = []string{"text"}
		if p.getenv("GITHUB_ACTIONS") == "true" {
			formats = []string{"text", "github"}
		}
	}
	for _, name := range formats {
		format, ok := diag.ParseFormat(name)
		if !ok {
			return nil, usagef("use text, json, github or sarif", "unknown format \"%s\"", name)
		}
		r.print = append(r.print, printing{printer: diag.Printer{
			Format: format, Source: l.source, Color: p.color(p.colorErr), Prefix: gitPrefix(l.dir), Version: version,
		}})
	}
	r.level()
	return r, nil
}

// source reads a file of the site for the excerpt under a message.
func (l *loaded) source(file string) []byte {
	data, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(file)))
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

// level gives every diagnostic the level that the site or --strict asks for.
func (r *reporter) level() {
	r.list = leveled(r.l.config, r.f, r.list)
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

// flush prints what has been collected: notes only when asked for, or where a
// program reads.
func (r *reporter) flush() {
	if r.done {
		return
	}
	r.done = true
	for _, form := range r.print {
		shown := slices.DeleteFunc(slices.Clone(r.list), func(d diag.Diagnostic) bool {
			switch {
			case r.f.quiet:
				return d.Level < diag.Error
			case form.printer.Format == diag.JSON || form.printer.Format == diag.SARIF:
				return false
			}
			return d.Level == diag.Note && !r.f.verbose && (quietNotes[d.Code] || r.hush[d.Code])
		})
		w := r.p.stderr
		if form.stdout {
			w = r.p.stdout
		}
		form.printer.Print(w, shown)
	}
}

// quietNotes are said by the summary, or only with --verbose.
var quietNotes = map[diag.Code]bool{
	diag.FileSkipped: true, diag.HeldBack: true, diag.LanguageGuessed: true, diag.TermMerged: true,
}

// stop prints everything and ends the command.
func (r *reporter) stop(consequence string) error {
	r.flush()
	errors, warnings := r.list.Count(diag.Error), r.list.Count(diag.Warning)
	r.p.say("%s, %s: %s", count(errors, "error"), count(warnings, "warning"), consequence)
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
		r.p.say("%s, %s: the files that have errors were left out", count(errors, "error"), count(warnings, "warning"))
		return errContent
	}
	if warnings > 0 && !r.f.quiet {
		r.p.say("%s", count(warnings, "warning"))
	}
	return nil
}

// sayHeld lists what is not public, each with its reason.
func (p *program) sayHeld(l *loaded) {
	for _, h := range l.site.Held {
		p.say("held back %s (%s)", h.Document.Path, h.Reason)
	}
}

// maxPassed is how many files are named before the summary counts them only.
const maxPassed = 3

// sayPassed says what was passed over and why: grouped by reason, or file by
// file with verbose. Hidden files are named with verbose only: nobody expects
// those on a site.
func (p *program) sayPassed(l *loaded, verbose bool) {
	byReason := map[string][]content.Skipped{}
	var reasons []string
	for _, s := range l.site.Passed {
		if s.Reason == "hidden" && !verbose {
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
		if !verbose && len(files) > maxPassed {
			p.say("passed over %s: %s (--verbose names them)", count(len(files), "file"), reason)
			continue
		}
		for _, s := range files {
			p.say("passed over %s: %s", s.Path, reason)
		}
	}
}

func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
		return usagef(fmt.Sprintf("name the site folder with `publish %s --site %s`", c.Name(), args[0]), "`%s` takes no argument", c.CommandPath())
	}
	return usagef(fmt.Sprintf("see `%s --help`", c.CommandPath()), "`%s` takes no \"%s\"", c.CommandPath(), args[0])
}

// nearestCommand is the command that a mistyped word most likely meant.
func nearestCommand(c *cobra.Command, word string) string {
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return diag.Nearest(word, names)
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

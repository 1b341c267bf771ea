package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/locale"
	"publish/internal/plainfile"
	"publish/internal/postmortem"
	"publish/internal/scaffold"
	"publish/internal/site"
)

// newFlags are the options of `publish new`.
type newFlags struct {
	flags
	date     string
	severity string
	services []string
	lang     string
	bundle   bool
	edit     bool
}

func (p *program) newCommand() *cobra.Command {
	f := &newFlags{flags: flags{jobs: 1}}
	c := &cobra.Command{
		Use:   "new TITLE",
		Short: "begin a postmortem from the template",
		Long: `new writes a postmortem to fill in, where this site's reports are, and prints its
path: its sections, and in comments that are never published the questions that
a good report answers. It is a draft, which only the preview shows, until its
line "stage: draft" is taken away.

A file layouts/new.md of the site, or layouts/new.fr.md for one language, takes
the place of the template. It is an ordinary report: title, date, severity and
services of its front matter are filled in, {{title}} and {{date}} in its text
too, and everything else is taken as it is.`,
		Example: `  publish new "Logins failed for an hour"
  publish new "Search was slow" --date 2026-03-12 --severity sev2 --service Search
  publish new "Paiements refusés" --lang fr --edit`,
		Args: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usagef("write `publish new \"Logins failed for an hour\"`", "a title is missing")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.newReport(c, f, strings.Join(strings.Fields(strings.Join(args, " ")), " "))
		},
	}
	c.Flags().StringVarP(&f.site, "site", "C", ".", "the site `folder`")
	c.Flags().StringVar(&f.config, "config", "", "the configuration `file`, from the site folder (default publish.yaml)")
	c.Flags().StringVar(&f.now, "now", "", "the `date` or instant to take for now (default SOURCE_DATE_EPOCH, else the clock)")
	c.Flags().StringVar(&f.date, "date", "", "the `day` of the report, as 2026-03-12 (default today)")
	c.Flags().StringVar(&f.severity, "severity", "", "how bad it was: a `step` of the site's scale")
	c.Flags().StringSliceVar(&f.services, "service", nil, "what was hit; may be given again")
	c.Flags().StringVar(&f.lang, "lang", "", "the `language` of the report (default the site's)")
	c.Flags().BoolVar(&f.bundle, "bundle", false, "make a folder with an index.md, for images beside it")
	c.Flags().BoolVar(&f.edit, "edit", false, "open it in $VISUAL or $EDITOR")
	c.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print the path only")
	return c
}

func (p *program) newReport(c *cobra.Command, f *newFlags, title string) error {
	w, err := p.open(&f.flags)
	if err != nil {
		return err
	}
	defer w.root.Close()
	cfg, said := config.Load(plainfile.Below(w.root), f.config)
	if said.HasErrors() {
		return usagef("run `publish check` and mend it first", "%s: %s", said[0].Pos, said[0].Message)
	}
	if err := refuseInside(w.dir, f.site, cfg); err != nil {
		return err
	}
	var editor []string
	if f.edit {
		if editor, err = p.editor(); err != nil {
			return err
		}
	}
	folder, _, err := content.Load(plainfile.Below(w.root), cfg, content.Options{Gitignores: gitignores(w.dir)})
	if err != nil {
		return machinef("", "%w", err)
	}
	day, err := p.dayOf(f, cfg)
	if err != nil {
		return err
	}
	report, err := f.report(cfg, folder, title, day)
	if err != nil {
		return err
	}
	text, err := w.draft(report, cmp.Or(f.lang, cfg.Language, languageOf(cfg, reportsIn(folder)), scaffold.Language(p.getenv)))
	if err != nil {
		return err
	}
	name, err := f.name(cfg, folder, title, day)
	if err != nil {
		return err
	}
	if err := w.writeNew(name, text); err != nil {
		return err
	}
	full := filepath.Join(w.dir, filepath.FromSlash(name))
	fmt.Fprintln(p.stdout, shownPath(full))
	if known, _ := servicesOf(cfg, folder); !f.quiet {
		p.sayNearServices(f.services, known)
	}
	if !f.quiet && strings.Contains(text, "\nstage: draft") {
		p.say("a draft: `publish serve` shows it, and nothing else does until its line \"stage: draft\" is gone")
	}
	if f.edit {
		return p.runEditor(c.Context(), editor, full)
	}
	return nil
}

// dayOf is the day of the new report, on the site's clock. It is read as front
// matter is.
func (p *program) dayOf(f *newFlags, cfg *config.Config) (time.Time, error) {
	now, err := p.moment(&f.flags, cfg.Timezone)
	if err != nil || f.date == "" {
		return now, err
	}
	m, problem := postmortem.ParseMoment(f.date)
	hint := "write year, month and day: " + now.Format(time.DateOnly)
	switch {
	case problem == postmortem.AmbiguousDate:
		return now, usagef(hint, "--date \"%s\" can be read with the day or the month first", f.date)
	case problem == postmortem.NoSuchMoment:
		return now, usagef(hint, "there is no day \"%s\"", f.date)
	case problem != postmortem.NoProblem || !m.Known():
		return now, usagef(hint, "--date \"%s\" is not a date", f.date)
	case m.Precision != postmortem.Day || m.Approximate:
		return now, usagef(hint, "--date \"%s\" is more than a day", f.date)
	}
	year, month, day := m.Time.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, now.Location()), nil
}

// report checks what the command line says of the report against what the site
// knows.
func (f *newFlags) report(cfg *config.Config, folder *content.Folder, title string, day time.Time) (scaffold.Report, error) {
	r := scaffold.Report{Title: title, Date: day.Format(time.DateOnly), Jekyll: folder.Jekyll}
	if cfg.Timezone != nil {
		r.Offset = day.Format("-07:00")
	}
	for _, s := range cfg.Severities {
		r.Severities = append(r.Severities, s.ID)
	}
	if f.severity != "" {
		s, ok := cfg.Severity(f.severity)
		if !ok {
			return r, unknown("severity", f.severity, "the site's scale is "+strings.Join(r.Severities, ", "), r.Severities)
		}
		r.Severity = s.ID
	}
	for _, name := range f.services {
		known, declared := servicesOf(cfg, folder)
		at := slices.IndexFunc(known, func(s string) bool { return locale.Fold(s) == locale.Fold(name) })
		switch {
		case at >= 0:
			name = known[at]
		case declared:
			return r, unknown("service", name, "publish.yaml names "+strings.Join(known, ", ")+": add it there if it is new", known)
		}
		r.Services = append(r.Services, name)
	}
	if f.lang != "" {
		tag, ok := locale.Written(f.lang)
		if !ok {
			return r, usagef("write a tag such as en, fr or pt-BR", "--lang \"%s\" is no language", f.lang)
		}
		if tag != cfg.Language {
			r.Lang = tag
		}
	}
	return r, nil
}

// unknown is the error of a value that the site does not know.
func unknown(flag, value, hint string, known []string) error {
	return usagef(meant(flag, value, known, hint), "this site has no %s \"%s\"", flag, value)
}

// servicesOf are the services that publish.yaml declares, else those that
// reports name, which others may join.
func servicesOf(cfg *config.Config, folder *content.Folder) (names []string, declared bool) {
	for _, s := range cfg.Services {
		names = append(names, s.Name)
	}
	if len(names) > 0 {
		return names, true
	}
	for _, d := range folder.Documents {
		names = append(names, d.Head.Services...)
	}
	slices.Sort(names)
	return slices.Compact(names), false
}

// draft is the text of a new report: from the site's own template, else from
// the built-in one.
func (w *workspace) draft(r scaffold.Report, lang string) (string, error) {
	primary, _, _ := strings.Cut(lang, "-")
	for _, name := range []string{"layouts/new." + lang + ".md", "layouts/new." + primary + ".md", "layouts/new.md"} {
		own, err := plainfile.Read(w.root.OpenFile, filepath.FromSlash(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return "", machinef("", "%w", err)
		}
		text, err := r.Fill(string(own))
		if err != nil {
			return "", usagef("begin and end the front matter with a line ---, or leave it out", "\"%s\" is no template: %w", name, err)
		}
		return text, nil
	}
	return r.Fill(scaffold.Template(primary))
}

// name is the path of the new report. A report of the same day and words, in
// whatever folder, would have the same id and most likely the same address.
func (f *newFlags) name(cfg *config.Config, folder *content.Folder, title string, day time.Time) (string, error) {
	stem := day.Format(time.DateOnly) + "-" + cmp.Or(site.Slug(title), "incident")
	for _, d := range folder.Documents {
		base := path.Base(d.Path)
		if d.Index {
			base = path.Base(path.Dir(d.Path))
		}
		if name, _, _ := strings.Cut(base, "."); strings.EqualFold(name, stem) {
			return "", isThere(d.Path)
		}
	}
	dir := placeOfReports(cfg, folder, day)
	if !f.bundle {
		return path.Join(dir, stem+".md"), nil
	}
	if folder.Jekyll {
		return "", usagef("leave --bundle out, and put images into assets/", "Jekyll knows no folders with an index.md")
	}
	return path.Join(dir, stem, "index.md"), nil
}

func isThere(name string) error {
	return usagef("give the new one another title, or edit that one", "\"%s\" is there already", name)
}

// writeNew writes a file where there is none.
func (w *workspace) writeNew(name, text string) error {
	done, err := newFile{path: name, text: text}.write(w.root, false)
	switch {
	case err != nil:
		return machinef("", "\"%s\" cannot be written: %w", name, err)
	case !done:
		return isThere(name)
	}
	return nil
}

package main

import (
	"context"

	"github.com/spf13/cobra"

	"publish/internal/check"
)

func (p *program) checkCommand() *cobra.Command {
	f, watched := &flags{}, false
	c := &cobra.Command{
		Use:   "check",
		Short: "say everything that is doubtful, and write nothing",
		Long: `check reads the site as build does, renders every page, follows every link, and
prints what it found to stdout. It writes no file. With --watch it does so again
after every change, until ctrl-c ends it with the status of the last check.`,
		Example: `  publish check
  publish check --watch --drafts                while you write
  publish check --strict --format json
  publish check --format sarif > publish.sarif`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if watched {
				return p.checkAgain(c.Context(), f)
			}
			return p.check(c.Context(), f)
		},
	}
	f.addTo(c)
	c.Flags().BoolVar(&watched, "watch", false, "check again after every change")
	return c
}

func (p *program) check(ctx context.Context, f *flags) error {
	l, err := p.loadUntil(ctx, f)
	if err != nil {
		return err
	}
	return p.judge(ctx, f, l)
}

// judge says everything that is doubtful about a site.
func (p *program) judge(ctx context.Context, f *flags, l *loaded) error {
	out, err := p.reporter(f, l)
	if err != nil {
		return err
	}
	out.toStdout()
	if l.table == nil {
		return out.stop("there is no site to look at")
	}
	found, err := check.Run(ctx, check.Input{Site: l.site, Table: l.table, Jobs: f.jobs})
	if err != nil {
		return interrupted("")
	}
	out.add(found)
	out.flush()
	if !f.quiet {
		out.sayHeld()
		out.sayPassed()
		out.sayNone()
		out.sayLooked()
	}
	if out.failed() {
		return out.stop("see above")
	}
	return out.result()
}

// sayLooked says how much was looked at. The files that every site has say nothing
// to somebody who has no text yet.
func (r *reporter) sayLooked() {
	posts := count(len(r.l.site.Posts), "post")
	if len(r.l.folder.Documents) == 0 {
		r.say("%s: there is no text to look at", posts)
		return
	}
	r.say("%s, %s of the site looked at", posts, count(len(r.l.table.All()), "file"))
}

package main

import (
	"context"

	"github.com/spf13/cobra"

	"publish/internal/check"
)

func (p *program) checkCommand() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "check",
		Short: "say everything that is doubtful, and write nothing",
		Long: `check reads the site as build does, renders every page, follows every link, and
prints what it found to stdout. It writes no file.`,
		Example: `  publish check
  publish check --strict --format json
  publish check --format sarif > publish.sarif`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.check(c.Context(), f) },
	}
	f.addTo(c)
	return c
}

func (p *program) check(ctx context.Context, f *flags) error {
	l, err := p.loadUntil(ctx, f)
	if err != nil {
		return err
	}
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
		out.say("%s, %s looked at", count(len(l.site.Posts), "post"), count(len(l.table.All()), "file"))
	}
	if out.failed() {
		return out.stop("see above")
	}
	return out.result()
}

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

func (p *program) check(_ context.Context, f *flags) error {
	l, err := p.load(f)
	if err != nil {
		return err
	}
	out, err := p.reporter(f, l)
	if err != nil {
		return err
	}
	for i := range out.print {
		out.print[i].stdout = true
		out.print[i].printer.Color = p.color(p.colorOut)
	}
	if l.table != nil {
		out.add(check.Run(check.Input{Site: l.site, Table: l.table, Jobs: f.jobs}))
	}
	out.flush()
	if l.site != nil && !f.quiet {
		p.sayHeld(l)
		p.sayPassed(l, f.verbose)
		p.say("%s, %s looked at", count(len(l.site.Posts), "post"), count(len(l.table.All()), "file"))
	}
	if out.failed() {
		return out.stop("see above")
	}
	return out.result()
}

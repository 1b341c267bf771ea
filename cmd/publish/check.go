package main

import (
	"context"

	"github.com/spf13/cobra"

	"publish/internal/check"
)

func (p *program) checkCommand() *cobra.Command {
	f, watched, outside := &flags{}, false, false
	c := &cobra.Command{
		Use:   "check",
		Short: "say everything that is doubtful, and write nothing",
		Long: `check reads the site as build does, renders every page, follows every link, and
prints what it found to stdout. It writes no file. With --watch it does so again
after every change, until ctrl-c ends it with the status of the last check.

With --external it asks the addresses of other sites too, whether they are still
there. Only then does it use the network. An address that is gone is a warning; that
one has moved for good, or did not say, is a note (--verbose).`,
		Example: `  publish check
  publish check --watch --drafts                while you write
  publish check --external --verbose
  publish check --strict --format json
  publish check --format sarif > publish.sarif`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			var asker *check.Asker
			if outside {
				asker = p.newAsker(f)
			}
			if watched {
				return p.checkAgain(c.Context(), f, asker)
			}
			return p.check(c.Context(), f, asker)
		},
	}
	f.addTo(c)
	c.Flags().BoolVar(&outside, "external", false, "ask the addresses of other sites whether they are there")
	c.Flags().BoolVar(&watched, "watch", false, "check again after every change")
	return c
}

// newAsker asks other sites, and says so beforehand: it may take a while.
func (p *program) newAsker(f *flags) *check.Asker {
	return &check.Asker{Say: func(addresses, sites int) {
		if !f.quiet {
			p.say("following %s to %s", count(addresses, "link"), count(sites, "other site"))
		}
	}}
}

func (p *program) check(ctx context.Context, f *flags, asker *check.Asker) error {
	l, err := p.loadUntil(ctx, f)
	if err != nil {
		return err
	}
	return p.judge(ctx, f, l, asker)
}

// judge says everything that is doubtful about a site. The asker may be nil.
func (p *program) judge(ctx context.Context, f *flags, l *loaded, asker *check.Asker) error {
	out, err := p.reporter(f, l)
	if err != nil {
		return err
	}
	out.toStdout()
	if l.table == nil {
		return out.stop("there is no site to look at")
	}
	found, err := check.Run(ctx, check.Input{Site: l.site, Table: l.table, Jobs: f.jobs, Asker: asker})
	if err != nil {
		return interrupted("")
	}
	out.add(found)
	out.flush()
	if !asker.Reached() {
		return machinef("look whether this machine is online, and whether it needs a proxy (HTTPS_PROXY)", "no other site could be reached")
	}
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

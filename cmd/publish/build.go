package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"publish/internal/diag"
	"publish/internal/output"
	"publish/internal/postmortem"
	"publish/internal/site"
)

type buildFlags struct {
	flags
	output  string
	force   bool
	inPlace bool
	verify  bool
	// allowInternal lets GitHub Actions build the internal edition.
	allowInternal bool
}

func (p *program) buildCommand() *cobra.Command {
	f := &buildFlags{}
	c := &cobra.Command{
		Use:   "build",
		Short: "write the site",
		Long: `build writes the site to a folder, whole or not at all: it is made beside the
old one and takes its place in one step. Errors in the content stop it before
anything is touched.`,
		Example: `  publish build
  publish build --site ../postmortems --output /srv/www/postmortems
  publish build --base-url https://example.github.io/postmortems/
  publish build --portable --output handout     opens from disk, without a server
  publish build --keep-going                    leaves out files that have errors`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return p.build(c.Context(), f) },
	}
	f.addTo(c)
	c.Flags().StringVarP(&f.output, "output", "o", "", "the `folder` to write, from the current one (default public in the site folder)")
	c.Flags().BoolVar(&f.portable, "portable", false, "make links that also work from disk or a zip file")
	c.Flags().BoolVar(&f.force, "force", false, "write into a folder that holds files of others")
	c.Flags().BoolVar(&f.inPlace, "in-place", false, "replace file by file instead of the whole folder at once")
	c.Flags().BoolVar(&f.allowInternal, "allow-internal-deploy", false, "build for --audience internal in GitHub Actions too, where Pages would be public")
	c.Flags().BoolVar(&f.verify, "verify", false, "render every page twice, unchanged ones too, and fail if the bytes differ")
	return c
}

func (p *program) build(ctx context.Context, f *buildFlags) error {
	begin := p.clock()
	l, err := p.loadUntil(ctx, &f.flags)
	if err != nil {
		return err
	}
	if err := p.refuseInternal(l, f); err != nil {
		return err
	}
	out, err := p.reporter(&f.flags, l)
	if err != nil {
		return err
	}
	if f.portable {
		out.hush = map[diag.Code]bool{diag.BaseURLMissing: true}
	}
	if l.table == nil || out.failed() && !f.keepGoing {
		err := out.stop("nothing was written")
		if l.goesOnWithout(out.list) {
			out.say("`publish build --keep-going` leaves out what has errors, and goes on with the rest")
		}
		return err
	}
	dir := f.output
	if dir == "" {
		dir = filepath.Join(l.dir, filepath.FromSlash(l.config.Output))
	}
	if err := refuseEmpty(l, dir, f.force); err != nil {
		out.flush()
		return err
	}
	if f.verify {
		err = verify(ctx, l.table)
	}
	var report output.Report
	inside := l.proof(&f.flags)
	if err == nil {
		line := &progress{w: p.stderr}
		report, err = output.Write(ctx, l.table, output.Options{
			Dir: dir, Site: l.dir, Force: f.force, InPlace: f.inPlace, Jobs: f.jobs,
			Keys: p.keysFile(dir), Verify: f.verify,
			Protected: protected(l), Progress: p.buildProgress(line, begin), Inspect: l.inspect(inside),
		})
		line.clear()
	}
	mistakes, leak := &diag.ErrorList{}, errors.Is(err, errLeak)
	if errors.As(err, &mistakes) || leak {
		out.add(mistakes.List)
		if leak {
			out.add(inside.Report())
		}
		return out.stop("nothing was written")
	}
	if err != nil {
		return outputFailure(err)
	}
	out.flush()
	if !f.quiet {
		out.buildSummary(dir, report, p.clock().Sub(begin))
	}
	return out.result()
}

// goesOnWithout says that --keep-going would help: all errors are in texts, and
// not all texts have one.
func (l *loaded) goesOnWithout(list diag.List) bool {
	if l.table == nil {
		return false
	}
	bad := map[string]bool{}
	for _, d := range list {
		if d.Level < diag.Error {
			continue
		}
		if l.folder.Document(d.File) == nil {
			return false
		}
		bad[d.File] = true
	}
	return len(bad) < len(l.folder.Documents)
}

// refuseInternal keeps the internal edition off GitHub Actions, whose Pages are
// public, also those of most private repositories.
func (p *program) refuseInternal(l *loaded, f *buildFlags) error {
	if l.config == nil || !l.internal(&f.flags) || f.allowInternal || !p.inRunner() {
		return nil
	}
	return usagef("build with --audience public, or add --allow-internal-deploy if this site goes where only the team can read it",
		"this is GitHub Actions, whose Pages are public, and the audience is internal: nothing was written")
}

// refuseEmpty stops a build without a single post from taking the place of a
// site that has pages: the folder is more likely to be the wrong one than the
// site to be given up. One whose reports their authors hold back is the right one,
// and what was withdrawn must go.
func refuseEmpty(l *loaded, dir string, force bool) error {
	held := slices.ContainsFunc(l.site.Held, func(h site.Held) bool { return h.Reason != site.HasErrors && h.Document.Kind != postmortem.KindPage })
	if len(l.site.Posts) > 0 || force || held {
		return nil
	}
	for _, name := range output.Written(dir) {
		if strings.HasSuffix(name, ".html") && l.table.GetFile(name) == nil {
			return usagef("name the folder of the postmortems with --site, or use --force if all of them are meant to go",
				"no postmortem was found in \"%s\", and \"%s\" holds a site", shownPath(l.dir), shownPath(dir))
		}
	}
	return nil
}

// protected are the folders of the site that a build must never touch.
func protected(l *loaded) []string {
	var dirs []string
	for _, name := range []string{l.folder.Root, "layouts", "static", ".git"} {
		if name != "." {
			dirs = append(dirs, filepath.Join(l.dir, filepath.FromSlash(name)))
		}
	}
	// Where the site folder is the content folder, the texts lie anywhere.
	for _, d := range l.folder.Documents {
		if top, _, below := strings.Cut(d.Path, "/"); below && l.folder.Root == "." {
			dirs = append(dirs, filepath.Join(l.dir, top))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// buildProgress shows how far a build is, on a terminal, once it has taken a
// second.
func (p *program) buildProgress(line *progress, begin time.Time) func(done, total int) {
	if !p.colorErr {
		return nil
	}
	return func(done, total int) {
		if p.clock().Sub(begin) > time.Second {
			line.show("publish: %d of %d", done, total)
		}
	}
}

// outputFailure says what a failed write means and what to do.
func outputFailure(err error) error {
	if own, ok := errors.AsType[*failure](err); ok {
		return own
	}
	if refused, ok := errors.AsType[*output.Refusal](err); ok {
		return usagef(refused.Hint, "%s", refused.Reason)
	}
	if changed, ok := errors.AsType[*output.Changed](err); ok {
		return machinef(changed.Hint, "%w; %s", changed.Err, changed.State)
	}
	const untouched = "nothing was changed"
	if _, ok := errors.AsType[*output.WrongKey](err); ok {
		return machinef("this is a mistake of publish's: please report it; "+untouched, "%w", err)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return interrupted(untouched)
	case errors.Is(err, output.ErrBusy):
		return machinef("wait until it has ended, then build again", "%w", err)
	case errors.Is(err, fs.ErrPermission):
		return machinef(untouched+"; choose another folder with --output, or change its permissions", "%w", err)
	}
	return machinef(untouched+"; "+cmp.Or(remedy(err), "build again when this is mended"), "%w", err)
}

// remedy says what to do about a failure of the disk, as far as that is known.
func remedy(err error) string {
	for _, known := range []struct {
		errno syscall.Errno
		hint  string
	}{
		{syscall.ENOSPC, "make room on the disk, for a second copy of what changes, then build again"},
		{syscall.EDQUOT, "make room in your quota, for a second copy of what changes, then build again"},
		{syscall.EFBIG, "allow larger files (ulimit -f), then build again"},
		{syscall.EROFS, "the disk is mounted for reading only: choose another folder with --output"},
		{syscall.EMFILE, "allow more open files (ulimit -n), or use --jobs 1"},
		{syscall.ENFILE, "the system has no more open files to give: build again when it is less busy"},
		{syscall.EIO, "the disk reports a fault: see whether it is well, then build again"},
	} {
		if errors.Is(err, known.errno) {
			return known.hint
		}
	}
	return ""
}

// told counts the pictures whose files told more than they show.
func told(assets []*site.Asset) (n int) {
	for _, a := range assets {
		if a.Told {
			n++
		}
	}
	return n
}

// buildSummary says what was done, and what is not on the site.
func (out *reporter) buildSummary(dir string, r output.Report, took time.Duration) {
	out.sayHeld()
	out.sayPassed()
	if n := told(out.l.site.Assets); n > 0 {
		out.say("%s published without what the files say of place, camera and persons", count(n, "picture"))
	}
	for _, name := range r.Carried {
		out.say("kept %s, which publish did not write", name)
	}
	for _, name := range r.Replaced {
		out.say("replaced %s, which publish did not write", name)
	}
	if r.InPlace != "" {
		out.say("replaced file by file: %s", r.InPlace)
	}
	if r.Gap {
		out.say("this file system cannot exchange two folders: the site was missing for the moment between two renames")
	}
	out.sayNone()
	changes := []string{}
	for _, c := range []struct {
		n    int
		word string
	}{{r.Written, "written"}, {r.Unchanged, "unchanged"}, {r.Removed, "removed"}} {
		if c.n > 0 {
			changes = append(changes, countOnly(c.n)+" "+c.word)
		}
	}
	if out.f.verbose {
		out.say("made %s of %d; what the others depend on is as at the last build", count(r.Rendered, "file"), r.Total)
	}
	out.say("%s, %s in %s: %s (%s, %.2f s)", count(len(out.l.site.Posts), "post"), count(r.Total, "file"), shownPath(dir),
		strings.Join(changes, ", "), size(r.Bytes), took.Seconds())
}

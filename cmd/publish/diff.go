package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/diff"
	"publish/internal/plainfile"
)

func (p *program) diffCommand() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "diff URL-OR-DIR",
		Short: "say what a deploy would change for readers",
		Long: `diff compares the site of this folder with one that is online, or with a folder
that an earlier build wrote: which pages and entries of feeds would be new, have
other words, or be gone. It names every address and every id in a feed that would
vanish, and the line that keeps it. Nothing is written.

A site online is read by its sitemap.xml, its pages, its feeds and
/postmortems.json; any generator may have made it. With --strict, what would
vanish counts as an error. In GitHub Actions what is printed becomes the summary
of the job too.`,
		Example: `  publish diff https://example.github.io/postmortems/
  publish diff public
  publish diff https://status.example.org/ --strict --format json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name the address of the site, or the folder of an earlier build", "`publish diff` takes one address or folder")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return p.diff(c.Context(), f, args[0]) },
	}
	f.addTo(c)
	c.Flags().Lookup("format").Usage = "how to print: text or json (default text)"
	return c
}

func (p *program) diff(ctx context.Context, f *flags, other string) error {
	if f.format != "" && !slices.Contains(fewFormats, f.format) {
		return usagef(meant("format", f.format, fewFormats, "use text or json"), "`publish diff` has no format \"%s\"", f.format)
	}
	online := strings.HasPrefix(other, "https://") || strings.HasPrefix(other, "http://")
	info, err := os.Stat(other)
	if !online && err == nil && !info.IsDir() {
		return usagef("name the folder of the build: "+filepath.Dir(other), "\"%s\" is a file", other)
	}
	if !online && err != nil {
		hint := "an address begins with https://"
		if strings.Contains(other, ".") && !strings.ContainsAny(other, ": \\") {
			hint += ": did you mean https://" + other + "?"
		}
		return usagef(hint, "\"%s\" is neither an address nor a folder", other)
	}
	l, err := p.loadUntil(ctx, f)
	if err == nil && l.table != nil && online && !l.site.Links.Known() {
		f.baseURL = other // else there would be no feeds to compare
		l, err = p.loadUntil(ctx, f)
	}
	if err != nil {
		return err
	}
	out, err := p.reporter(&flags{format: "text", quiet: true, strict: false}, l)
	if err != nil {
		return err
	}
	if l.table == nil || out.failed() && !f.keepGoing {
		return out.stop("there is nothing to compare")
	}
	old, moved, done, err := p.readOther(ctx, l, other, online)
	if err != nil {
		return diffFailure(err)
	}
	defer done()
	fresh, err := diff.Read(ctx, l.built(f.jobs))
	if err != nil {
		return diffFailure(err)
	}
	c := l.compare(old, fresh)
	c.Other = other
	if moved != "" {
		c.Other, c.Notes = moved, append([]string{other + " leads to " + moved}, c.Notes...)
	}
	if f.format == "json" {
		err = c.printJSON(p.stdout)
	} else {
		c.printText(p.answer(), f)
	}
	if err == nil {
		err = p.summarize(c)
	}
	if err == nil && f.strict && len(c.Breaks) > 0 {
		return errContent
	}
	return err
}

// readOther reads the site to compare with. Of a folder, pages are read again
// while they are compared, until done.
func (p *program) readOther(ctx context.Context, l *loaded, other string, online bool) (s *diff.Site, moved string, done func(), err error) {
	var src diff.Source
	done = func() {}
	if online {
		src, moved, err = diff.Web(ctx, other, diff.DefaultLimits)
	} else {
		var root *os.Root
		if root, err = os.OpenRoot(other); err == nil {
			done = func() { _ = root.Close() }
			src, err = diff.Folder(plainfile.Below(root), l.site.Links.BasePath())
		}
	}
	if err == nil {
		s, err = diff.Read(ctx, src)
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok && !online {
		if !strings.HasPrefix(file.Path, other) {
			file.Path = filepath.Join(other, file.Path)
		}
		err = machinef(remedy(err), "\"%s\" cannot be read: %s", file.Path, plainfile.Why(file))
	}
	if err != nil {
		done()
	}
	return s, moved, done, err
}

// built is the site as a build would write it.
func (l *loaded) built(jobs int) diff.Source {
	src := diff.Source{Base: l.site.Links.BasePath(), Jobs: jobs, List: []string{}}
	for _, r := range l.table.All() {
		if name := r.File(); !strings.HasPrefix(name, ".") {
			src.List = append(src.List, "/"+name)
		}
	}
	src.Get = func(ctx context.Context, path string) ([]byte, error) {
		r := l.table.GetFile(strings.TrimPrefix(path, "/"))
		if r == nil || ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var b bytes.Buffer
		err := r.Render(&b)
		return b.Bytes(), err
	}
	return src
}

// diffFailure says what failed: the host, the disk, or a layout.
func diffFailure(err error) error {
	if trouble, ok := errors.AsType[*diff.Trouble](err); ok {
		return machinef(trouble.Hint, "%w", err)
	}
	if errors.Is(err, context.Canceled) {
		return interrupted("")
	}
	if own, ok := errors.AsType[*failure](err); ok {
		return own
	}
	return machinef(remedy(err), "%w", err)
}

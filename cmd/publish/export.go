package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/export"
	"publish/internal/plainfile"
	"publish/internal/site"
)

func (p *program) exportCommand() *cobra.Command {
	f := &flags{}
	var output string
	c := &cobra.Command{
		Use:   "export FILE",
		Short: "write one postmortem as one HTML file, to mail or to keep",
		Long: `export writes the page of one postmortem as a single HTML file, which has its
styles, scripts and images in it: it opens from disk, prints, and asks nobody for
anything. FILE is its Markdown file, or its address on the site. Links to other
pages get full addresses, or become their text where the site's address is not
known. What is not public is refused, as by build, unless --drafts, --future or
--audience ask for it.`,
		Example: `  publish export content/2021-04-29-outage.md > outage.html
  publish export content/2021-04-29-outage.md --output outage.html
  publish export /2021/04/29/outage/ --base-url https://example.org/postmortems/`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one file; `publish build --portable` makes a copy of all", "`publish export` takes one file or address")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"md", "markdown", "mdx", "qmd"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(c *cobra.Command, args []string) error { return p.export(c.Context(), f, args[0], output) },
	}
	f.addTo(c)
	c.Flags().StringVarP(&output, "output", "o", "", "the `file` to write, from the current folder (default stdout)")
	return c
}

func (p *program) export(ctx context.Context, f *flags, subject, output string) error {
	l, err := p.loadUntil(ctx, f)
	if err != nil {
		return err
	}
	out, err := p.reporter(f, l)
	if err != nil {
		return err
	}
	out.hush = map[diag.Code]bool{diag.BaseURLMissing: true}
	if l.table == nil || out.failed() && !f.keepGoing {
		return out.stop("nothing was written")
	}
	page, err := l.exported(subject)
	if err != nil {
		return err
	}
	if err := l.refuseSource(output); err != nil {
		return err
	}
	out.list = slices.DeleteFunc(out.list, func(d diag.Diagnostic) bool {
		return d.Level != diag.Error && d.File != page.Document.Path
	})
	alone := l.renderer.Alone(page)
	if inside := l.proof(f); inside != nil {
		var html bytes.Buffer // without its pictures, in whose letters any word may stand
		if err := alone.Write(&html); err == nil && !inside.Search(alone.File(), html.Bytes()) {
			out.add(inside.Report())
			return out.stop("nothing was written")
		}
	}
	file, err := export.Page(alone, l.table, l.site.Links)
	if list, ok := errors.AsType[*diag.ErrorList](err); ok {
		out.add(list.List)
		return out.stop("nothing was written")
	}
	if err != nil {
		return machinef("nothing was written", "%w", err)
	}
	if output == "" || output == "-" {
		_, _ = p.stdout.Write(file.HTML) // what cannot be written is noticed by the stream
	} else if err := writeWhole(output, file.HTML); err != nil {
		return machinef("choose another file with --output", "%w", err)
	}
	out.flush()
	if !f.quiet {
		out.exportSummary(file, output)
	}
	return out.result()
}

func (out *reporter) exportSummary(file *export.File, output string) {
	for _, address := range file.Remote {
		out.say("the image %s is elsewhere: a link leads to it", address)
	}
	if file.Unlinked {
		out.say("the site's address is not known: links to other pages became their text (--base-url names it)")
	}
	if output != "" && output != "-" {
		out.say("wrote %s (%s)", shownPath(output), size(int64(len(file.HTML))))
	}
}

// exported is the page that a file or an address means. One that is not public
// says why.
func (l *loaded) exported(subject string) (*site.Page, error) {
	d := l.documentOf(subject)
	if d == nil {
		return nil, l.notExported(subject)
	}
	e := &explanation{}
	page := l.verdict(d, e)
	switch {
	case page == nil && e.Reason == "":
		return nil, usagef("see `publish explain "+subject+"`", "\"%s\" has no page", d.Path)
	case page == nil:
		return nil, usagef(wayToShow(e.Reason), "\"%s\" is not public: %s", d.Path, e.Reason)
	case page.Head.Withdrawn != "":
		return nil, usagef("its page says so, without the text", "\"%s\" was withdrawn: %s", d.Path, page.Head.Withdrawn)
	}
	return page, nil
}

// notExported says why a subject that is no document is not exported.
func (l *loaded) notExported(subject string) error {
	e := l.explain(subject)
	switch {
	case e != nil && e.File != "":
		return usagef("name the Markdown file of a report", "\"%s\" is no text that publish shows", e.File)
	case e != nil:
		return usagef("`publish build --portable` makes a copy of all", "\"%s\" is made from %s, and only a text of your own can be exported", subject, e.MadeFrom)
	}
	return l.nothingKnown(subject)
}

// wayToShow is how somebody who may read a text that is held back asks for it.
func wayToShow(reason string) string {
	switch field, _, _ := strings.Cut(reason, ":"); field {
	case "audience":
		return "with --audience internal it is exported, for readers who may see it"
	case "stage", "draft", "published", "it is in _drafts":
		return "with --drafts it is exported as it stands; with --future, if it waits for its day"
	case "embargo", "date":
		return "with --future it is exported before its time"
	}
	return "see `publish explain`"
}

// documentOf is the document that a path or an address means; nil if none.
func (l *loaded) documentOf(subject string) *content.Document {
	for _, name := range l.names(subject) {
		if d := l.folder.Document(name); d != nil {
			return d
		}
	}
	for _, address := range l.addresses(subject) {
		if page := l.site.PageAt(address); page != nil {
			return page.Document
		}
		if r := l.table.Get(address); r != nil && l.folder.Document(r.Source) != nil {
			return l.folder.Document(r.Source) // it was withdrawn
		}
	}
	return nil
}

// refuseSource keeps the output off the files that the site is made of.
func (l *loaded) refuseSource(output string) error {
	if output == "" || output == "-" {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(output)); errors.Is(err, fs.ErrNotExist) {
		return usagef("make it first, or choose another file with --output", "there is no folder \"%s\"", filepath.Dir(output))
	}
	if info, err := os.Stat(output); err == nil && info.IsDir() {
		return usagef("name a file in it, such as "+filepath.Join(output, "postmortem.html"), "\"%s\" is a folder", output)
	}
	for _, name := range l.names(output)[2:] {
		if l.folder.Document(name) != nil || l.folder.File(name) != nil {
			return usagef("name another file", "\"%s\" is a file of the site", output)
		}
	}
	return nil
}

// writeWhole writes a file whole or not at all.
func writeWhole(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return writeAtOnce(name, data)
	}
	part := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.part", filepath.Base(name), os.Getpid()))
	err := os.WriteFile(part, data, 0o644)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		_ = os.Remove(part)
	}
	return err
}

// writeAtOnce writes to a device, or to a pipe that somebody reads from.
func writeAtOnce(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|plainfile.AtOnce, 0)
	if errors.Is(err, syscall.ENXIO) {
		return fmt.Errorf("nobody reads from \"%s\"", name)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

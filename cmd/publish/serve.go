package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/diag"
	"publish/internal/preview"
	"publish/internal/watch"
)

type serveFlags struct {
	flags
	addr      string
	port      int
	anyPort   bool // --port 0 was written
	allowHost []string
	open      bool
	poll      bool
}

func (p *program) serveCommand() *cobra.Command {
	f := &serveFlags{}
	c := &cobra.Command{
		Use:   "serve",
		Short: "look at the site in a browser while you write",
		Long: `serve answers from the same table of pages that build writes, under the path of
the base URL, and writes nothing. An edit of texts, settings, layouts or files
shows at once in every open page, which keeps what was scrolled, selected and
opened; mistakes stand over the last good page until they are mended. Drafts and
what is held back have pages too, with the reason on top; no public page leads
there, but a list in the corner of each page does.

If port 4000 is taken, the next free one is used, unless --addr or --port asks
for one. Only this machine is answered unless --addr names another address.`,
		Example: `  publish serve
  publish serve --open
  publish serve --drafts --port 8080            mixes drafts in, as build --drafts does
  publish serve --site ../postmortems
  publish serve --addr 0.0.0.0:4000 --allow-host my-laptop.test`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			f.anyPort = c.Flags().Changed("port") && f.port == 0
			asked := c.Flags().Changed("addr") || c.Flags().Changed("port")
			return p.serve(c.Context(), f, asked)
		},
	}
	f.addTo(c)
	c.Flags().StringVar(&f.addr, "addr", "localhost:4000", "the `address` to listen on")
	c.Flags().IntVar(&f.port, "port", 0, "the port to listen on, in place of that of --addr; 0 is any that is free")
	c.Flags().StringSliceVar(&f.allowHost, "allow-host", nil, "a host `name` under which the preview may be asked for")
	c.Flags().BoolVar(&f.open, "open", false, "open the site in the browser")
	c.Flags().BoolVar(&f.poll, "poll", false, "look for changes again and again instead of waiting for the system to tell")
	return c
}

func (p *program) serve(ctx context.Context, f *serveFlags, asked bool) error {
	f.keepGoing = true
	w, err := p.open(&f.flags)
	if err != nil {
		return err
	}
	w.previews, w.keepGood = true, true
	addr, err := f.address()
	if err != nil {
		return err
	}
	if err := w.readSettings(); err != nil {
		return err
	}
	// What is edited while the site is read is told afterwards.
	watcher, err := watch.New(w.dir, watch.Options{Ignore: w.unwatched(), Poll: f.poll, Say: func(line string) { p.say("%s", line) }})
	if err != nil {
		return machinef("", "%w", err)
	}
	defer watcher.Close()
	hurried := p.collections.hurry()
	l, err := w.loadUntil(ctx)
	hurried()
	if err != nil {
		return err
	}
	out, err := p.reporter(&f.flags, l)
	if err != nil {
		return err
	}
	out.hush = map[diag.Code]bool{diag.BaseURLMissing: true}
	out.add(preview.Reserved(l.table, l.site.Links.BasePath()))
	out.flush()
	listener, err := preview.Listen(addr, asked)
	if err != nil {
		return machinef("choose another with --port", "%w", err)
	}
	if !f.quiet {
		out.sayHeld()
		out.sayNone()
	}
	if listener.Asked != 0 && listener.Port != listener.Asked {
		p.say("port %d is taken, so this is another", listener.Asked)
	}
	return p.preview(ctx, f, w, l, listener, watcher)
}

// preview serves what was loaded and follows the folder, until the context
// ends.
func (p *program) preview(ctx context.Context, f *serveFlags, w *workspace, l *loaded, listener *preview.Listener, watcher *watch.Watcher) error {
	base := l.site.Links.BasePath()
	handler := preview.NewHandler(preview.Options{Base: base, Host: listener.Host, AllowHost: f.allowHost})
	v := newLive(w, handler, l)
	v.told.root = listener.URL()
	url := listener.URL() + strings.TrimPrefix(base, "/")
	p.say("%s at %s (ctrl-c to stop)", count(len(l.site.Posts), "post"), url)
	p.warnOfNetwork(listener, base)
	if f.open {
		p.openBrowser(ctx, url)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() { stop(orMistaken(func() error { return v.run(ctx, watcher) })) }()
	if err := preview.Serve(ctx, listener, handler); err != nil {
		return machinef("", "%w", err)
	}
	fmt.Fprintln(p.stderr)
	if own, ok := context.Cause(ctx).(*failure); ok {
		return own
	}
	return nil
}

// address is where to listen.
func (f *serveFlags) address() (string, error) {
	host, _, err := net.SplitHostPort(f.addr)
	if err != nil {
		return "", usagef("write it as localhost:4000", "--addr \"%s\" is no address", f.addr)
	}
	if f.port < 0 || f.port > 1<<16-1 {
		return "", usagef("choose another with --port", "the port \"%d\" is not a number from 0 to 65535", f.port)
	}
	if f.port != 0 || f.anyPort {
		return net.JoinHostPort(host, strconv.Itoa(f.port)), nil
	}
	return f.addr, nil
}

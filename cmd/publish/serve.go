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
)

type serveFlags struct {
	flags
	addr      string
	port      int
	allowHost []string
}

func (p *program) serveCommand() *cobra.Command {
	f := &serveFlags{}
	c := &cobra.Command{
		Use:   "serve",
		Short: "look at the site in a browser",
		Long: `serve answers from the same table of pages that build writes, under the path of
the base URL, and writes nothing.`,
		Example: `  publish serve
  publish serve --drafts --port 8080
  publish serve --site ../postmortems`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			asked := c.Flags().Changed("addr") || c.Flags().Changed("port")
			return p.serve(c.Context(), f, asked)
		},
	}
	f.addTo(c)
	c.Flags().StringVar(&f.addr, "addr", "localhost:4000", "the `address` to listen on")
	c.Flags().IntVar(&f.port, "port", 0, "the port to listen on, in place of that of --addr")
	c.Flags().StringSliceVar(&f.allowHost, "allow-host", nil, "a host `name` under which the preview may be asked for")
	return c
}

func (p *program) serve(ctx context.Context, f *serveFlags, asked bool) error {
	f.keepGoing = true
	l, err := p.loadUntil(ctx, &f.flags)
	if err != nil {
		return err
	}
	out, err := p.reporter(&f.flags, l)
	if err != nil {
		return err
	}
	if l.table == nil {
		return out.stop("there is nothing to show")
	}
	out.hush = map[diag.Code]bool{diag.BaseURLMissing: true}
	out.add(preview.Reserved(l.table, l.site.Links.BasePath()))
	out.flush()
	addr := f.addr
	if f.port != 0 {
		host, _, err := net.SplitHostPort(f.addr)
		if err != nil {
			return usagef("write it as localhost:4000", "--addr \"%s\" is no address", f.addr)
		}
		addr = net.JoinHostPort(host, strconv.Itoa(f.port))
	}
	listener, err := preview.Listen(addr, asked)
	if err != nil {
		return machinef("choose another with --port", "%w", err)
	}
	base := l.site.Links.BasePath()
	handler := preview.NewHandler(preview.Options{Base: base, Host: hostOf(addr), AllowHost: f.allowHost})
	handler.Show(out.revision())
	out.sayHeld()
	if listener.Asked != 0 && listener.Port != listener.Asked {
		p.say("port %d is taken, so this is another", listener.Asked)
	}
	p.say("%s at %s%s (ctrl-c to stop)", count(len(l.site.Posts), "post"), listener.URL(), strings.TrimPrefix(base, "/"))
	if err := preview.Serve(ctx, listener, handler); err != nil {
		return machinef("", "%w", err)
	}
	fmt.Fprintln(p.stderr)
	return nil
}

// revision is the site as the preview shows it.
func (r *reporter) revision() *preview.Revision {
	rev := &preview.Revision{Table: r.l.table, Source: r.l.source}
	for _, d := range r.list {
		switch d.Level {
		case diag.Error:
			rev.Errors = append(rev.Errors, d)
		case diag.Warning:
			rev.Warnings = append(rev.Warnings, d)
		}
	}
	for _, h := range r.l.site.Held {
		rev.Held = append(rev.Held, preview.Held{Title: h.Document.Title, File: h.Document.Path, Reason: h.Reason})
	}
	return rev
}

func hostOf(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	return host
}

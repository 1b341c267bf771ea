package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"publish/internal/check"
	"publish/internal/watch"
)

// calm is how long no file may change before the site is checked again, since
// editors and git write in several steps, and restless how long that is waited
// for: a program may write all the time.
const calm, restless = 100 * time.Millisecond, time.Second

// checkAgain checks the site after every change until it is stopped. It then
// ends as the last check did, so that a script may ask.
func (p *program) checkAgain(ctx context.Context, f *flags, asker *check.Asker) error {
	if f.format != "" && f.format != "text" {
		return usagef("leave one of the two out", "--watch prints text, and no %s", f.format)
	}
	w, err := p.open(f)
	if err != nil {
		return err
	}
	if err := w.readSettings(); err != nil {
		return err
	}
	watcher, err := watch.New(w.dir, watch.Options{Ignore: w.unwatched(), Say: func(line string) { p.say("%s", line) }})
	if err != nil {
		return machinef("", "%w", err)
	}
	defer watcher.Close()
	var last error
	for {
		p.clearScreen()
		fmt.Fprintf(p.stdout, "checking %s\n", oneLine(shownPath(w.dir)))
		now := p.judgeNow(ctx, f, w, asker)
		if ctx.Err() != nil {
			return last
		}
		if last = now; last != nil && !errors.Is(last, errContent) && !errors.Is(last, errConfig) {
			return last
		}
		fmt.Fprintln(p.stdout, "waiting for changes (ctrl-c to stop)")
		if err := settled(ctx, watcher, calm, restless); err != nil {
			if ctx.Err() != nil {
				return last
			}
			return machinef("start it again", "the folder cannot be watched any more: %w", err)
		}
	}
}

// judgeNow reads what changed and checks the site as it stands now.
func (p *program) judgeNow(ctx context.Context, f *flags, w *workspace, asker *check.Asker) error {
	if err := w.reopen(); err != nil {
		return err
	}
	l, err := w.loadUntil(ctx)
	if err != nil {
		return err
	}
	return p.judge(ctx, f, l, asker)
}

// settled waits for a change, and then until there is none for a while, or until
// that takes too long.
func settled(ctx context.Context, watcher *watch.Watcher, calm, restless time.Duration) error {
	if _, err := watcher.Next(ctx); err != nil {
		return err
	}
	bounded, stop := context.WithTimeout(ctx, restless)
	defer stop()
	for {
		quiet, stop := context.WithTimeout(bounded, calm)
		_, err := watcher.Next(quiet)
		stop()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			return nil
		case err != nil:
			return err
		}
	}
}

// clearScreen empties a terminal, so that what is printed is what is so now.
func (p *program) clearScreen() {
	if p.colorOut && p.getenv("TERM") != "dumb" {
		fmt.Fprint(p.stdout, "\x1b[H\x1b[2J")
	}
}

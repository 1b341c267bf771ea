package main

import (
	"context"
)

// loadUntil loads a site, and gives it up when the program is told to stop.
func (p *program) loadUntil(ctx context.Context, f *flags) (*loaded, error) {
	w, err := p.open(f)
	if err != nil {
		return nil, err
	}
	return w.loadUntil(ctx)
}

// loadUntil is load, given up when the program is told to stop. Loading writes
// nothing, so what is left of it may run on until the program ends.
func (w *workspace) loadUntil(ctx context.Context) (l *loaded, err error) {
	if ctx.Err() != nil {
		return nil, interrupted("")
	}
	type answer struct {
		l   *loaded
		err error
	}
	done := make(chan answer, 1)
	go func() {
		l, err := w.load(ctx)
		done <- answer{l, err}
	}()
	select {
	case a := <-done:
		if ctx.Err() == nil {
			return a.l, a.err
		}
	case <-ctx.Done():
	}
	return nil, interrupted("")
}

// interrupted is the end of a command that was told to stop.
func interrupted(consequence string) error {
	return machinef(consequence, "interrupted")
}

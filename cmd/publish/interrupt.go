package main

import (
	"context"
)

// loadUntil is load, given up when the program is told to stop. Loading writes
// nothing, so what is left of it may run on until the program ends.
func (p *program) loadUntil(ctx context.Context, f *flags) (l *loaded, err error) {
	if ctx.Err() != nil {
		return nil, interrupted("")
	}
	type answer struct {
		l   *loaded
		err error
	}
	done := make(chan answer, 1)
	go func() {
		l, err := p.load(f)
		done <- answer{l, err}
	}()
	select {
	case a := <-done:
		return a.l, a.err
	case <-ctx.Done():
		return nil, interrupted("")
	}
}

// interrupted is the end of a command that was told to stop.
func interrupted(consequence string) error {
	return machinef(consequence, "interrupted")
}

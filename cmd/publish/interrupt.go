package main

import (
	"context"

	"publish/internal/bug"
	"publish/internal/spill"
)

// loadUntil loads a site, and gives it up when the program is told to stop.
func (p *program) loadUntil(ctx context.Context, f *flags) (*loaded, error) {
	w, err := p.open(f)
	if err != nil {
		return nil, err
	}
	w.texts = p.texts // what is read again and again would only make its file longer
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
		l, err := orBug(func() (*loaded, error) { return w.load(ctx) })
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

// orBug is a step in a goroutine of its own, in which a panic would be the end of
// the program.
func orBug(step func() (*loaded, error)) (l *loaded, err error) {
	err = orMistaken(func() (err error) {
		l, err = step()
		return err
	})
	return l, err
}

// orMistaken is the same of a step that gives nothing.
func orMistaken(step func() error) error {
	err := bug.Caught(step)
	if found, ok := err.(*bug.Bug); ok {
		return mistaken(found)
	}
	return err
}

// mistaken is the end of a command, or of a step of the preview, by a mistake in
// publish, or by a disk that lost what was put there.
func mistaken(found *bug.Bug) error {
	if lost := spill.LostIn(found); lost != nil {
		return machinef("", "%w", lost)
	}
	return machinef("this is a mistake in publish, not yours: please report it, with this line and the command", "%w", found)
}

// interrupted is the end of a command that was told to stop.
func interrupted(consequence string) error {
	return machinef(consequence, "interrupted")
}

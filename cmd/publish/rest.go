package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"publish/internal/diag"
	"publish/internal/route"
)

// quiet is how long nothing must have changed before pages are rendered that
// nobody asked for: whoever writes goes first.
const quiet = 400 * time.Millisecond

// renderRest renders what was not rendered before, so that mistakes show on
// pages that nobody opened. It is given up when the next revision comes, which
// goes on with what is left.
func (v *live) renderRest(table *route.Table) {
	if v.resting != nil {
		v.resting()
	}
	ctx, stop := context.WithCancel(context.Background())
	v.resting = stop
	go func() {
		defer stop()
		select {
		case <-time.After(quiet):
		case <-ctx.Done():
			return
		}
		v.survive(func() {
			if list := v.rendered.all(ctx, table); ctx.Err() == nil {
				select {
				case v.found <- found{table, list}:
				case <-ctx.Done():
				}
			}
		})
	}()
}

// found are the mistakes that rendering a whole table showed.
type found struct {
	table  *route.Table
	faults diag.List
}

// blame takes in the mistakes of pages that nobody opened.
func (v *live) blame(f found) {
	if f.table != v.shown.table || slices.Equal(f.faults, v.faults) {
		return
	}
	v.faults = f.faults
	v.current = v.problems(v.shown)
	v.reveal(edits{})
	v.told.mistakes(v.current)
}

// goodKeys remembers which bytes were made without a mistake, by their keys.
// Only one renderRest uses it at a time.
type goodKeys struct {
	turn chan struct{} // of capacity one: whose turn it is
	good map[route.Key]bool
}

func newGoodKeys() *goodKeys {
	return &goodKeys{turn: make(chan struct{}, 1), good: map[route.Key]bool{}}
}

// all renders what is not known to be good, one page after the other, and
// gives the mistakes of pages. What the machine got wrong shows where it is
// asked for.
func (r *goodKeys) all(ctx context.Context, table *route.Table) diag.List {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return nil
	}
	var list diag.List
	for _, one := range table.All() {
		if ctx.Err() != nil {
			return nil
		}
		if r.good[one.Key] {
			continue
		}
		err := one.Write(io.Discard)
		if mistakes, ok := errors.AsType[*diag.ErrorList](err); ok {
			list = append(list, mistakes.List...)
		} else if err == nil && one.Key.Known() {
			r.good[one.Key] = true
		}
	}
	r.forget(table)
	return list
}

// forget drops what no route has any more.
func (r *goodKeys) forget(table *route.Table) {
	if len(r.good) < 2*len(table.All()) {
		return
	}
	now := make(map[route.Key]bool, len(table.All()))
	for _, one := range table.All() {
		now[one.Key] = true
	}
	maps.DeleteFunc(r.good, func(k route.Key, _ bool) bool { return !now[k] })
}

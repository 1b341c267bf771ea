package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/preview"
	"publish/internal/route"
	"publish/internal/watch"
)

const (
	// gather is how long an edit that is on the screen already waits for the
	// next one before the whole site is made anew, and hurry how long at most.
	gather, hurry = 60 * time.Millisecond, 500 * time.Millisecond
	// patience is how long a text may be empty, gone or broken before that is
	// believed: editors and git write in several steps.
	patience = 100 * time.Millisecond
	// retry is how long to wait before reading again what the machine refused.
	retry = 2 * time.Second
)

// live keeps a preview in step with its site folder, in two steps for each
// edit (DESIGN.md §8): the page of an edited text is shown ahead, made with the
// model as it was; then the whole model is made anew and decides. One goroutine
// reads and schedules, another makes the model, from a copy of what was read.
type live struct {
	w       *workspace
	handler *preview.Handler
	told    *teller

	shown    *loaded   // the last whole revision
	current  diag.List // what is wrong with it
	faults   diag.List // of pages, found by rendering
	led      bool      // pages were shown ahead of it
	rendered *goodKeys
	resting  context.CancelFunc // of what renders the rest
	found    chan found

	state  edits // since then
	failed failures
	cancel context.CancelFunc
	made   chan made
	doubt  doubted
	wait   *time.Timer // for them
	settle *time.Timer // until the model is made
}

// edits are what happened since the last whole revision.
type edits struct {
	files  map[string]bool
	since  time.Time // of the first; zero if there are none
	ahead  time.Duration
	reload bool // layouts or scripts
}

// made is what the making of a model gave.
type made struct {
	l     *loaded
	edits edits
	err   error
}

// newLive shows the site for the first time. What is wrong with it has been
// printed.
func newLive(w *workspace, handler *preview.Handler, l *loaded) *live {
	v := &live{
		w: w, handler: handler, told: newTeller(w), rendered: newGoodKeys(),
		made: make(chan made, 1), found: make(chan found), doubt: doubted{files: map[string]bool{}},
	}
	v.wait, v.settle = stopped(), stopped()
	v.show(l, edits{})
	return v
}

// stopped is a timer that waits to be set.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// run follows the folder until the context ends.
func (v *live) run(ctx context.Context, watcher *watch.Watcher) error {
	batches, failed := follow(ctx, watcher)
	defer func() {
		if v.resting != nil { // nobody takes what it finds any more
			v.resting()
		}
	}()
	return v.loop(ctx, batches, failed)
}

// loop takes one step after the other.
func (v *live) loop(ctx context.Context, batches <-chan watch.Batch, failed <-chan error) error {
	minutes := time.NewTicker(time.Minute)
	defer minutes.Stop()
	for {
		var step func()
		select {
		case <-ctx.Done():
			return nil
		case <-minutes.C:
			step = v.tick
		case err := <-failed:
			if _, isBug := errors.AsType[*bug.Bug](err); !isBug {
				return err
			}
			step = func() { v.w.p.report(err) } // what is shown stays good
		case b := <-batches:
			step = func() { v.edited(b.Paths, b.All, time.Time{}) }
		case <-v.wait.C:
			step = func() { v.edited(v.doubt.take()) }
		case <-v.settle.C:
			step = func() { v.make(ctx) }
		case m := <-v.made:
			step = func() { v.finish(m) }
		case f := <-v.found:
			step = func() { v.blame(f) }
		}
		v.survive(step)
	}
}

// survive takes a step. A mistake of publish's costs this step alone: what is
// shown stays, and the next edit is another step.
func (v *live) survive(step func()) {
	defer func() {
		if found := recover(); found != nil {
			v.w.p.report(mistaken(bug.Of(found)))
		}
	}()
	step()
}

// tick has the model made again for the time that went by: an embargo ends, a
// promise is late from one day to the next, and nobody edits anything.
func (v *live) tick() {
	now := v.w.p.clock()
	if len(v.shown.site.Held) == 0 && now.Format(time.DateOnly) == v.shown.now.Format(time.DateOnly) {
		return
	}
	if v.state.since.IsZero() {
		v.state.since = now
	}
	v.schedule(0)
}

// follow hands on what the watcher tells.
func follow(ctx context.Context, watcher *watch.Watcher) (<-chan watch.Batch, <-chan error) {
	batches, failed := make(chan watch.Batch), make(chan error, 1)
	go func() {
		err := bug.Caught(func() error { return handOn(ctx, watcher, batches) })
		if err != nil && ctx.Err() == nil {
			failed <- machinef("start the preview again", "the folder cannot be watched any more: %w", err)
		}
	}()
	return batches, failed
}

// handOn does so until the watcher or the context ends.
func handOn(ctx context.Context, watcher *watch.Watcher, batches chan<- watch.Batch) error {
	for {
		b, err := watcher.Next(ctx)
		if err != nil {
			return err
		}
		select {
		case batches <- b:
		case <-ctx.Done():
			return nil
		}
	}
}

// edited takes in what may have changed. Where the files were looked at before,
// since is when that was, and this time they are believed.
func (v *live) edited(paths []string, all bool, since time.Time) {
	begin, believed := v.w.p.clock(), !since.IsZero()
	if !believed {
		since, paths = begin, v.setAside(paths)
	}
	if len(paths) == 0 && !all {
		return
	}
	failed := v.failed
	changed, something := v.read(sortPaths(v.w, paths, all))
	if v.failed.news(failed) && !believed { // perhaps a file went while its folder was read
		v.failed = failed
		v.askAgain(paths, all)
	} else if v.failed.unread() {
		v.tryAgain()
	}
	if !something && !v.failed.news(failed) {
		return
	}
	if v.state.since.IsZero() {
		v.state.since = since
	}
	v.state.add(paths)
	delay := time.Duration(0)
	if v.lead(changed) {
		delay = gather
		v.state.ahead = v.w.p.clock().Sub(begin)
	}
	if !believed && v.broke(paths) {
		delay = patience
	}
	v.schedule(delay)
}

// add notes files.
func (e *edits) add(paths []string) {
	if e.files == nil {
		e.files = map[string]bool{}
	}
	for _, name := range paths {
		e.files[name] = true
	}
}

// lead shows the pages of edited texts ahead of the whole, and says whether
// there was one.
func (v *live) lead(changed []string) bool {
	routes := v.ahead(changed)
	for _, r := range routes {
		v.handler.Ahead(r)
		v.led = true
	}
	return len(routes) > 0
}

// ahead are the pages of edited texts, made with the model as it is: those
// first that somebody looks at.
func (v *live) ahead(changed []string) (routes []*route.Route) {
	const most = 20 // of more, the whole is soon there
	if len(changed) == 0 || len(changed) > most {
		return nil
	}
	watched := v.handler.Watched()
	slices.SortStableFunc(changed, func(a, b string) int { return v.rank(watched, a) - v.rank(watched, b) })
	for _, name := range changed {
		page, document := v.shown.pageOf(name), v.w.folder.Document(name)
		if page == nil || document == nil || document == page.Document {
			continue
		}
		if r := v.shown.route(page.Path); r == nil || r.Source != name {
			continue
		}
		if next, ok := v.shown.site.Ahead(page, document); ok {
			routes = append(routes, v.shown.renderer.Page(next))
		}
	}
	return routes
}

// rank is how many open pages were looked at later than a file's.
func (v *live) rank(watched []string, name string) int {
	if page := v.shown.pageOf(name); page != nil {
		if i := slices.Index(watched, page.Path); i >= 0 {
			return i
		}
	}
	return len(watched)
}

// broke says whether one of the files has errors now.
func (v *live) broke(changed []string) bool {
	return slices.ContainsFunc(slices.Concat(v.w.said.folder, v.w.said.look), func(d diag.Diagnostic) bool {
		return d.Level == diag.Error && slices.Contains(changed, d.File)
	})
}

// schedule has the model made after a delay, in which further edits gather. A
// model that is being made is out of date: it is given up, unless edits keep
// coming and it would never be done.
func (v *live) schedule(delay time.Duration) {
	waited := v.w.p.clock().Sub(v.state.since)
	v.settle.Reset(max(0, min(delay, hurry-waited)))
	if v.cancel != nil && waited < hurry {
		v.cancel()
	}
}

// make begins to make the model from what was read.
func (v *live) make(ctx context.Context) {
	if v.cancel != nil {
		v.settle.Reset(gather) // one at a time
		return
	}
	v.failed.clock = v.w.readClock()
	frozen, e := *v.w, v.state
	v.state = edits{}
	ctx, v.cancel = context.WithCancel(ctx)
	go func() {
		l, err := orBug(func() (*loaded, error) { return frozen.model(ctx) })
		v.made <- made{l, e, err}
	}()
}

// finish shows a model that was made, or takes its edits into the next.
func (v *live) finish(m made) {
	v.cancel()
	v.cancel = nil
	_, isBug := errors.AsType[*bug.Bug](m.err)
	switch {
	case m.err == nil:
		v.failed.model = nil
		v.show(m.l, m.edits)
		return
	case isBug:
		v.failed.model = m.err
		v.current = v.problems(v.shown)
		v.reveal(edits{})
		v.told.mistakes(v.current)
		return
	}
	for name := range m.edits.files {
		v.state.add([]string{name})
	}
	v.state.since = m.edits.since
	v.state.reload = v.state.reload || m.edits.reload
	v.schedule(gather)
}

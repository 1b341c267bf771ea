package main

import (
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"publish/internal/diag"
	"publish/internal/preview"
	"publish/internal/watch"
)

const (
	// gather is how long an edit that is on the screen already waits for the
	// next one before the whole site is made anew, and hurry how long at most.
	gather, hurry = 60 * time.Millisecond, 500 * time.Millisecond
	// patience is how long a text may be empty, gone or broken before that is
	// believed: editors and git write in several steps.
	patience = 100 * time.Millisecond
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
	rendered *goodKeys
	resting  context.CancelFunc // of what renders the rest
	found    chan found

	state  edits // since then
	cancel context.CancelFunc
	made   chan made
	doubt  map[string]bool // files that are looked at again after a while
	wait   *time.Timer     // for them
	settle *time.Timer     // until the model is made
}

// edits are what happened since the last whole revision.
type edits struct {
	files   map[string]bool
	since   time.Time // of the first; zero if there are none
	ahead   time.Duration
	reload  bool // layouts or scripts
	failure error
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
		made: make(chan made, 1), found: make(chan found), doubt: map[string]bool{},
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
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case b := <-batches:
			v.edited(b.Paths, b.All, false)
		case <-v.wait.C:
			v.edited(v.doubted(), false, true)
		case <-v.settle.C:
			v.make(ctx)
		case m := <-v.made:
			v.finish(m)
		case f := <-v.found:
			v.blame(f)
		}
	}
}

// follow hands on what the watcher tells.
func follow(ctx context.Context, watcher *watch.Watcher) (<-chan watch.Batch, <-chan error) {
	batches, failed := make(chan watch.Batch), make(chan error, 1)
	go func() {
		for {
			b, err := watcher.Next(ctx)
			if err != nil {
				if ctx.Err() == nil {
					failed <- machinef("start the preview again", "the folder cannot be watched any more: %w", err)
				}
				return
			}
			select {
			case batches <- b:
			case <-ctx.Done():
				return
			}
		}
	}()
	return batches, failed
}

// edited takes in what may have changed. Believed says that the files were
// looked at before, and that enough time has gone by.
func (v *live) edited(paths []string, all, believed bool) {
	begin := v.w.p.clock()
	if !believed {
		paths = v.setAside(paths)
	}
	if len(paths) == 0 && !all {
		return
	}
	changed, something := v.read(sortPaths(v.w, paths, all))
	if !something {
		return
	}
	if v.state.since.IsZero() {
		v.state.since = begin
	}
	v.state.add(paths)
	delay := time.Duration(0)
	if v.lead(changed) {
		delay = gather
		v.state.ahead = v.w.p.clock().Sub(begin)
	}
	if !believed && v.broke(changed) {
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

// ours drops what is no part of the site, nor was: editors come and go with
// files of their own.
func (e *edits) ours(before, now *loaded) {
	maps.DeleteFunc(e.files, func(name string, _ bool) bool { return !before.has(name) && !now.has(name) })
}

// has says whether a file is a part of the site.
func (l *loaded) has(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return top == "layouts" || top == "static" || name == l.config.File ||
		l.folder.Document(name) != nil || l.folder.File(name) != nil
}

// setAside takes out the texts that are empty or gone: many programs save by
// emptying or removing the old file first, so the next moment decides.
func (v *live) setAside(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(name string) bool {
		if v.w.folder.Document(name) == nil {
			return false
		}
		info, err := v.w.root.Stat(name)
		if err == nil && info.Size() > 0 {
			delete(v.doubt, name)
			return false
		}
		v.doubt[name] = true
		v.wait.Reset(patience)
		return true
	})
}

// doubted gives the files that were set aside.
func (v *live) doubted() []string {
	var names []string
	for name := range v.doubt {
		names = append(names, name)
	}
	clear(v.doubt)
	slices.Sort(names)
	return names
}

// sorted are changed paths by what they are part of.
type sorted struct {
	settings, theme, script bool
	texts                   []string // of the content folder, other files of it included
	all                     bool
}

// sortPaths says what has to be read again.
func sortPaths(w *workspace, paths []string, all bool) sorted {
	s := sorted{all: all, settings: all, theme: all}
	for _, name := range paths {
		switch top, _, below := strings.Cut(name, "/"); {
		case isSettings(w, name):
			s.settings = true
		case top == "layouts", top == "static" && (path.Ext(name) == ".js" || path.Ext(name) == ".mjs"):
			s.theme, s.script = true, true
		case top == "static":
			s.theme = true
			s.script = s.script || !below // the folder itself
		default:
			s.texts = append(s.texts, name)
		}
	}
	return s
}

// isSettings says whether a file may hold the site's settings.
func isSettings(w *workspace, name string) bool {
	switch name {
	case "publish.yaml", "publish.yml", "_config.yml", "_config.yaml", path.Clean(w.f.config), w.config.File:
		return true
	}
	return false
}

// read reads what changed: the texts whose bytes did, and whether anything may
// be another. A failure of the disk leaves everything as it was.
func (v *live) read(s sorted) (changed []string, something bool) {
	if s.settings {
		v.fail(v.w.readSettings())
		s.all = true
	}
	if s.theme {
		v.fail(v.w.readTheme())
		v.state.reload = v.state.reload || s.script
		something = true
	}
	if !s.all && len(s.texts) == 0 {
		return nil, something
	}
	if !s.all {
		folder, diags, changed, ok := v.w.reader.Reload(s.texts)
		if ok {
			if len(changed) > 0 {
				v.w.folder, v.w.said.folder = folder, diags
			}
			return changed, something || len(changed) > 0
		}
	}
	before, said := v.w.folder, v.w.said.folder
	v.fail(v.w.readFolder())
	return s.texts, something || v.w.folder != before || !slices.Equal(said, v.w.said.folder)
}

func (v *live) fail(err error) {
	if err != nil {
		v.state.failure = err
	}
}

// lead shows the pages of edited texts ahead of the whole, those first that
// somebody looks at, and says whether there was one.
func (v *live) lead(changed []string) bool {
	const most = 20 // of more, the whole is soon there
	if len(changed) == 0 || len(changed) > most {
		return false
	}
	watched := v.handler.Watched()
	slices.SortStableFunc(changed, func(a, b string) int { return v.rank(watched, a) - v.rank(watched, b) })
	some := false
	for _, name := range changed {
		page, document := v.shown.site.PageOf(name), v.w.folder.Document(name)
		if page == nil || document == nil || document == page.Document {
			continue
		}
		if r := v.shown.table.Get(page.Path); r == nil || r.Source != name {
			continue
		}
		if next, ok := v.shown.site.Ahead(page, document); ok {
			v.handler.Ahead(v.shown.renderer.Page(next))
			some = true
		}
	}
	return some
}

// rank is how many open pages were looked at later than a file's.
func (v *live) rank(watched []string, name string) int {
	if page := v.shown.site.PageOf(name); page != nil {
		if i := slices.Index(watched, page.Path); i >= 0 {
			return i
		}
	}
	return len(watched)
}

// broke says whether one of the files has errors now.
func (v *live) broke(changed []string) bool {
	return slices.ContainsFunc(v.w.said.folder, func(d diag.Diagnostic) bool {
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
	v.fail(v.w.readClock())
	frozen, e := *v.w, v.state
	v.state = edits{}
	ctx, v.cancel = context.WithCancel(ctx)
	go func() {
		l, err := frozen.model(ctx)
		v.made <- made{l, e, err}
	}()
}

// finish shows a model that was made, or takes its edits into the next.
func (v *live) finish(m made) {
	v.cancel()
	v.cancel = nil
	if m.err == nil {
		v.show(m.l, m.edits)
		return
	}
	for name := range m.edits.files {
		v.state.add([]string{name})
	}
	v.state.since = m.edits.since
	v.state.reload = v.state.reload || m.edits.reload
	v.state.failure = errors.Join(m.edits.failure, v.state.failure)
	v.schedule(gather)
}

package output

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/route"
)

// build is one attempt to bring the output folder up to date.
type build struct {
	*target
	disk   *disk
	old    *previous
	held   *lock
	routes []*route.Route
	keys   map[string]route.Key // of the files in the output folder

	results  []result // one for each route
	manifest []byte
	staging  sync.Mutex
	staged   bool
	aside    bool // the old site was renamed away first
}

// result is what became of one route.
type result struct {
	entry
	kept    bool // not rendered: its key says that it is the same
	changed bool
	err     error // of Render
}

// worker has the memory that one goroutine uses again for each route.
type worker struct {
	page    bytes.Buffer
	scratch [32 << 10]byte
}

// maxKept is the size above which a worker does not keep its buffer.
const maxKept = 4 << 20

// render makes the bytes of every route and stages those that differ from the
// old site's. It reports the mistakes of all routes together.
func (b *build) render(ctx context.Context) error {
	b.results = make([]result, len(b.routes))
	workers := make([]worker, b.jobs())
	var mu sync.Mutex
	done := 0
	err := b.parallel(ctx, len(b.routes), func(w, i int) error {
		if err := b.renderOne(&workers[w], i); err != nil {
			return err
		}
		if b.options.Progress != nil {
			mu.Lock()
			defer mu.Unlock()
			done++
			b.options.Progress(done, len(b.routes))
		}
		return nil
	})
	if err == nil {
		err = b.mistakes()
	}
	if err != nil {
		return err
	}
	b.manifest = formatManifest(b.entries())
	return nil
}

// renderOne fails if the disk does; a mistake of the site's goes into the
// route's result.
func (b *build) renderOne(w *worker, i int) error {
	if w.page.Cap() > maxKept {
		w.page = bytes.Buffer{}
	}
	w.page.Reset()
	r, res := b.routes[i], &b.results[i]
	var e entry
	e, kept := b.kept(w, r)
	if res.kept = kept && !b.options.Verify; res.kept {
		res.entry = e
		res.err = b.inspect(w, r)
		return nil
	}
	w.page.Reset()
	if res.err = r.Write(&w.page); res.err != nil {
		return nil
	}
	if res.err = b.inspect(w, r); res.err != nil {
		return nil
	}
	data := w.page.Bytes()
	res.entry = entry{path: r.File(), size: int64(len(data)), sum: sha256.Sum256(data)}
	if kept && res.entry != e {
		res.err = &WrongKey{r.Path, r.Source}
		return nil
	}
	if b.old.ours[res.path] && b.disk.same(res.path, data, w.scratch[:]) {
		return nil
	}
	res.changed = true
	if err := b.stage(); err != nil {
		return err
	}
	return b.disk.write(res.path, data)
}

// inspect shows a route's bytes to Options.Inspect. Those that are kept too: what
// must not stand in them may be something else since the last build.
func (b *build) inspect(w *worker, r *route.Route) error {
	if b.options.Inspect == nil {
		return nil
	}
	return b.options.Inspect(r.File(), w.page.Bytes())
}

// stage makes the staging folder, once. Nobody else may look into it before it
// is complete.
func (b *build) stage() error {
	b.staging.Lock()
	defer b.staging.Unlock()
	if b.staged {
		return nil
	}
	path := b.stagingPath()
	switch err := b.disk.sys.mkdir(b.disk.root, b.disk.new, 0o700); {
	case err == nil:
		if err := b.held.follow(path); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrExist) && b.held.has(path):
	case errors.Is(err, fs.ErrPermission) && b.inPlace == "":
		return &cannotReplace{"the folder that holds it cannot be written to"}
	default:
		return err
	}
	b.staged = true
	return nil
}

func (b *build) stagingPath() string { return b.disk.wholePath(b.disk.new) }

// mistakes joins the errors of all routes: the site's in one list, in order of
// place, and of the machine's the first few.
func (b *build) mistakes() error {
	const most = 3
	var list diag.List
	var failures []error
	for _, res := range b.results {
		if found, ok := errors.AsType[*diag.ErrorList](res.err); ok {
			list = append(list, found.List...)
		} else if res.err != nil {
			failures = append(failures, res.err)
		}
	}
	if more := len(failures) - most; more > 0 {
		failures = append(failures[:most], fmt.Errorf("and %d more routes", more))
	}
	if len(list) == 0 {
		return errors.Join(failures...)
	}
	list.Sort()
	mistakes := &diag.ErrorList{List: list}
	if len(failures) == 0 {
		return mistakes
	}
	return errors.Join(append([]error{mistakes}, failures...)...)
}

// changed says whether anything is to be done. The manifest tells of files
// that are gone.
func (b *build) changed() bool {
	return !bytes.Equal(b.manifest, b.old.manifest) ||
		slices.ContainsFunc(b.results, func(r result) bool { return r.changed })
}

func (b *build) entries() []entry {
	entries := make([]entry, len(b.results))
	for i, res := range b.results {
		entries[i] = res.entry
	}
	return entries
}

// removed lists the files of the old site that are not in the new one.
func (b *build) removed() []string {
	stays := make(map[string]bool, len(b.routes))
	for _, r := range b.routes {
		stays[r.File()] = true
	}
	var gone []string
	for _, file := range b.old.present {
		if !stays[file] {
			gone = append(gone, file)
		}
	}
	slices.Sort(gone)
	return gone
}

func (b *build) report() Report {
	report := Report{Total: len(b.results), Removed: len(b.removed())}
	files := make([]File, len(b.results))
	for i, res := range b.results {
		files[i] = File{Path: res.path, Size: res.size}
		report.Bytes += res.size
		if !res.kept {
			report.Rendered++
		}
		if res.changed {
			report.Written++
		} else {
			report.Unchanged++
		}
	}
	slices.SortFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(b.Size, a.Size), strings.Compare(a.Path, b.Path))
	})
	report.Largest = slices.Clone(files[:min(len(files), 5)])
	report.Carried = filesOf(b.old.foreign)
	report.Replaced = filesOf(b.old.replaced)
	report.Gap = b.aside
	return report
}

// filesOf names what is not a folder.
func filesOf(list []*foreign) []string {
	var files []string
	for _, f := range list {
		if !f.info.IsDir() {
			files = append(files, f.path)
		}
	}
	slices.Sort(files)
	return files
}

func (b *build) jobs() int {
	if b.options.Jobs > 0 {
		return b.options.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// parallel does work for 0 to n-1, telling it which of the workers does it. No
// more is begun after an error or when ctx is done; the first error is
// returned.
func (b *build) parallel(ctx context.Context, n int, work func(w, i int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var group bug.Group
	for w := range min(b.jobs(), n) {
		group.Go(func() {
			for failed.Load() == nil && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := work(w, i); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return ctx.Err()
}

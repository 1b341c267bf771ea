// Package output writes a route table to a folder, so that whoever reads the
// folder finds the old site or the new one and never a mixture.
//
// Every route whose key is another than at the last build (Options.Keys) is
// rendered and compared, byte for byte, with the file that stands in the old
// folder. When all are equal nothing is written at all.
// Otherwise the new site is staged in a folder beside the old one
// (".public.publish-new" beside "public"): what changed is written there, what
// did not is hard-linked (copied, where the file system has no such links) and
// never opened for writing. Then the two folders change places in one rename,
// and the old one is removed.
//
// What is promised, and what it rests on:
//
//   - A killed build, a full disk or an error leaves the old site as it was.
//     What a killed build leaves behind is removed by the next one.
//   - On Linux and macOS the change is one system call. Where the file system
//     or the system (Windows) cannot exchange folders, the old one is renamed
//     away and the new one renamed in; Report.Gap says so. A build killed
//     between the two is repaired by the next.
//   - On Linux the staged files are on the disk before the exchange (one
//     syncfs, no fsync per file), and the exchange is before the old files go:
//     after a power cut the folder is the old site or the new. Elsewhere this
//     holds for killed builds only.
//   - A folder that cannot be exchanged (a mount point, a symbolic link, a
//     parent folder that may not be written to, or Options.InPlace) is changed
//     file by file, each in one rename: what pages need first, then the pages,
//     then what announces them, removals last. Report.InPlace says why.
//
// A program that keeps the old folder open across an exchange (a server that
// was started inside of it, a container that has it mounted) goes on seeing
// the old one: that is what Options.InPlace is for.
//
// The list of what publish wrote is the file .publish-manifest inside the
// output. Only what it names is ever removed. Files of others are carried
// along and named in the report.
package output

import (
	"context"
	"errors"
	"fmt"

	"publish/internal/route"
)

// Options say where to write, and how.
type Options struct {
	// Dir is the output folder; it and the folders above are made if missing.
	Dir string
	// Force writes into a folder that is not empty and was not written by
	// publish, and over files of others that stand where a route goes.
	Force bool
	// InPlace changes the folder file by file, so that it stays the same one.
	InPlace bool
	// Jobs is the number of routes that are rendered at once; 0 means one per
	// processor. The bytes of so many routes are in memory at a time.
	Jobs int
	// Site is the site folder: the output must not be it, nor hold it.
	Site string
	// Protected are the folders that the site is made from (content, layouts,
	// static): the output must not be one, hold one, or lie in one.
	Protected []string
	// Keys is the file that remembers the keys of the routes that Dir holds, so
	// that the next build renders no others than those whose key changed; the
	// folder above is made if it is missing. Empty: every route is rendered.
	Keys string
	// Verify renders those as well, and fails with a *WrongKey if a page has other
	// bytes than under the same key before.
	Verify bool
	// Progress is told how many of the routes are rendered, from one
	// goroutine at a time. It may be nil.
	Progress func(done, total int)
	// Inspect is shown every file before the folder is changed, by several
	// goroutines at a time; its error stops the build. It may be nil.
	Inspect func(file string, data []byte) error

	seams seams
}

// seams let tests stop a build at a step, or take from it what some file
// systems do not have. They are empty outside of tests.
type seams struct {
	reached func(step string)
	fail    func(op, path string) error // of a call of the system; see system
}

func (s seams) at(step string) {
	if s.reached != nil {
		s.reached(step)
	}
}

// Report says what was done.
type Report struct {
	// Total is the number of the site's files, Bytes their size together. The
	// manifest is not counted.
	Total int
	Bytes int64
	// Written files are new or differ from before, Unchanged ones do not, and
	// Removed ones are no longer part of the site.
	Written, Unchanged, Removed int
	// Rendered are those that were made anew, whether they differ or not.
	Rendered int
	// Largest are the largest files, largest first, at most five.
	Largest []File
	// Carried are the files of others in the folder that were kept, sorted.
	Carried []string
	// Replaced are the files of others that Force gave up, sorted.
	Replaced []string
	// InPlace says why the folder was changed file by file; empty when it was
	// exchanged whole, or when nothing changed.
	InPlace string
	// Gap says that the exchange took two renames, so that the folder was
	// missing for a moment.
	Gap bool
}

// File is a file of the site with its size in bytes.
type File struct {
	Path string // from the output folder, with slashes
	Size int64
}

// Refusal is the error for an output folder that publish will not touch.
type Refusal struct {
	Reason string // names the folder or the file
	Hint   string // the next action
}

func (r *Refusal) Error() string { return r.Reason + " (" + r.Hint + ")" }

// ErrBusy is the error when another build is writing to the same folder.
// Waiting would let the older of two edits win, so the second one gives up.
var ErrBusy = errors.New("another build is writing to this folder")

// WrongKey is the error of a page that differs although its key does not: a
// mistake of publish's.
type WrongKey struct{ Path, Source string }

func (w *WrongKey) Error() string {
	return fmt.Sprintf("%s (%s) is another page than before, although nothing says that it should be", w.Path, w.Source)
}

// Changed is the error of the machine that came when the change had begun. After
// any other error the folder is as it was.
type Changed struct {
	Err   error
	State string // what readers of the folder find now
	Hint  string // the next action
}

func (c *Changed) Error() string { return c.Err.Error() + " (" + c.State + ")" }
func (c *Changed) Unwrap() error { return c.Err }

// Write makes the folder hold exactly the table's routes, beside files of
// others. If any Render fails nothing is touched: the error then is, or joins,
// a *diag.ErrorList with the diagnostics of all routes. Other errors are a
// *Refusal, ErrBusy, or the machine's. When ctx is done before the change
// begins, Write stops between two routes and returns the context's error; a
// change that has begun is completed. An error after which the folder is not
// what it was is a *Changed.
func Write(ctx context.Context, table *route.Table, o Options) (Report, error) {
	t, err := locate(o)
	if err != nil {
		return Report{}, err
	}
	held, err := t.acquire()
	if err != nil {
		return Report{}, fmt.Errorf("output folder %q: %w", o.Dir, err)
	}
	defer held.release()
	defer t.tidy()
	o.seams.at("locked")
	if err := t.repair(held); err != nil {
		return Report{}, fmt.Errorf("remains of an interrupted build beside %q: %w", o.Dir, err)
	}
	report, err := t.write(ctx, table, held)
	if cannot, ok := errors.AsType[*cannotReplace](err); ok && t.exists {
		t.tidy()
		t.inPlace = cannot.why
		report, err = t.write(ctx, table, held)
	}
	return report, err
}

// write is one attempt in the way that the target's state asks for.
func (t *target) write(ctx context.Context, table *route.Table, held *lock) (Report, error) {
	d, err := t.open()
	if err != nil {
		return Report{}, err
	}
	defer d.root.Close()
	defer d.leave()
	old, err := inspect(d, t.exists)
	if err != nil {
		return Report{}, err
	}
	if err := old.claim(table, t); err != nil {
		return Report{}, err
	}
	b := &build{target: t, disk: d, old: old, held: held, routes: table.All()}
	b.recall()
	if err := b.render(ctx); err != nil {
		return Report{}, err
	}
	b.options.seams.at("rendered")
	if !b.changed() {
		b.remember()
		return b.report(), nil
	}
	if t.inPlace != "" {
		err = b.changeInPlace(ctx)
	} else {
		err = b.exchange(ctx)
	}
	if err != nil {
		return Report{}, err
	}
	b.remember()
	report := b.report()
	report.InPlace = t.inPlace
	return report, nil
}

package content

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/diag"
)

// Reader reads one site folder again and again. What did not change since the
// last time is not parsed again: the next Folder holds the same Document and
// the same File. What it gives out never changes. It is not for several goroutines
// at once.
type Reader struct {
	fsys    fs.FS
	options Options
	texts   map[string]*text // as last read, by their paths on the disk
	gone    map[string]*text // of the Load before: what vanished may come back at once
	files   map[string]*knownFile
	summary summary
	last    *reading
}

// knownFile is a File with what the disk said of it.
type knownFile struct {
	*File
	stat    signature
	settled bool
}

// reading is what a Load found, and what a Reload needs to go on from there.
type reading struct {
	folder   *Folder
	settings *settings
	sorter   sorter
	parts    map[string]part   // by the path on the disk
	real     map[string]string // where the texts really lie, by the path on the disk
	linked   map[string]bool   // real paths of files that were met through a link
	ledger   *ledger
	kin      map[string]kin // by the path on the disk
}

// NewReader makes a Reader of the site folder fsys, which must not lead out of
// itself (os.Root's FS does not) and must stay open as long as files of the
// Folders are read.
func NewReader(fsys fs.FS, o Options) *Reader {
	return &Reader{fsys: fsys, options: o, texts: map[string]*text{}, files: map[string]*knownFile{}}
}

// Load goes through the whole folder, and gives what a new Reader would.
// Where nothing differs it gives the same Folder as the last time. Mistakes in
// the texts are in the list, which must not be changed; an error means that
// the site folder cannot be read at all, or that the machine has no means left to
// read more of it.
func (r *Reader) Load(cfg *config.Config) (*Folder, diag.List, error) {
	if _, err := fs.Stat(r.fsys, "."); err != nil {
		return nil, nil, fmt.Errorf("site folder: %w", err)
	}
	ignored := newIgnores(r.fsys, r.options.Gitignores)
	f := locate(r.fsys, cfg, ignored)
	f.Files, f.composed = map[string]*File{}, map[string]*File{}
	w := &walker{fsys: r.fsys, cfg: cfg, folder: f, ignores: ignored, linked: map[string]string{}, reader: r, files: map[string]*knownFile{}, twice: map[string]bool{}}
	w.walk()
	w.upptime()
	settings := newSettings(cfg, f, r.options)
	w.readSummary(settings)
	now := &reading{folder: f, settings: settings, parts: map[string]part{}, real: map[string]string{}, linked: w.twice}
	now.sorter = sorter{only: f.OnlyPostmortems, jekyll: f.Jekyll, topPage: f.Jekyll && (w.exists("index.md") || w.exists("index.html"))}
	r.take(w, now)
	if w.failed != nil {
		return nil, nil, w.failed
	}
	refuseDefaults(cfg.Defaults, &w.diags)
	now.ledger = newLedger(w.diags)
	if r.last != nil && r.last.folder.equal(f) {
		now.folder = r.last.folder
	}
	r.files, r.last = w.files, now
	return now.folder, now.ledger.list, nil
}

// take reads the texts that a walk has found and fills the folder with them.
func (r *Reader) take(w *walker, now *reading) {
	f := now.folder
	for _, at := range w.texts {
		now.real[at.name] = at.real
	}
	f.Settings = now.settings.shown
	if !now.settings.internal {
		f.settings = now.settings
	}
	now.kin = kinOf(w.texts, now.settings.language)
	read := make(map[string]*text, len(w.texts))
	texts, errs := r.readAll(w.texts, now.settings, false, now.kin, nil)
	for i, t := range texts {
		name := w.texts[i].name
		switch {
		case errors.Is(errs[i], fs.ErrNotExist): // since its folder was read
			continue
		case errs[i] != nil:
			w.unreadable(name, errs[i])
			continue
		}
		read[name] = t
		p := now.sorter.part(t)
		now.parts[name] = p
		if p.document != nil {
			f.Documents = append(f.Documents, p.document)
		}
		f.Skipped = append(f.Skipped, p.skipped...)
		w.diags = append(w.diags, p.diags...)
	}
	slices.SortStableFunc(f.Documents, func(a, b *Document) int { return strings.Compare(a.Path, b.Path) })
	slices.SortStableFunc(f.Skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	w.sayGuesses()
	if w.failed == nil {
		r.notice(read)
	}
}

// notice remembers the texts that were read, and those that are gone since the
// last time.
func (r *Reader) notice(read map[string]*text) {
	r.gone = map[string]*text{}
	for name, before := range r.texts {
		if read[name] == nil {
			r.gone[name] = before
		}
	}
	r.texts = read
}

// Reload reads texts again of which somebody knows that they, and nothing
// else, were edited; the paths are from the site folder, as the disk spells
// them. It costs what the parsing of those costs whose bytes differ; changed
// lists them. Where ok is false there is more to it than that: a file is new
// or gone, or no text, or was met through a link, or is something else now.
// Then only Load can tell; what was parsed is not parsed again.
func (r *Reader) Reload(paths []string) (f *Folder, diags diag.List, changed []string, ok bool) {
	names := r.reloadable(paths)
	if names == nil {
		return nil, nil, nil, false
	}
	if names = r.withTranslations(names); names == nil {
		return nil, nil, nil, false
	}
	places := make([]place, len(names))
	for i, name := range names {
		places[i] = place{name: name, real: name}
	}
	texts, errs := r.readAll(places, r.last.settings, true, r.last.kin, r.texts)
	for i, name := range names {
		if errs[i] == nil {
			r.texts[name] = texts[i]
		}
	}
	if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		return nil, nil, nil, false
	}
	next := *r.last.folder
	next.Documents = slices.Clone(next.Documents)
	for i, name := range names {
		if texts[i].document == r.last.parts[name].text.document {
			continue
		}
		changed = append(changed, name)
		if !r.last.exchange(&next, name, texts[i]) {
			r.last = nil // it is half of the one and half of the other
			return nil, nil, nil, false
		}
	}
	if !slices.Equal(next.Documents, r.last.folder.Documents) {
		r.last.folder = &next
	}
	return r.last.folder, r.last.ledger.list, changed, true
}

// reloadable gives the paths without those that stand twice, nil if not all of
// them are texts that the last Load met where they lie.
func (r *Reader) reloadable(paths []string) []string {
	if r.last == nil || len(paths) == 0 {
		return nil
	}
	var names []string
	for _, name := range paths {
		name = path.Clean(name)
		if _, isText := textName(path.Base(name)); !isText || r.texts[name] == nil {
			return nil
		}
		if r.last.real[name] != name || r.last.linked[name] {
			return nil
		}
		info, err := fs.Lstat(r.fsys, name)
		if err == nil && !info.Mode().IsRegular() {
			return nil
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withTranslations adds the translations of texts, which tell of the same facts;
// nil if those cannot be reloaded.
func (r *Reader) withTranslations(names []string) []string {
	var more []string
	for _, name := range names {
		for _, other := range translations(r.last.kin, name) {
			if !slices.Contains(names, other) {
				more = append(more, other)
			}
		}
	}
	if len(more) == 0 {
		return names
	}
	return r.reloadable(slices.Concat(names, more))
}

// exchange puts a text into a folder in the place of what it was before. It
// says no where more than that text would change.
func (r *reading) exchange(f *Folder, name string, t *text) bool {
	before, now := r.parts[name], r.sorter.part(t)
	if (before.document == nil) != (now.document == nil) || !slices.Equal(before.skipped, now.skipped) {
		return false
	}
	file := norm.NFC.String(name)
	if !slices.Equal(r.ledger.said[file], before.diags) || slices.ContainsFunc(now.diags, func(d diag.Diagnostic) bool { return d.File != file }) {
		return false
	}
	if d := now.document; d != nil {
		at, found := slices.BinarySearchFunc(f.Documents, d.Path, func(d *Document, path string) int { return strings.Compare(d.Path, path) })
		if !found || f.Documents[at] != before.document || !d.sameGuess(before.document) {
			return false
		}
		f.Documents[at] = d
	}
	r.parts[name] = now
	r.ledger.replace(file, now.diags)
	return true
}

// before is a text as it was last read, nil if it is new.
func (r *Reader) before(name string) *text {
	if t := r.texts[name]; t != nil {
		return t
	}
	return r.gone[name]
}

func (r *Reader) now() time.Time {
	if r.options.Now == nil {
		return time.Time{}
	}
	return r.options.Now()
}

// known gives the File of a file that a walk has met: the same one as the last
// time if it is certain that its bytes are the same.
func (w *walker) known(name string, info fs.FileInfo) *File {
	before, stat := w.reader.files[name], signatureOf(info)
	now := &knownFile{File: newFile(w.fsys, name, info.Size()), stat: stat, settled: stat.settledAt(w.reader.now())}
	if before != nil && before.stat == stat && (before.settled || now.same(before.File)) {
		now.File = before.File
	}
	w.files[name] = now
	return now.File
}

// same says whether a file has the bytes that somebody has hashed before.
func (f *File) same(before *File) bool {
	hash := before.hash.Load()
	if hash == nil {
		return false
	}
	now, err := f.Hash()
	return err == nil && now == *hash
}

// equal says whether two folders hold the same.
func (f *Folder) equal(g *Folder) bool {
	return f.Root == g.Root && f.Jekyll == g.Jekyll && f.OnlyPostmortems == g.OnlyPostmortems && f.Settings == g.Settings &&
		slices.Equal(f.Documents, g.Documents) && maps.Equal(f.Files, g.Files) && slices.Equal(f.Skipped, g.Skipped) &&
		f.Summary == g.Summary && reflect.DeepEqual(f.Navigation, g.Navigation)
}

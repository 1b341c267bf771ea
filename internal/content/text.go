package content

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/postmortem"
)

// text is a text of the folder as it was read. It never changes.
type text struct {
	stat     signature
	settled  bool // the signature can be relied on
	settings [32]byte
	empty    bool // there is nothing but white space in it
	kin      kin
	of       *Document // what it is a translation of
	document *Document
	diags    diag.List // sorted
	// good is the document when it was last not broken, by the same settings
	// and with words in it; nil if it never was, or nobody asked for it.
	good *Document
}

// standing is the document that the folder holds.
func (t *text) standing() *Document {
	if t.document.Broken && t.good != nil {
		return t.good
	}
	return t.document
}

// readText reads a file into memory that is used again, but not much more of it
// than is allowed. The information is from before, so that a later change shows.
func readText(fsys fs.FS, name string, raw []byte) ([]byte, fs.FileInfo, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return raw, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return raw, nil, err
	}
	raw = raw[:0]
	for room := int(min(max(info.Size(), 0), maxText)) + bytes.MinRead; ; room = bytes.MinRead { // so that it need not grow
		raw = slices.Grow(raw, room)
		n, err := f.Read(raw[len(raw):min(cap(raw), maxText+1)])
		raw = raw[:len(raw)+n]
		switch {
		case err == io.EOF || len(raw) > maxText:
			return raw, info, nil
		case err != nil:
			return raw, info, err
		case int64(len(raw)) == info.Size():
			return raw, info, nil // it ends where it did before
		}
	}
}

// readAll reads texts at once, each into a slot of its own, so that the result
// does not depend on who is first.
//
// Translations come after all others, since they depend on their originals:
// those among the places, and known ones.
func (r *Reader) readAll(places []place, s *settings, sure bool, kinds map[string]kin, known map[string]*text) ([]*text, []error) {
	texts, errs := make([]*text, len(places)), make([]error, len(places))
	var first, second []int
	for i, at := range places {
		if kinds[at.name].original == "" {
			first = append(first, i)
		} else {
			second = append(second, i)
		}
	}
	r.readSome(first, places, texts, errs, func(from fs.FS, at place) (*text, error) {
		return r.read(from, at, s, sure, kinds, nil)
	})
	if len(second) == 0 {
		return texts, errs
	}
	originals := make(map[string]*text, len(second))
	for _, i := range second {
		name := kinds[places[i].name].original
		originals[name] = known[name]
	}
	for _, i := range first {
		if _, asked := originals[places[i].name]; asked {
			originals[places[i].name] = texts[i]
		}
	}
	r.readSome(second, places, texts, errs, func(from fs.FS, at place) (*text, error) {
		return r.read(from, at, s, sure, kinds, originals)
	})
	return texts, errs
}

// readSome reads some of the places, by their numbers.
func (r *Reader) readSome(numbers []int, places []place, texts []*text, errs []error, read func(fs.FS, place) (*text, error)) {
	jobs := r.options.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var workers bug.Group
	for range min(jobs, len(numbers)) {
		workers.Go(func() {
			from := plainfile.NeighboursIn(r.fsys)
			defer from.Close()
			for n := int(next.Add(1)) - 1; n < len(numbers); n = int(next.Add(1)) - 1 {
				i := numbers[n]
				texts[i], errs[i] = readOrBug(from, places[i], read)
			}
		})
	}
	workers.Wait()
}

// readOrBug makes a panic, which is a mistake of publish's, cost one text.
func readOrBug(from fs.FS, at place, read func(fs.FS, place) (*text, error)) (t *text, err error) {
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, bug.Of(p)
		}
	}()
	return read(from, at)
}

// read reads a text, or finds that it is as it was. With sure its bytes decide,
// whatever the disk says.
func (r *Reader) read(from fs.FS, at place, s *settings, sure bool, kinds map[string]kin, originals map[string]*text) (*text, error) {
	name := at.name
	before := r.before(name)
	k := kinds[name]
	var of *Document
	if original := originals[k.original]; original != nil {
		of = original.standing()
	}
	if before != nil && (before.settings != s.hash || before.kin != k || before.of != of) {
		before = nil
	}
	if before != nil && before.settled && !sure {
		if info, err := at.stat(r.fsys); err == nil && signatureOf(info) == before.stat {
			return before, nil
		}
	}
	now := r.now()
	room := scratches.Get().(*scratch)
	raw, info, err := readText(from, name, room.source)
	room.source = raw
	if err != nil {
		return nil, err
	}
	t := &text{settings: s.hash, kin: k, of: of}
	if before != nil && before.document.Hash == sha256.Sum256(raw) {
		*t = *before
	} else {
		t.document, t.diags = readDocument(norm.NFC.String(name), raw, s, k, of, room)
		t.diags.Sort()
		t.empty = len(bytes.TrimSpace(raw)) == 0
		t.keepGood(before, r.options.KeepGood)
	}
	scratches.Put(room)
	t.stat = signatureOf(info)
	t.settled = t.stat.settledAt(now)
	return t, nil
}

func (t *text) keepGood(before *text, keep bool) {
	switch {
	case !keep:
	case !t.document.Broken && !t.empty && t.document.template == "":
		t.good = t.document
	case before != nil:
		t.good = before.good
	}
}

// part is what a text gives to the folder.
type part struct {
	text     *text
	document *Document // nil if it is passed over
	skipped  []Skipped // at most one
	diags    diag.List // sorted
}

// sorter decides which texts are documents of the folder.
type sorter struct {
	only, jekyll bool
	topPage      bool // Jekyll finds another page at the top than a README
}

// part makes a document of a text, or says why it is passed over. Of a folder
// that nobody declared to be a site only what is published may be found fault
// with: its other texts are another tool's business.
func (s sorter) part(t *text) part {
	d := t.standing()
	ours := !s.only || d.wanted() || t.document.wanted()
	switch {
	case d.template != "" && ours:
		var said diag.List
		sayPassed(&said, d.Path, d.template, "give it a date, or say `kind: postmortem`, if it is a report")
		return part{text: t, skipped: []Skipped{{d.Path, d.template}}, diags: said}
	case d.template != "":
		return part{text: t, skipped: []Skipped{{d.Path, d.template}}}
	case s.noPageOfJekylls(d):
		return part{text: t, skipped: []Skipped{{d.Path, "no front matter, so it is no page of Jekyll's"}}}
	case ours:
		return part{text: t, document: d, diags: t.diags}
	}
	return part{text: t, document: d, diags: slices.DeleteFunc(slices.Clone(t.diags), func(x diag.Diagnostic) bool {
		return !mayCostAReport(t.document, x.Code)
	})}
}

// mayCostAReport says whether a mistake may be why a text is taken for no report: a
// date that does not exist, or the front matter of a dated text, which nobody can
// read. A report must not get lost in silence.
func mayCostAReport(d *Document, code diag.Code) bool {
	switch code {
	case diag.DateInvalid:
		return d.missed
	case diag.FrontMatterSyntax, diag.FrontMatterUnclosed:
		return dated(d.Date)
	}
	return false
}

// noPageOfJekylls says whether a text is one that Jekyll would only copy: it
// has no front matter and lies outside the folders of posts. A report is
// published all the same, and the README at the top, as on GitHub Pages.
func (s sorter) noPageOfJekylls(d *Document) bool {
	if !s.jekyll || !d.bare || d.Kind == postmortem.KindPostmortem || inFolder(d.Path, "_posts") || d.Draft {
		return false
	}
	return !d.Index || d.Dir != "" || s.topPage
}

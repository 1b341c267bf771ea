package search

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"publish/internal/bug"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
	"publish/internal/spill"
)

// field is where in a document a word stands; what weighs most counts.
type field uint32

const (
	inText field = iota
	inSummary
	inHeading
	inTitle
)

// often is how many times a word stands in a document that is about it.
const often = 3

// word is a word of a document: the number of its form, where it stands, and
// whether it does so often.
type word uint32

// read is what was read of a page: its words, each once, and a hash of its
// sections.
type read struct {
	words    []word
	sections route.Key
}

func (w word) form() uint32 { return uint32(w) >> 3 }

// weight is twice the field, and one more for a word that stands there often.
func (w word) weight() int { return int(w) & 7 }

func newWord(form uint32, t tally) word {
	w := word(form<<3 | uint32(t.field)<<1)
	if t.times >= often {
		w++
	}
	return w
}

// tally is how often a word was met in a document, and where.
type tally struct {
	field field
	times int
}

// form is a word as it is written, but folded, with its stem and a hash of both.
type form struct {
	text, stem string
	hash       [2]uint64
}

// dictionary numbers all forms. It grows with the words that were ever seen.
type dictionary struct {
	mu    sync.Mutex
	ids   [french + 1]map[string]uint32
	forms []form
}

func (d *dictionary) id(c class, text []byte) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id, ok := d.ids[c][string(text)]; ok {
		return id
	}
	id, s := uint32(len(d.forms)), string(text)
	d.ids[c][s] = id
	f := form{text: s, stem: stem(c, s)}
	sum := sha256.Sum256([]byte(f.stem + "\x00" + s))
	f.hash = [2]uint64{binary.LittleEndian.Uint64(sum[:]), binary.LittleEndian.Uint64(sum[8:])}
	d.forms = append(d.forms, f)
	return id
}

// known gives the forms so far. What is added later is beyond its length, so
// that it may be read while another revision is.
func (d *dictionary) known() []form {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.forms
}

// Memory keeps the words of documents from one revision of a site to the next,
// so that only what changed is read again.
type Memory struct {
	mu         sync.Mutex
	dictionary *dictionary
	documents  map[route.Key]read
	warm       atomic.Bool
}

// Warm makes the next keys exact: an edit then changes those of the shards of
// its words only. It is left until a shard is asked for, since it takes the
// reading of all texts, and most runs of the program end without.
func (m *Memory) Warm() { m.warm.Store(true) }

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	d := &dictionary{}
	for c := range d.ids {
		d.ids[c] = map[string]uint32{}
	}
	return &Memory{dictionary: d, documents: map[route.Key]read{}}
}

// read gives the words of pages, by their keys, and forgets those of all others.
func (m *Memory) read(pages []*site.Page, keys []route.Key) []read {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]read, len(pages))
	bug.Each(len(pages), 16, func() func(int) {
		r := newReader(m.dictionary)
		return func(i int) {
			known, ok := m.documents[keys[i]]
			if !ok || !keys[i].Known() {
				known = r.read(pages[i])
			}
			all[i] = known
		}
	})
	clear(m.documents)
	for i, k := range keys {
		m.documents[k] = all[i]
	}
	return all
}

// reader makes words of documents. It has a memory of the dictionary of its
// own, since there are many words and few that are new.
type reader struct {
	splitter
	dictionary *dictionary
	ids        [french + 1]map[string]uint32
	class      class
	field      field
	seen       []tally    // by form; those of the document that is read
	met        []uint32   // the forms in it
	texts      route.Hash // of it
}

func newReader(d *dictionary) *reader {
	r := &reader{dictionary: d}
	for c := range r.ids {
		r.ids[c] = map[string]uint32{}
	}
	r.emit = r.take
	return r
}

func (r *reader) take(text []byte) {
	c := r.class
	id, ok := r.ids[c][string(text)]
	if !ok {
		id = r.dictionary.id(c, text)
		r.ids[c][string(text)] = id
	}
	for int(id) >= len(r.seen) {
		r.seen = append(r.seen, make([]tally, len(r.seen)+1024)...)
	}
	t := &r.seen[id]
	if t.times == 0 {
		r.met = append(r.met, id)
	}
	t.field, t.times = max(t.field, r.field), t.times+1
}

func (r *reader) read(p *site.Page) read {
	r.met = r.met[:0]
	r.class = classOf(p.Lang)
	say := func(f field, text string) {
		r.field = f
		r.split(text)
	}
	say(inTitle, p.Title)
	h := &r.texts
	h.Reset()
	room := spill.NewRoom()
	defer room.Done()
	for _, s := range Sections(p, room) {
		h.Add(s.ID, s.Heading, s.Role, s.Text)
		if s.Role != "" {
			h.Add(p.Lang) // it is written in this language
		}
		say(inHeading, s.Heading)
		say(inText, s.Text)
	}
	say(inSummary, p.Excerpt())
	if p.Kind != postmortem.KindPage {
		say(inTitle, p.ID)
	}
	for _, list := range [][]*site.Term{p.ServiceTerms, p.TagTerms} {
		for _, t := range list {
			say(inHeading, t.Name)
		}
	}
	if p.Severity != nil {
		say(inText, p.Severity.ID)
		say(inText, p.Severity.Label)
	}
	r.filters(p)
	list := make([]word, 0, len(r.met))
	for _, id := range r.met {
		list = append(list, newWord(id, r.seen[id]))
		r.seen[id] = tally{}
	}
	slices.Sort(list)
	return read{list, h.Sum()}
}

// filters adds what a query can be narrowed to: "service:api" and so on, each
// word of a name by itself, and the whole name in one.
func (r *reader) filters(p *site.Page) {
	r.class, r.field = plain, inText
	filter := func(kind string, names ...string) {
		for _, name := range names {
			if name != "" {
				r.take([]byte(kind + ":" + filterValue(name)))
			}
		}
	}
	for _, t := range p.ServiceTerms {
		filter("service", t.Name, t.Slug)
		filter("service", strings.Fields(t.Name)...)
	}
	if p.Original != nil {
		r.take([]byte(translationMark))
	}
	if p.Severity != nil {
		filter("severity", p.Severity.ID, p.Severity.Label)
	}
	if p.Date.Known() {
		filter("year", p.Date.Time.Format("2006"))
	}
}

// filterValue is how the value of a filter is compared: folded, its words with
// hyphens between them.
func filterValue(name string) string {
	parts := strings.FieldsFunc(string(fold(nil, name)), func(r rune) bool { return !wordRune(r) })
	return strings.Join(parts, "-")
}

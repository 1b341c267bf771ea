// Package search makes an index of a site that a browser can ask without a
// server: what a query downloads grows with its answer and not with the site.
//
// The index is cut into shards by the first letters of the words' stems
// (Scheme). A shard holds, for each of its stems, the documents that have it,
// with how it weighs there, and the words as they are written, which is how the
// beginning of a word and a mistyped one are found. The client is
// static/search.js; words and stems are made the same way on both sides.
//
// How many shards there are and what they are called depends on the number of
// documents alone, so that the routes of a site are known before anything is
// indexed, and an edit of a document changes only the shards of its words.
//
// It reads what stands in the model: what is not public never was there.
package search

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"publish/internal/bug"
	"publish/internal/route"
	"publish/internal/site"
)

// Scheme says how an index is cut.
type Scheme struct {
	Letters int // of a stem decide its shard
	Shards  int // a power of two
}

// schemes are for sites of so many documents: a shard should have some KB, and
// a small site few files.
var schemes = []struct {
	documents int
	Scheme
}{
	{60, Scheme{1, 8}},
	{300, Scheme{1, 32}},
	{3000, Scheme{2, 256}},
	{30000, Scheme{3, 1024}},
}

func schemeFor(documents int) Scheme {
	for _, s := range schemes {
		if documents <= s.documents {
			return s.Scheme
		}
	}
	return Scheme{3, 4096}
}

// Shard is the number of the shard that a stem stands in. Filters
// ("year:2024") are spread by all their letters.
func (s Scheme) Shard(stem string) int {
	letters := s.Letters
	if strings.IndexByte(stem, ':') >= 0 {
		letters = len(stem)
	}
	hash := uint32(2166136261) // FNV-1a, by characters
	for _, r := range stem {
		if letters--; letters < 0 {
			break
		}
		hash = (hash ^ uint32(r)) * 16777619
	}
	return int((hash ^ hash>>13) & uint32(s.Shards-1))
}

// Index is the index of one revision of a site. It may be used by many
// goroutines once SetKeys has returned.
type Index struct {
	Scheme
	// Pages by their numbers.
	Pages []*site.Page
	// Version names the numbering: as long as it stays, files of two revisions
	// can be used together.
	Version string

	memory *Memory
	keys   []route.Key // of each page
	all    route.Key   // of them all
	read   []read      // of each page; nil if not read yet
	sums   [][2]uint64 // of each shard; nil if not known
	once   sync.Once
	shards [][]byte
}

// New makes the index of a site. Memory may be nil. Nothing is read of a text
// before a shard is asked for.
func New(s *site.Site, memory *Memory) *Index {
	if memory == nil {
		memory = NewMemory()
	}
	x := &Index{Pages: inOrder(s), memory: memory}
	x.Scheme = schemeFor(len(x.Pages))
	var h route.Hash
	h.Int(format)
	for _, p := range x.Pages {
		h.Add(p.Path)
	}
	sum := h.Sum()
	x.Version = hex.EncodeToString(sum[:5])
	return x
}

// translationMark is a word that all translations have, and that no query can
// ask for.
const translationMark = "is:translation"

// HasTranslations says whether there are any.
func (x *Index) HasTranslations() bool {
	return slices.ContainsFunc(x.Pages, func(p *site.Page) bool { return p.Original != nil })
}

// format is the number of the format of the files.
const format = 1

// inOrder puts pages into the order in which they are numbered: what is new
// comes last, so that a new report moves no other. Translations follow their
// originals: the script knows by that, and by translationMark, which documents
// are one, and shows the best of them.
func inOrder(s *site.Site) []*site.Page {
	pages := make([]*site.Page, 0, len(s.Posts)+len(s.Pages)+len(s.Translations)+1)
	add := func(p *site.Page) {
		pages = append(pages, p)
		pages = append(pages, p.Translations...)
	}
	if s.Home != nil {
		add(s.Home)
	}
	for _, p := range s.Pages {
		add(p)
	}
	for _, p := range slices.Backward(s.Posts) {
		add(p)
	}
	return pages
}

// SetKeys tells the key of what each page says and is filed under: equal keys
// mean equal words.
func (x *Index) SetKeys(key func(p *site.Page) route.Key) {
	x.keys = make([]route.Key, len(x.Pages))
	var h route.Hash
	h.Add(x.Version)
	for i, p := range x.Pages {
		x.keys[i] = key(p)
		h.Key(x.keys[i])
	}
	x.all = h.Sum()
	if x.memory.warm.Load() {
		x.read = x.memory.read(x.Pages, x.keys)
		x.sum()
	}
}

// AddShard adds to a key what a shard depends on: its words, as far as the
// memory knows them, or else all that the pages say.
func (x *Index) AddShard(h *route.Hash, shard int) {
	if x.sums == nil {
		h.Key(x.all)
		return
	}
	h.Add(x.Version)
	h.Int(int(x.sums[shard][0]))
	h.Int(int(x.sums[shard][1]))
}

// AddSections adds to a key what the sections of a page depend on, by the page's
// number.
func (x *Index) AddSections(h *route.Hash, page int) {
	if x.sums == nil {
		h.Bytes(x.Pages[page].Document.Hash[:])
		return
	}
	h.Key(x.read[page].sections)
}

// sum gives each shard a hash of what its words are in which document. It does
// not matter in which order they are added.
func (x *Index) sum() {
	sums := make([][2]uint64, x.Shards)
	forms := x.memory.dictionary.known()
	shards := make([]int32, len(forms))
	for i := range forms {
		shards[i] = int32(x.Scheme.Shard(forms[i].stem))
	}
	for n, page := range x.read {
		for _, w := range page.words {
			hash, to := &forms[w.form()].hash, &sums[shards[w.form()]]
			at := uint64(n)<<3 | uint64(w.weight())
			to[0] += mix(hash[0] + at)
			to[1] += mix(hash[1] ^ at)
		}
	}
	x.sums = sums
}

// mix spreads a number over all 64 bits (the finalizer of SplitMix64, Steele,
// Lea and Flood, 2014).
func mix(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// Shard gives the bytes of a shard.
func (x *Index) Shard(shard int) []byte {
	x.once.Do(func() {
		x.memory.Warm()
		if x.read == nil {
			x.read = x.memory.read(x.Pages, x.keys)
		}
		x.shards = x.invert()
	})
	return x.shards[shard]
}

// invert turns what words each document has into what documents each word has.
func (x *Index) invert() [][]byte {
	forms := x.memory.dictionary.known()
	stems := map[string]*postings{}
	of := make([]*postings, len(forms))
	for n, doc := range x.read {
		for _, w := range doc.words {
			p := of[w.form()]
			if p == nil {
				f := &forms[w.form()]
				if p = stems[f.stem]; p == nil {
					p = &postings{stem: f.stem, last: -1}
					stems[f.stem] = p
				}
				p.forms = append(p.forms, f.text)
				of[w.form()] = p
			}
			p.add(n, w.weight())
		}
	}
	byShard := make([][]*postings, x.Shards)
	for _, p := range stems {
		p.flush()
		n := x.Scheme.Shard(p.stem)
		byShard[n] = append(byShard[n], p)
	}
	shards := make([][]byte, x.Shards)
	bug.Each(x.Shards, 16, func() func(int) {
		return func(i int) {
			slices.SortFunc(byShard[i], func(a, b *postings) int { return cmp.Compare(a.stem, b.stem) })
			shards[i] = appendShard(nil, byShard[i])
		}
	})
	return shards
}

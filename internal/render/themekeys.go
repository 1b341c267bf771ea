package render

import (
	"maps"
	"path"
	"slices"

	"publish/internal/pattern"
	"publish/internal/route"
	"publish/internal/site"
)

// references are what layouts ask for by name: .Asset "style.css",
// .Link "/about/". Only these, and not every file of static/, decide how a page
// looks; a name that a layout computes stands for all of them.
type references struct {
	assets, links        map[string]bool
	everyAsset, everyURL bool
}

// Each pattern begins with what a search finds at once.
var (
	assetCall = pattern.New(`\.Asset\b(?:\s+"([^"\\]*)")?`)
	linkCall  = pattern.New(`\.Link\s+(?:"([^"\\]*)"|[^\s}|)])`)
	linkPipe  = pattern.New(`\|\s*\S*\.Link\b`)
)

// read adds what a layout asks for.
func (r *references) read(layout string) {
	if r.assets == nil {
		r.assets, r.links = map[string]bool{}, map[string]bool{}
	}
	for _, m := range assetCall.FindAllStringSubmatch(layout, -1) {
		r.assets[m[1]] = true
		r.everyAsset = r.everyAsset || m[1] == ""
	}
	for _, m := range linkCall.FindAllStringSubmatch(layout, -1) {
		r.links[m[1]] = true
		r.everyURL = r.everyURL || m[1] == ""
	}
	r.everyURL = r.everyURL || linkPipe.MatchString(layout)
}

// Behaviour is the hash of what an open page cannot take in piece by piece: the
// layouts and the scripts. Styles and images are no part of it.
func (t *Theme) Behaviour() route.Key {
	var h route.Hash
	for _, name := range slices.Sorted(maps.Keys(t.keys)) {
		h.Add(name)
		h.Key(t.keys[name])
	}
	for _, f := range t.static {
		if ext := path.Ext(f.path); ext != ".js" && ext != ".mjs" {
			continue
		}
		sum, err := f.sum()
		h.Add(f.path)
		h.Bytes(sum[:])
		h.Bool(err == nil)
	}
	return h.Sum()
}

// layoutKeyOf is the key of one page's layout.
func layoutKeyOf(shared route.Key, name, text string) route.Key {
	var h route.Hash
	h.Key(shared)
	h.Add(name, text)
	return h.Sum()
}

// addReferences adds the addresses that layouts ask for by name.
func (t *Theme) addReferences(h *route.Hash, s *site.Site) {
	assets := slices.Sorted(maps.Keys(t.refers.assets))
	if t.refers.everyAsset {
		assets = slices.Sorted(maps.Keys(t.byName))
	}
	for _, name := range assets {
		address, err := t.asset(name)
		h.Add(name, address)
		h.Bool(err == nil)
	}
	if t.refers.everyURL {
		s.Links.AddAddresses(h)
	}
	for _, route := range slices.Sorted(maps.Keys(t.refers.links)) {
		s.Links.AddAddress(h, route)
	}
}

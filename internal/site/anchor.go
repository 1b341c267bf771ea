package site

import "strconv"

// Anchor gives the id of a part that a page makes by itself ("timeline"): one
// that the text does not use.
func (p *Page) Anchor(id string) string {
	name := id
	for n := 2; p.Body().IDs.Has(name); n++ {
		name = id + "-" + strconv.Itoa(n)
	}
	return name
}

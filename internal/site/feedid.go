package site

import (
	"crypto/sha1"
	"encoding/hex"
	"path"
	"slices"

	"publish/internal/diag"
)

// feedNamespace is publish's own name space for ids (RFC 9562 §6.6: any UUID
// that is not used for another purpose); it must never change.
var feedNamespace = [16]byte{0x8a, 0x2f, 0x0c, 0x57, 0x3d, 0x61, 0x4e, 0x0b, 0x9b, 0x7e, 0x51, 0x1d, 0xc4, 0x06, 0xaa, 0x93}

// defaultFeedID is the name that stands in for `feed.id` where a site sets none.
const defaultFeedID = "publish"

// FeedID is the id of a post in feeds, urn:uuid of version 5, made of the
// site's `feed.id` and the post's own id, so that it survives a change of
// title, slug, permalink, base URL and text. An empty post id names the feed
// itself.
func FeedID(siteID, postID string) string {
	if siteID == "" {
		siteID = defaultFeedID
	}
	return urn(uuid5(uuid5(feedNamespace, siteID), postID))
}

func urn(u [16]byte) string {
	text := []byte("urn:uuid:")
	for i, part := range [][]byte{u[0:4], u[4:6], u[6:8], u[8:10], u[10:16]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// uuid5 is RFC 9562 §5.5: SHA-1 of name space and name, with version and
// variant bits set.
func uuid5(space [16]byte, name string) (u [16]byte) {
	sum := sha1.Sum(append(space[:], name...))
	copy(u[:], sum[:])
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return u
}

// setFeedIDs gives every post its id in feeds, also those that were withdrawn.
func (s *Site) setFeedIDs(diags *diag.List) {
	byID := map[string]*Page{}
	for _, p := range slices.Backward(slices.Concat(s.Posts, s.Tombstones)) { // the older keeps it
		p.FeedID = s.feedID(p)
		if other := byID[p.FeedID]; other != nil && p.Head.FeedID.Text != "" {
			diags.Report(diag.FieldDuplicate, p.Head.FeedID.Pos, "leave one of them out: readers of feeds show one entry for an id",
				"the feed_id %q is also that of %q", p.FeedID, other.Document.Path)
		}
		byID[p.FeedID] = p
	}
}

// feedID is the id of a post in feeds: the one that it had before, as its author
// says. A Jekyll site keeps jekyll-feed's.
func (s *Site) feedID(p *Page) string {
	switch {
	case p.Head.FeedID.Text != "":
		return p.Head.FeedID.Text
	case s.Jekyll && p.Head.ID == "" && s.Links.Known():
		return s.JekyllFeedID(p)
	}
	return FeedID(s.Config.Feed.ID, p.ID)
}

// JekyllFeedID is the id that jekyll-feed gives a post: the address of the post's
// folder and its slug. The site's address has to be known.
func (s *Site) JekyllFeedID(p *Page) string {
	dir := path.Dir(path.Clean(s.Links.Address(p.Path)))
	return s.Links.Absolute(path.Join(dir, s.jekyllSlug(p)))
}

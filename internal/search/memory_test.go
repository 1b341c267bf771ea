package search_test

import (
	"fmt"
	"sync"
	"testing"

	"publish/internal/content"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
)

// TestMemoryIsShared: the preview writes the shards of one revision while it
// reads the next one, whose words are new to the dictionary. The race detector
// is what sees them meet.
func TestMemoryIsShared(t *testing.T) {
	memory := search.NewMemory()
	memory.Warm()
	revision := func(n int) *search.Index {
		s := &site.Site{}
		for i := range 40 {
			s.Posts = append(s.Posts, &site.Page{Path: fmt.Sprintf("/%d/", i), Document: content.Document{Title: fmt.Sprintf("word%d of %d", n, i)}.With(&postmortem.Postmortem{}, &markdown.Doc{})})
		}
		x := search.New(s, memory)
		x.SetKeys(func(p *site.Page) route.Key {
			var h route.Hash
			h.Add(p.Title)
			return h.Sum()
		})
		return x
	}
	var shards sync.WaitGroup
	for n := range 20 {
		x := revision(n)
		shards.Go(func() { x.Shard(0) })
	}
	shards.Wait()
}

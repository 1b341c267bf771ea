package render

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"github.com/gorilla/feeds"
)

// jsonFeed is JSON Feed 1.1. The library leaves an empty list of items out,
// and knows no language of an item.
type jsonFeed struct {
	*feeds.JSONFeed
	Items []jsonItem `json:"items"`
}

type jsonItem struct {
	*feeds.JSONItem
	Language string `json:"language,omitempty"`
}

func encodeJSONFeed(w io.Writer, f *feed, self string) error {
	j := jsonFeed{JSONFeed: (&feeds.JSON{Feed: f.generic()}).JSONFeed(), Items: []jsonItem{}}
	j.FeedUrl, j.Description, j.Language = self, f.subtitle, f.language
	for _, name := range f.authors {
		j.Authors = append(j.Authors, &feeds.JSONAuthor{Name: name})
	}
	for i, item := range j.JSONFeed.Items {
		j.Items = append(j.Items, newJSONItem(item, &f.entries[i]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(j)
}

func newJSONItem(item *feeds.JSONItem, e *feedEntry) jsonItem {
	x := jsonItem{JSONItem: item, Language: e.language}
	x.Summary = e.summary
	if x.ContentHTML == "" { // one of the two is required
		x.ContentText = cmp.Or(e.summary, e.title)
	}
	if e.updated.Equal(e.published) {
		x.ModifiedDate = nil
	}
	for _, a := range e.authors {
		x.Authors = append(x.Authors, &feeds.JSONAuthor{Name: a.Name, Url: a.URL})
	}
	for _, c := range e.categories {
		if name := cmp.Or(c.label, c.term); !slices.Contains(x.Tags, name) {
			x.Tags = append(x.Tags, name)
		}
	}
	return x
}

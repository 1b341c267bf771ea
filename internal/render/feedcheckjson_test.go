package render

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// jsonFeedForm is JSON Feed 1.1 as types, with all that it allows.
type jsonFeedForm struct {
	Version     string           `json:"version"`
	Title       string           `json:"title"`
	Home        string           `json:"home_page_url"`
	Self        string           `json:"feed_url"`
	Description *string          `json:"description"`
	Language    string           `json:"language"`
	Authors     []jsonPersonForm `json:"authors"`
	Items       *[]jsonItemForm  `json:"items"`
}

type jsonPersonForm struct {
	Name string  `json:"name"`
	URL  *string `json:"url"`
}

type jsonItemForm struct {
	ID        string           `json:"id"`
	URL       string           `json:"url"`
	Title     string           `json:"title"`
	Summary   *string          `json:"summary"`
	HTML      *string          `json:"content_html"`
	Text      *string          `json:"content_text"`
	Published string           `json:"date_published"`
	Modified  *string          `json:"date_modified"`
	Authors   []jsonPersonForm `json:"authors"`
	Tags      []string         `json:"tags"`
	Language  *string          `json:"language"`
}

func checkJSONFeed(t *testing.T, raw []byte) {
	t.Helper()
	var f jsonFeedForm
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		t.Fatal(err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.Items == nil {
		t.Fatalf("%+v", f)
	}
	checkLanguage(t, f.Language)
	checkAbsolute(t, "home_page_url", f.Home)
	checkAbsolute(t, "feed_url", f.Self)
	if len(f.Authors) == 0 {
		t.Error("the feed has no author")
	}
	checkPersons(t, f.Authors)
	ids := map[string]bool{}
	for _, item := range *f.Items {
		if item.ID == "" || ids[item.ID] {
			t.Errorf("id %q empty or twice", item.ID)
		}
		ids[item.ID] = true
		checkAbsolute(t, "url", item.URL)
		if (item.HTML == nil) == (item.Text == nil) {
			t.Errorf("item %q has no content, or two", item.ID)
		}
		if item.HTML != nil {
			checkContent(t, *item.HTML)
		}
		at := checkTime(t, time.RFC3339, item.Published)
		if item.Modified != nil && !checkTime(t, time.RFC3339, *item.Modified).After(at) {
			t.Errorf("item %q was modified at %s, published at %s", item.ID, *item.Modified, item.Published)
		}
		checkPersons(t, item.Authors)
		for _, tag := range item.Tags {
			if strings.TrimSpace(tag) == "" {
				t.Errorf("item %q has an empty tag", item.ID)
			}
		}
		if item.Language != nil {
			checkLanguage(t, *item.Language)
		}
	}
}

func checkPersons(t *testing.T, list []jsonPersonForm) {
	t.Helper()
	for _, p := range list {
		if strings.TrimSpace(p.Name) == "" || strings.Contains(p.Name, "@") {
			t.Errorf("an author called %q", p.Name)
		}
		if p.URL != nil {
			checkAbsolute(t, "author", *p.URL)
		}
	}
}

// languageTag is the part of BCP 47 that sites use.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$`)

func checkLanguage(t *testing.T, tag string) {
	t.Helper()
	if !languageTag.MatchString(tag) {
		t.Errorf("%q is no language", tag)
	}
}

// checkMailTime reads a time of RFC 822 as RSS has it: the day of the week is
// the right one, the year has four digits.
func checkMailTime(t *testing.T, text string) {
	t.Helper()
	if at := checkTime(t, time.RFC1123Z, text); at.Format(time.RFC1123Z) != text {
		t.Errorf("the time %q should be %q", text, at.Format(time.RFC1123Z))
	}
}

// inFeeds are the elements that a reader of feeds can show; readers drop what
// they do not know, with what stands in it.
var inFeeds = strings.Fields(`a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
	figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q s samp small source span strong sub summary sup
	table tbody td tfoot th thead time tr u ul var audio video wbr`)

// checkContent holds the HTML of an entry against what readers of feeds can do:
// known elements, all closed, absolute addresses, nothing that belongs to the
// page (ids, classes, styles, scripts).
func checkContent(t *testing.T, text string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%v are not closed in\n%s", open, text)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%q is no content", z.Token())
		case html.StartTagToken:
			tag := z.Token()
			checkTag(t, tag)
			if !voidElements[tag.Data] {
				open = append(open, tag.Data)
			}
		case html.SelfClosingTagToken:
			checkTag(t, z.Token())
		case html.EndTagToken:
			tag := z.Token()
			if len(open) == 0 || open[len(open)-1] != tag.Data {
				t.Errorf("</%s> closes %v in\n%s", tag.Data, open, text)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func checkTag(t *testing.T, tag html.Token) {
	t.Helper()
	if !slices.Contains(inFeeds, tag.Data) {
		t.Errorf("<%s> is nothing for readers of feeds", tag.Data)
	}
	for _, a := range tag.Attr {
		switch {
		case tag.Data == "var" && a.Key == "data-var": // Statuspage's own, which its clients look for
		case slices.Contains([]string{"id", "class", "style", "name", "srcset", "tabindex"}, a.Key), strings.HasPrefix(a.Key, "on"), strings.HasPrefix(a.Key, "data-"):
			t.Errorf("<%s> has the attribute %s", tag.Data, a.Key)
		case slices.Contains([]string{"href", "src", "cite", "poster"}, a.Key) && !strings.HasPrefix(a.Val, "mailto:"):
			checkAbsolute(t, a.Key, a.Val)
		}
	}
}

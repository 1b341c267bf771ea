package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// TestStatusHistory: both feeds are good, and read by a real reader.
func TestStatusHistory(t *testing.T) {
	routes := statusTestRoutes(t, statusFilesOfTest)
	for i, path := range []string{"/history.atom", "/history.rss"} {
		raw := renderRoute(t, routes, path)
		checkFeed(t, feedFormats[i], raw)
		f, items := readFeed(t, raw)
		if f != "Example Status - Incident History" || len(items) != 8 {
			t.Errorf("%s: %q with %d entries", path, f, len(items))
		}
		want := `<p><small>Nov <var data-var="date">21</var>, <var data-var="time">10:10</var> CET</small><br><strong>Update</strong> - Still at it</p>` +
			`<p><small>Nov <var data-var="date">21</var>, <var data-var="time">10:00</var> CET</small><br><strong>Monitoring</strong> - A fix is out</p>`
		if !strings.HasPrefix(items[0], want) {
			t.Errorf("%s: %s", path, items[0])
		}
	}
}

// readFeed gives the title of a feed and the contents of its entries.
func readFeed(t *testing.T, raw []byte) (title string, contents []string) {
	t.Helper()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range f.Items {
		contents = append(contents, item.Content)
	}
	return f.Title, contents
}

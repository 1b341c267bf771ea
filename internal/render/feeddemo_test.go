package render

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// demonstrationFiles are the project's own site.
func demonstrationFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS("../..")
	for _, top := range []string{"publish.yaml", "content"} {
		err := fs.WalkDir(root, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(root, name)
			files[filepath.ToSlash(name)] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestFeedsOfTheDemonstration: every feed is valid, a reader of feeds reads
// every entry, and there are as many as the site has reports.
func TestFeedsOfTheDemonstration(t *testing.T) {
	files := demonstrationFiles(t)
	files["publish.yaml"] += "\ncountermeasures: {show: [due, owner]}\n"
	s := loadTestSite(t, files)
	want := map[string]int{"/updates.xml": len(newestNews(s))}
	for _, format := range feedFormats {
		want[format.path] = len(s.Posts)
	}
	for _, t := range slices.Concat(s.Services, s.Severities, s.Tags) {
		want[termFeedPath(t)] = len(t.Pages)
	}
	routes := machineRoutes(s)
	read := 0
	for _, r := range routes {
		at := slices.IndexFunc(feedFormats, func(f feedFormat) bool { return strings.HasPrefix(r.Type, f.media+";") })
		if at < 0 {
			continue
		}
		read++
		raw := renderRoute(t, routes, r.Path)
		checkFeed(t, feedFormats[at], raw)
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", r.Path, err)
			continue
		}
		if n, ok := want[r.Path]; !ok || len(feed.Items) != n {
			t.Errorf("%s has %d entries, the site %d", r.Path, len(feed.Items), n)
		}
		if feed.FeedLink != s.Links.Absolute(r.Path) {
			t.Errorf("%s calls itself %s", r.Path, feed.FeedLink)
		}
	}
	if read != len(want) || read < 10 || want["/updates.xml"] == 0 {
		t.Errorf("%d feeds were read, the site has %d", read, len(want))
	}
	_, events := readCalendar(t, string(renderRoute(t, routes, calendarPath)))
	due := 0
	for _, p := range s.Register() {
		if p.Unsettled() && p.Due.Known() {
			due++
		}
	}
	if len(events) != due {
		t.Errorf("the calendar has %d events, the site %d days", len(events), due)
	}
}

package diff

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

func readFiles(t *testing.T, files map[string]string) *Site {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	src, err := Folder(folder, "/")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCompareFolders(t *testing.T) {
	feed := func(entries ...string) string {
		return `<rss version="2.0"><channel><title>R</title>` + strings.Join(entries, "") + "</channel></rss>"
	}
	item := func(id string, day int, text string) string {
		return fmt.Sprintf("<item><guid>%s</guid><title>T%s</title><link>https://example.org/%s/</link><pubDate>%s</pubDate><description>%s</description></item>",
			id, id, id, time.Date(2024, 1, day, 0, 0, 0, 0, time.UTC).Format(time.RFC1123Z), text)
	}
	old := readFiles(t, map[string]string{
		"index.html": "<title>Home</title><main><p>One</p></main>", "a.html": "<title>A</title><article><p>Same</p></article><footer>1</footer>",
		"gone/index.html": "<title>Gone</title>", "pic.png": "1", "log.txt": "x", ".nojekyll": "",
		"feed.xml": feed(item("3", 3, "x"), item("2", 2, "x"), item("1", 1, "x")), "old.xml": feed(item("1", 1, "x")),
	})
	fresh := readFiles(t, map[string]string{
		"index.html": "<title>Home</title><main><p>Two</p></main>", "a/index.html": "no", "a.html": "<title>A</title><article><p>Same</p></article><footer>2</footer>",
		"new.html": "<title>New</title>", "moved.html": `<meta http-equiv="refresh" content="0; url=a.html">`, "pic.png": "2", "more.txt": "x",
		"feed.xml": feed(item("4", 4, "x"), item("3", 3, "other"), item("2b", 2, "x")),
	})
	r := Compare(old, fresh)
	var got []string
	for _, p := range r.Removed {
		got = append(got, "- "+p.Path)
	}
	for _, p := range r.Added {
		got = append(got, "+ "+p.Path)
	}
	for _, c := range r.Changed {
		got = append(got, fmt.Sprintf("~ %s %s", c.Page.Path, fmt.Sprint(c.Lines)))
	}
	for _, f := range r.Feeds {
		got = append(got, fmt.Sprint(f.Path, " gone ", f.Gone, " +", titles(f.Added), " ~", titles(f.Changed), " -", titles(f.Vanished), " aged ", f.Aged))
	}
	got = append(got, fmt.Sprint("files ", r.Files.Added, r.Files.Changed, r.Files.Removed), fmt.Sprint("same ", r.Same, " frame ", r.Frame))
	want := []string{
		"- /gone/", "+ /a/", "+ /new.html", "~ / [{45 One} {43 Two}]",
		"/feed.xml gone false +[T4 T2b] ~[T3] -[T2] aged 1", "/old.xml gone true +[] ~[] -[T1] aged 0",
		"files [/more.txt] [/pic.png] [/log.txt]", "same 1 frame 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func titles(list []Entry) []string {
	names := []string{}
	for _, e := range list {
		names = append(names, e.Title)
	}
	return names
}

func TestPagesThatLeadOn(t *testing.T) {
	s := readFiles(t, map[string]string{
		"index.html":    `<link rel="canonical" href="https://example.org/r/">`,
		"a/index.html":  `<meta http-equiv="refresh" content="0; url=../b/"><title>Moved</title>`,
		"c.html":        `<META HTTP-EQUIV=refresh CONTENT="0;URL='/r/b/'">`,
		"d.html":        `<meta http-equiv="refresh" content="0; url=https://example.org/r/b/?x=1&amp;y=2">`,
		"e.html":        `<meta http-equiv="refresh" content="0; url=https://example.net/">`,
		"b/index.html":  "<h1>B</h1>",
		"every/10.html": `<meta http-equiv="refresh" content="10">`,
	})
	for path, want := range map[string]string{"/a/": "/b/", "/c.html": "/b/", "/d.html": "/b/", "/e.html": "/", "/b/": "", "/every/10.html": ""} {
		if p := s.Pages[path]; p == nil || p.To != want {
			t.Errorf("%s leads to %+v, want %q", path, p, want)
		}
	}
}

// Hosts of files answer "/a" with a.html and with a/index.html.
func TestAddressesThatHostsAnswer(t *testing.T) {
	s := readFiles(t, map[string]string{"a.html": "a", "b/index.html": "b", "index.html": "home"})
	for path, want := range map[string]string{
		"/": "/", "/index.html": "/", "/a": "/a.html", "/a.html": "/a.html", "/b": "/b/", "/b/": "/b/", "/b/index.html": "/b/",
		"/a/": "", "/b.html": "", "/c": "",
	} {
		got := ""
		if p := s.At(path); p != nil {
			got = p.Path
		}
		if got != want {
			t.Errorf("%s is answered by %q, want %q", path, got, want)
		}
	}
}

func TestFeedsOfOthers(t *testing.T) {
	local := func(address string) string { return strings.TrimPrefix(address, "https://example.org") }
	for name, text := range map[string]string{
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>i</id><title>T</title><link rel="self" href="x"/><link href="https://example.org/t/"/>
<published>2024-01-02T00:00:00Z</published><updated>2024-01-03T00:00:00Z</updated></entry></feed>`,
		"RSS 2.0": `<rss version="2.0"><channel><title>F</title><link>x</link><item><guid>i</guid><title>T</title><link>https://example.org/t/</link><pubDate>Tue, 2 Jan 2024 00:00:00 GMT</pubDate></item></channel></rss>`,
		"RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title></channel>
<item rdf:about="i"><guid>i</guid><title>T</title><link>https://example.org/t/</link><dc:date>2024-01-02</dc:date></item></rdf:RDF>`,
		"JSON":    `{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"i","title":"T","url":"https://example.org/t/","date_published":"2024-01-02T00:00:00Z"}]}`,
		"latin-1": "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><feed><title>F</title><entry><id>i</id><title>T</title><link href='https://example.org/t/'/><updated>2024-01-02T00:00:00Z</updated><content>caf\xe9 &nbsp;</content></entry></feed>",
	} {
		f := readFeed("/feed.xml", []byte(text), local)
		if f == nil || f.Title != "F" || len(f.Entries) != 1 {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		if e := f.Entries[0]; e.ID != "i" || e.Title != "T" || e.Path != "/t/" || e.Published.Format(time.DateOnly) != "2024-01-02" {
			t.Errorf("%s: %+v", name, e)
		}
	}
	for _, text := range []string{"", "<html/>", "{}", "<feed", `{"version":1}`} {
		if f := readFeed("/x", []byte(text), local); f != nil {
			t.Errorf("%q is a feed: %+v", text, f)
		}
	}
}

// What differs between two texts, put into the first, gives the second.
func TestLinesLeadFromOneTextToTheOther(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var a, b []string
		for range random.IntN(12) {
			a = append(a, string(rune('a'+random.IntN(4))))
		}
		for range random.IntN(12) {
			b = append(b, string(rune('a'+random.IntN(4))))
		}
		gone, come := map[string]int{}, map[string]int{}
		for _, l := range compareLines(a, b) {
			if l.Sign == '-' {
				gone[l.Text]++
			} else {
				come[l.Text]++
			}
		}
		for _, c := range "abcd" {
			s := string(c)
			n := func(list []string) int { return strings.Count(strings.Join(list, ""), s) }
			if n(a)-gone[s]+come[s] != n(b) {
				t.Fatalf("%v to %v: %v", a, b, compareLines(a, b))
			}
		}
	}
	if got := compareLines([]string{"a", "b", "c"}, []string{"a", "x", "c"}); !slices.Equal(got, []Line{{'-', "b"}, {'+', "x"}}) {
		t.Errorf("got %v", got)
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add("<article data-id=\"x\"><h1>T</h1><p>a<br>b</article>")
	f.Add("<main></main><main>")
	f.Add("</article><article>")
	f.Fuzz(func(t *testing.T, text string) {
		for _, line := range readPage("/", text).Lines() {
			if line == "" || strings.Contains(line, "\n") {
				t.Errorf("a line %q", line)
			}
		}
		feedLinks(text)
		claimedBase([]byte(text))
		readFeed("/", []byte(text), func(s string) string { return s })
	})
}

// TestManyPages: of a site that has more pages than are read, every address is
// compared, and it is said of how many the words are not.
func TestManyPages(t *testing.T) {
	const extra = 3
	files := map[string]string{}
	var sitemap strings.Builder
	sitemap.WriteString("<urlset>")
	for i := range maxPages + extra - 1 { // and the home page
		name := fmt.Sprintf("/p/%05d/", i)
		files[name] = fmt.Sprintf("<title>P%d</title><main><p>Text</p></main>", i)
		sitemap.WriteString("<url><loc>https://example.org" + name + "</loc></url>")
	}
	files["/"], files["/sitemap.xml"] = "<title>Home</title>", sitemap.String()+"</urlset>"
	var asked atomic.Int32
	old, err := Read(t.Context(), Source{Base: "/", Jobs: 2, Get: func(_ context.Context, path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, nil
		}
		asked.Add(1)
		return []byte(text), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n != maxPages+1 {
		t.Errorf("%d files were asked for", n)
	}
	want := fmt.Sprintf("it has %d pages: of %d of them only the addresses are compared, not the words", maxPages+extra, extra)
	if !slices.Equal(old.Notes, []string{want}) || old.Partial {
		t.Errorf("%q, partial %v", old.Notes, old.Partial)
	}
	built := map[string]string{}
	for name, text := range files {
		if name != "/sitemap.xml" {
			built[strings.TrimPrefix(name, "/")+"index.html"] = text
		}
	}
	if r := Compare(old, readFiles(t, built)); r.Unread != extra || r.Same != maxPages || len(r.Removed)+len(r.Changed)+len(r.Added) > 0 {
		t.Errorf("the same site: %d not compared, %d the same, %d gone", r.Unread, r.Same, len(r.Removed))
	}
	last := fmt.Sprintf("p/%05d/index.html", maxPages+extra-2)
	delete(built, last)
	if r := Compare(old, readFiles(t, built)); len(r.Removed) != 1 || "/"+strings.TrimSuffix(last, "index.html") != r.Removed[0].Path {
		t.Errorf("an address beyond the limit: %v", r.Removed)
	}
}

// TestFeedOfAFolder: a feed at an address that ends in a slash is the index.html
// of its folder, and hosts send who asks without the slash there.
func TestFeedOfAFolder(t *testing.T) {
	const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>R</title><entry><id>1</id><title>T</title></entry></feed>`
	fresh := readFiles(t, map[string]string{"index.html": "<title>Home</title>", "feed/index.html": feed, "page/index.html": "<title>A page on <feed> and <rss></title>"})
	if len(fresh.Pages) != 2 || fresh.Feeds["/feed/"] == nil {
		t.Errorf("%d pages, feeds %v", len(fresh.Pages), fresh.Feeds)
	}
	for _, path := range []string{"/feed", "/feed/"} {
		old := &Site{Feeds: map[string]*Feed{path: {Path: path, Title: "R", Entries: fresh.Feeds["/feed/"].Entries}}}
		if r := Compare(old, &Site{Feeds: fresh.Feeds}); len(r.Feeds) != 1 || r.Feeds[0].Gone || r.Feeds[0].New || r.Feeds[0].Same != 1 {
			t.Errorf("%s: %+v", path, r.Feeds)
		}
	}
	if r := Compare(&Site{Feeds: map[string]*Feed{"/rss/": {Path: "/rss/"}}}, &Site{Feeds: map[string]*Feed{"/rss": {Path: "/rss"}}}); !slices.ContainsFunc(r.Feeds, func(f FeedChange) bool { return f.Path == "/rss/" && f.Gone }) {
		t.Error("a file does not answer for the folder of its name")
	}
}

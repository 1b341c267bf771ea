package site

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/postmortem"
)

func TestSlugKeepsLettersOfAnyScript(t *testing.T) {
	for in, want := range map[string]string{
		"Incident de l’été":           "incident-de-l-été",
		"PM2022-002 -  Logs not sent": "pm2022-002-logs-not-sent",
		"decide is down":              "decide-is-down",
		"障害報告 1":                      "障害報告-1",
		"e\u0301te\u0301":             "été",
		"--a__b--":                    "a-b",
		"!!!":                         "",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTermSlugsTellNamesApart(t *testing.T) {
	terms := []*Term{{Name: "C"}, {Name: "C++"}, {Name: "C#"}, {Name: ".net"}, {Name: "a b"}, {Name: "a-b"}, {Name: "!"}}
	name(terms, "/tags/")
	seen := map[string]string{}
	for _, term := range terms {
		if other, ok := seen[term.Path]; ok {
			t.Errorf("%q and %q share %s", other, term.Name, term.Path)
		}
		seen[term.Path] = term.Name
	}
	if terms[1].Path != "/tags/cplusplus/" || terms[2].Path != "/tags/csharp/" || terms[3].Path != "/tags/dotnet/" {
		t.Errorf("got %s %s %s", terms[1].Path, terms[2].Path, terms[3].Path)
	}
}

func TestRelative(t *testing.T) {
	plain := &Links{}
	portable := &Links{portable: true}
	bare := &Links{bare: map[string]bool{"/2021/x.html": true}}
	for _, c := range []struct {
		links          *Links
		from, to, want string
	}{
		{plain, "/", "/2021/04/29/a/", "2021/04/29/a/"},
		{plain, "/2021/04/29/a/", "/", "../../../../"},
		{plain, "/2021/04/29/a/", "/2021/04/29/a/", "./"},
		{plain, "/2021/04/29/a/", "/2021/04/30/b/", "../../30/b/"},
		{plain, "/about.html", "/feed.xml", "feed.xml"},
		{plain, "/a/", "/a/b.png", "b.png"},
		{plain, "/a/", "/été 1/", "../%C3%A9t%C3%A9%201/"},
		{plain, "/a/", "/a/12:30/", "./12:30/"},
		{plain, "/a/", "/ab/", "../ab/"},
		{portable, "/", "/2021/", "2021/index.html"},
		{portable, "/a/", "/a/", "index.html"},
		{portable, "/a/", "/feed.xml", "../feed.xml"},
		{bare, "/", "/2021/x.html", "2021/x"},
	} {
		if got := c.links.Relative(c.from, c.to); got != c.want {
			t.Errorf("from %s to %s: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// FuzzRelative resolves what Relative writes as a browser does.
func FuzzRelative(f *testing.F) {
	f.Add("/a/b/", "/c/d.png")
	f.Add("/", "/12:00/")
	f.Add("/a", "/a/")
	f.Add("/é/?/", "/#/%41/")
	f.Fuzz(func(t *testing.T, from, to string) {
		from, to = cleanRoute(from), cleanRoute(to)
		if !validText(from) || !validText(to) {
			return
		}
		base := &url.URL{Scheme: "https", Host: "example.com", Path: from}
		rel, err := url.Parse((&Links{}).Relative(from, to))
		if err != nil {
			t.Fatalf("from %q to %q: %v", from, to, err)
		}
		if got := base.ResolveReference(rel).Path; got != to {
			t.Fatalf("from %q: %q leads to %q, not to %q", from, rel, got, to)
		}
		above := dirOf(from)
		for !strings.HasPrefix(to, above) {
			above = dirOf(strings.TrimSuffix(above, "/"))
		}
		if got := commonFolder(dirOf(from), dirOf(to)); got != len(above) {
			t.Fatalf("%q and %q lie in %q, not in %q", from, to, above, from[:got])
		}
	})
}

func validText(s string) bool {
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r == 0xfffd {
			return false
		}
	}
	return true
}

func at(s string) postmortem.Moment {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return postmortem.Moment{Time: t, Precision: postmortem.Day, Written: s}
}

func TestPermalinks(t *testing.T) {
	post := func() *Page {
		return &Page{Slug: "my-post", Document: content.Document{
			Path: "_posts/2021-04-09-My-Post.md", Stem: "My-Post", Date: at("2021-04-09"),
			Kind: postmortem.KindPostmortem,
		}.With(&postmortem.Postmortem{Head: postmortem.Head{Categories: []string{"Web", "x y"}}}, nil)}
	}
	for _, c := range []struct {
		jekyll         bool
		style, want    string
		own            string
		bare, asFolder bool
	}{
		{want: "/2021/04/09/my-post/"},
		{style: "/incidents/:slug/", want: "/incidents/my-post/"},
		{style: "/:year/:slug.html", want: "/2021/my-post.html"},
		{own: "/exact/place/", want: "/exact/place/"},
		{own: "somewhere", want: "/somewhere/"},
		{own: "/../../etc/", want: "/etc/"},
		{jekyll: true, want: "/web/x y/2021/04/09/My-Post.html"},
		{jekyll: true, style: "pretty", want: "/web/x y/2021/04/09/My-Post/"},
		{jekyll: true, style: "ordinal", want: "/web/x y/2021/099/My-Post.html"},
		{jekyll: true, style: "weekdate", want: "/web/x y/2021/W14/Fri/My-Post.html"},
		{jekyll: true, style: "none", want: "/web/x y/My-Post.html"},
		{jekyll: true, style: "/:year/:title", want: "/2021/My-Post.html", bare: true},
		{jekyll: true, style: "/:year-:i_month/:month_:day/:slug/", want: "/2021-4/04_09/my-post/"},
	} {
		s := &Site{Config: &config.Config{Permalink: c.style}, Jekyll: c.jekyll}
		p := post()
		p.Head.Permalink = c.own
		got, bare := s.permalink(p)
		if got != c.want || bare != c.bare {
			t.Errorf("jekyll %v, style %q: got %q (bare %v), want %q", c.jekyll, c.style, got, bare, c.want)
		}
	}
}

// FuzzPermalink: whatever an author writes for an address stays inside the
// site.
func FuzzPermalink(f *testing.F) {
	for _, s := range []string{"/:year/:slug/", "../../x", ":::", "//host/x", "/a/./b/../c", "/:title.html", "\\x"} {
		f.Add(s, "slug")
	}
	f.Fuzz(func(t *testing.T, pattern, slug string) {
		s := &Site{Config: &config.Config{}, Jekyll: len(slug)%2 == 0}
		p := &Page{Slug: Slug(slug), Document: content.Document{Stem: slug, Date: at("2021-04-09")}.With(&postmortem.Postmortem{Head: postmortem.Head{Permalink: pattern}}, nil)}
		route, _ := s.permalink(p)
		if route == "" || route[0] != '/' || route != cleanRoute(route) {
			t.Fatalf("%q gives %q", pattern, route)
		}
	})
}

// TestTheGate: the first reason that applies is the one given.
func TestTheGate(t *testing.T) {
	now := time.Date(2026, 11, 21, 1, 0, 0, 0, time.UTC)
	yes := postmortem.Postmortem{}
	for _, c := range []struct {
		name   string
		meta   postmortem.Postmortem
		date   string
		zone   *time.Location
		broken bool
		want   string
	}{
		{name: "public", meta: yes, date: "2026-11-20"},
		{name: "today", meta: yes, date: "2026-11-21"},
		{name: "tomorrow has begun in the east", meta: yes, date: "2026-11-22", want: "date: 2026-11-22"},
		{name: "tomorrow, zone stated", meta: yes, date: "2026-11-22", zone: time.UTC, want: "date: 2026-11-22"},
		{name: "internal before draft", meta: postmortem.Postmortem{Head: postmortem.Head{Audience: "internal"}, Draft: true}, date: "2020-01-01", want: "audience: internal"},
		{name: "draft before withdrawn", meta: postmortem.Postmortem{Draft: true, Head: postmortem.Head{Withdrawn: "x"}}, date: "2020-01-01", want: "draft: true"},
		{name: "withdrawn before errors", meta: postmortem.Postmortem{Head: postmortem.Head{Withdrawn: "x"}}, date: "2020-01-01", broken: true, want: "withdrawn: x"},
		{name: "embargo", meta: postmortem.Postmortem{Embargo: at("2027-01-01")}, date: "2020-01-01", want: "embargo: 2027-01-01"},
		{name: "embargo over, dated later", meta: postmortem.Postmortem{Embargo: at("2026-01-01")}, date: "2027-01-01"},
		{name: "published says more than date", meta: postmortem.Postmortem{Published: at("2026-01-01")}, date: "2027-01-01"},
		{name: "errors", meta: yes, date: "2020-01-01", broken: true, want: "it has errors"},
	} {
		s := &Site{Config: &config.Config{Timezone: c.zone}, Options: Options{Now: now}}
		d := content.Document{Date: at(c.date), Broken: c.broken}.With(&c.meta, nil)
		if got := s.judge(d); got.reason != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got.reason, c.want)
		}
	}
}

func TestFeedIDsDependOnTheIDAlone(t *testing.T) {
	a, b := FeedID("site", "INC-1"), FeedID("site", "INC-2")
	if a == b || a != FeedID("site", "INC-1") || FeedID("", "x") != FeedID("publish", "x") {
		t.Error("ids are not a function of site and post")
	}
	// Readers keep these for ever: a change of this value is a mistake.
	if want := "urn:uuid:"; len(a) != len(want)+36 || a[len(want)+14] != '5' {
		t.Errorf("%s is no UUID of version 5", a)
	}
}

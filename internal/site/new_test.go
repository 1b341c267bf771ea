package site

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// generated is a folder of as many reports, each with what a report usually
// has: services, tags, a summary, links to others.
func generated(posts int) map[string]string {
	files := map[string]string{"publish.yaml": "title: Reports\nbase_url: https://example.com/\n"}
	name := func(i int) string {
		return fmt.Sprintf("%d-%02d-%02d-an-outage-of-the-service-%d", 2000+i/336, 1+i/28%12, 1+i%28, i)
	}
	for i := range posts {
		files["content/"+name(i)+".md"] = fmt.Sprintf(`---
title: Outage %d of the service
severity: SEV%d
services: [svc-%02d, svc-%02d]
tags: [tag-%03d, tag-%03d, tag-%03d, tag-%03d]
summary: Nothing worked for a while, and %d people said so.
---
## Impact

It was like [the one before](%s.md#impact) and [another](%s.md), as [they](https://example.org/%d) said.
`, i, 1+i%4, i%20, i*7%20, i%150, i*3%150, i*11%150, i*13%150, i, name(max(i-1, 0)), name(i/2), i)
	}
	return files
}

var newOptions = Options{Now: time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)}

// BenchmarkNew makes the model of a folder that was read.
func BenchmarkNew(b *testing.B) {
	for _, posts := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(posts), func(b *testing.B) {
			cfg, folder := load(b, generated(posts))
			b.ReportAllocs()
			for b.Loop() {
				if s, _ := New(cfg, folder, newOptions); len(s.Posts) != posts {
					b.Fatalf("%d posts", len(s.Posts))
				}
			}
		})
	}
}

// BenchmarkAlike finds what is like each report.
func BenchmarkAlike(b *testing.B) {
	cfg, folder := load(b, generated(1000))
	s, _ := New(cfg, folder, newOptions)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range s.Posts {
			p.Alike()
		}
	}
}

// TestNewIsFrugal counts what a post costs: a model is made after every edit,
// so a map or a parsed text for each post would be felt.
func TestNewIsFrugal(t *testing.T) {
	const posts = 400
	cfg, folder := load(t, generated(posts))
	most := map[string]float64{"New": 60, "Alike": 30}
	var s *Site
	got := map[string]float64{
		"New": testing.AllocsPerRun(3, func() { s, _ = New(cfg, folder, newOptions) }),
		"Alike": testing.AllocsPerRun(3, func() {
			for _, p := range s.Posts {
				p.Alike()
			}
		}),
	}
	for name, total := range got {
		if perPost := total / posts; perPost > most[name] {
			t.Errorf("%s allocates %.1f times per post, at most %.0f times are in order", name, perPost, most[name])
		}
	}
}

// The short ways for usual names say what the long ones say.
func FuzzShortWays(f *testing.F) {
	for _, s := range []string{"", "api", "API", "a b", "a-b", "-a", "a--b", "ß", "2021-04-29", "2021-4-9-x", "2021-123-1", "2021-1-", "21-04-29", "a:b:year", ":", "x:_"} {
		f.Add(s)
	}
	date := regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}`)
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := datePrefix(s), len(date.FindString(s)); got != want {
			t.Errorf("of %q a date is %d bytes, not %d", s, want, got)
		}
		if got, want := foldName(s), strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " "); got != want {
			t.Errorf("%q folded is %q, not %q", s, want, got)
		}
		if got, want := Slug(s), cut(hyphenate(strings.ToLower(norm.NFC.String(s)), "")); got != want {
			t.Errorf("the slug of %q is %q, not %q", s, want, got)
		}
	})
}

// TestImagesAreLookedAtOnce: a model that is made again asks no image again.
func TestImagesAreLookedAtOnce(t *testing.T) {
	cfg, folder := load(t, map[string]string{
		"content/a.md":  "# A\n\n![a](a.svg) ![b](b.png)\n",
		"content/a.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><script>x()</script></svg>`,
		"content/b.png": "GIF89a, as far as anybody looks",
	})
	reads := 0
	for _, f := range folder.Files {
		read := f.Read
		f.Read = func() ([]byte, error) { reads++; return read() }
	}
	for range 3 {
		s, diags := New(cfg, folder, newOptions)
		if len(s.Assets) != 2 || s.Assets[0].Width != 30 || s.Assets[0].Height != 20 || len(diags) != 1 {
			t.Fatalf("got %+v and %v", s.Assets, diags)
		}
	}
	if reads != 2 {
		t.Errorf("two files were read %d times", reads)
	}
}

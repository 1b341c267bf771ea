package site

import (
	"strings"
	"sync"
	"testing"

	"publish/internal/content"
)

// reports is a site with what pages have in common.
var reports = map[string]string{
	"publish.yaml": "title: Reports\nbase_url: https://example.com/r/\n",
	"content/2021-04-29-outage.md": "---\ntitle: Outage\nseverity: major\nservices: [API, Web]\ntags: [dns]\nrelated: [2021-05-02-again]\n---\n" +
		"## Timeline\n\n- 09:00 it began\n\nSee [again](2021-05-02-again.md#cause), [here](#timeline), [this](2021-04-29-outage.md#timeline), [all](/archive/), ![a](a.png).\n",
	"content/2021-05-02-again.md": "---\ntitle: Again\nservices: [API, Web]\ntags: [dns]\nrecurrence_of: 2021-04-29-outage\n---\nText.\n\n## Cause\n\nSee [before](2021-04-29-outage.md).\n",
	"content/2021-06-01-third.md": "---\ntitle: Third\nservices: [API, Web]\n---\n## Impact\n\nIt was [slow](later.md).\n",
	"content/about.md":            "# About\n\nWho [we](2021-05-02-again.md) are.\n",
	"content/later.md":            "---\ntitle: Later\ndate: 2021-07-01\nkind: postmortem\nstage: draft\nservices: [API, New]\ntags: [new]\nrelated: [2021-06-01-third]\n---\n## Impact\n\nSee [itself](later.md#impact), [all](/archive/), [none](nowhere.md), ![b](b.png).\n",
	"content/a.png":               "a",
	"content/b.png":               "b",
}

// edited gives the document of one file of a folder in which it was edited.
func edited(t *testing.T, file string, replace ...string) (map[string]string, *content.Document) {
	t.Helper()
	files := map[string]string{}
	for name, text := range reports {
		files[name] = text
	}
	files[file] = strings.NewReplacer(replace...).Replace(files[file])
	if files[file] == reports[file] {
		t.Fatalf("nothing of %q is in %s", replace, file)
	}
	_, folder := load(t, files)
	for _, d := range folder.Documents {
		if d.Path == file {
			return files, d
		}
	}
	t.Fatalf("there is no %s", file)
	return nil, nil
}

// TestAheadIsWhatTheNewModelSays: what an edit of a text changes on its own
// page is there before the model is made anew.
func TestAheadIsWhatTheNewModelSays(t *testing.T) {
	for _, test := range []struct {
		name, file string
		replace    []string
	}{
		{"text", "content/2021-04-29-outage.md", []string{"it began", "it began again"}},
		{"title", "content/2021-04-29-outage.md", []string{"title: Outage", "title: Great outage"}},
		{"new links", "content/2021-04-29-outage.md", []string{"See ", "See [third](2021-06-01-third.md), [none](x.md), [feed](/feed.xml), [no place](2021-06-01-third.md#x), [out](https://example.org/), "}},
		{"links to itself", "content/2021-04-29-outage.md", []string{"## Timeline", "## New place\n\n[here](#new-place), [there](2021-04-29-outage.md#new-place), [gone](#old-place)\n\n## Timeline"}},
		{"an image from elsewhere", "content/2021-04-29-outage.md", []string{"See ", "See ![x](https://img.example.org/x.png) "}},
		{"the image goes", "content/2021-04-29-outage.md", []string{"![a](a.png)", "no image"}},
		{"a summary with a link", "content/2021-04-29-outage.md", []string{"severity:", "summary: It *was* [third](2021-06-01-third.md)\nseverity:"}},
		{"state", "content/2021-04-29-outage.md", []string{"severity:", "status: monitoring\nupdated: 2021-06-01\nseverity:"}},
		{"a page", "content/about.md", []string{"Who", "Who *all*"}},
		{"a draft", "content/later.md", []string{"[none](nowhere.md)", "[it](#impact) [home](/) ![b](b.png)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			old, _ := build(t, reports)
			page := pageOf(old, test.file)
			files, d := edited(t, test.file, test.replace...)
			fresh, _ := build(t, files)
			want := pageOf(fresh, test.file)
			got, ok := old.Ahead(page, d)
			if !ok {
				t.Fatal("it was refused")
			}
			if again, ok := old.Ahead(got, d); !ok || again.former != page {
				t.Error("what was made ahead cannot be made ahead again")
			}
			if a, b := outline(old, got), outline(fresh, want); a != b {
				t.Errorf("got\n%s\nwant\n%s", a, b)
			}
			if a, b := outline(old, page), outline(fresh, want); a == b {
				t.Error("the edit changes nothing, so that nothing is proven")
			}
		})
	}
}

// TestAheadRefuses: what makes a page another one waits for the new model.
func TestAheadRefuses(t *testing.T) {
	for _, test := range []struct {
		name, file string
		replace    []string
	}{
		{"kind", "content/2021-04-29-outage.md", []string{"severity:", "kind: post\nseverity:"}},
		{"held back", "content/2021-04-29-outage.md", []string{"severity:", "stage: draft\nseverity:"}},
		{"internal", "content/2021-04-29-outage.md", []string{"severity:", "audience: internal\nseverity:"}},
		{"withdrawn", "content/2021-04-29-outage.md", []string{"severity:", "withdrawn: wrong\nseverity:"}},
		{"broken", "content/2021-04-29-outage.md", []string{"severity:", "date: nonsense\nseverity:"}},
		{"address", "content/2021-04-29-outage.md", []string{"severity:", "slug: other\nseverity:"}},
		{"date", "content/2021-04-29-outage.md", []string{"severity:", "date: 2021-04-29 10:00\nseverity:"}},
		{"id", "content/2021-04-29-outage.md", []string{"severity:", "id: x\nseverity:"}},
		{"severity", "content/2021-04-29-outage.md", []string{"severity: major", "severity: minor"}},
		{"services", "content/2021-04-29-outage.md", []string{"[API, Web]", "[API]"}},
		{"tags", "content/2021-04-29-outage.md", []string{"tags: [dns]", "tags: [tls]"}},
		{"related", "content/2021-04-29-outage.md", []string{"related: [2021-05-02-again]", "related: [2021-06-01-third]"}},
		{"recurrence", "content/2021-05-02-again.md", []string{"recurrence_of", "workaround"}},
		{"a file that is not published", "content/2021-04-29-outage.md", []string{"See ", "See ![c](c.png)"}},
		{"the draft is ready", "content/later.md", []string{"stage: draft\n", ""}},
		{"the draft is for review", "content/later.md", []string{"stage: draft", "stage: review"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"content/c.png": "c"}
			for name, text := range reports {
				files[name] = text
			}
			s, _ := build(t, files)
			_, d := edited(t, test.file, test.replace...)
			if _, ok := s.Ahead(pageOf(s, test.file), d); ok {
				t.Error("it was not refused")
			}
		})
	}
}

func TestAheadKnowsItsOwnPagesOnly(t *testing.T) {
	s, _ := build(t, reports)
	other, _ := build(t, reports)
	page := pageOf(s, "content/about.md")
	if _, ok := s.Ahead(pageOf(other, "content/about.md"), page.Document); ok {
		t.Error("a page of another model was taken")
	}
	if _, ok := s.Ahead(page, pageOf(s, "content/2021-04-29-outage.md").Document); ok {
		t.Error("another document was taken")
	}
}

// TestAheadChangesNothing, with the race detector: Ahead only reads.
func TestAheadChangesNothing(t *testing.T) {
	s, _ := build(t, reports)
	var documents []*content.Document
	for _, replace := range [][]string{{"it began", "it *began*"}, {"See ", "See ![c](https://x.example/c.png) [n](none.md) "}, {"tags: [dns]", "tags: [x]"}, {"a.png", "b.png"}} {
		_, d := edited(t, "content/2021-04-29-outage.md", replace...)
		documents = append(documents, d)
	}
	before := digest(s)
	page := pageOf(s, "content/2021-04-29-outage.md")
	var work sync.WaitGroup
	for range 3 {
		work.Go(func() {
			for i := range 40 {
				if ahead, ok := s.Ahead(page, documents[i%len(documents)]); ok {
					outline(s, ahead)
				}
			}
		})
		work.Go(func() {
			for range 3 {
				if digest(s) != before {
					t.Error("the model changed")
				}
			}
		})
	}
	work.Wait()
	if digest(s) != before {
		t.Error("the model changed")
	}
}

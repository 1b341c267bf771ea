package site

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// waiting is a site with all that may wait to become public, and what may not.
var waiting = map[string]string{
	"publish.yaml":            "title: Reports\npermalink: /:slug/\nbase_url: https://example.com/r/\n",
	"content/open.md":         "---\ntitle: Open\ndate: 2021-04-29\nkind: postmortem\nservices: [API]\n---\nSee [draft](draft.md), ![a](a.png).\n",
	"content/taken.md":        "---\ntitle: Taken\ndate: 2021-04-30\nkind: postmortem\n---\nText.\n",
	"content/draft.md":        "---\ntitle: Draft\ndate: 2021-07-01\nkind: postmortem\nstage: draft\nservices: [api, New]\nrelated: [open]\n---\nSee [open](open.md), [it](draft.md#x), [here](#x), ![b](b.png), ![a](a.png).\n\n## X\n",
	"content/later.md":        "---\ntitle: Later\ndate: 2021-07-02\nkind: postmortem\nembargo: 2030-01-01\n---\nText.\n",
	"content/future.md":       "---\ntitle: Future\ndate: 2030-07-02\nkind: postmortem\n---\nText.\n",
	"content/ours.md":         "---\ntitle: Ours\naudience: internal\n---\nText.\n",
	"content/other.md":        "---\ntitle: Other\ndraft: true\nslug: taken\ndate: 2021-07-02\nkind: postmortem\n---\nText.\n",
	"content/second.md":       "---\ntitle: Second\ndraft: true\nslug: draft\ndate: 2021-07-02\nkind: postmortem\n---\nText.\n",
	"content/undated/open.md": "---\ntitle: Undated\nkind: postmortem\ndraft: true\n---\nText.\n",
	"content/gone.md":         "---\ntitle: Gone\ndate: 2021-07-02\nkind: postmortem\nwithdrawn: wrong\n---\nText.\n",
	"content/gonedraft.md":    "---\ntitle: Gone draft\ndate: 2021-07-02\nkind: postmortem\ndraft: true\nwithdrawn: wrong\n---\nText.\n",
	"content/a.png":           "a",
	"content/b.png":           "b",
}

func TestPreviewsHaveTheirAddress(t *testing.T) {
	s, _ := build(t, waiting)
	var got []string
	for _, p := range s.Previews {
		got = append(got, p.Path+" "+p.ID+" "+p.Preview)
	}
	want := []string{
		"/draft/ draft stage: draft",
		"/future/ future date: 2030-07-02",
		"/later/ later embargo: 2030-01-01",
		"/ours/ ours audience: internal",
		"/open/ undated/open draft: true",
	}
	want = slices.DeleteFunc(want, func(line string) bool { return strings.HasPrefix(line, "/open/") }) // a public page has it
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAPreviewIsWhatItWillBe(t *testing.T) {
	s, _ := build(t, waiting)
	p := pageOf(s, "content/draft.md")
	html := string(p.Body().AppendHTML(nil, s.Resolver(p)))
	for _, part := range []string{`<a href="../open/">open</a>`, `<a href="#x">it</a>`, `<a href="#x">here</a>`, `src="../b.png"`, `src="../a.png"`} {
		if !strings.Contains(html, part) {
			t.Errorf("%s is not in %s", part, html)
		}
	}
	if len(p.ServiceTerms) != 2 || p.ServiceTerms[0].Name != "API" || p.ServiceTerms[0].Path != "/services/api/" ||
		p.ServiceTerms[1].Name != "New" || p.ServiceTerms[1].Path != "" {
		t.Errorf("its services: %+v", p.ServiceTerms)
	}
	if len(p.Related) != 1 || p.Related[0].Path != "/open/" || p.Year == nil || p.FeedID == "" {
		t.Errorf("it is related to %v, of the year %v, with the id %q", p.Related, p.Year, p.FeedID)
	}
	if len(s.PreviewAssets) != 1 || s.PreviewAssets[0].Route != "/b.png" {
		t.Errorf("its files: %v", s.PreviewAssets)
	}
}

// TestPreviewsChangeNothingPublic: all that is public is what it is without
// them.
func TestPreviewsChangeNothingPublic(t *testing.T) {
	cfg, folder := load(t, waiting)
	o := Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	nothing := func(string) bool { return false }
	without, diags := New(cfg, folder, o)
	diags = append(diags, without.Confirm(nothing)...)
	o.Previews = true
	with, more := New(cfg, folder, o)
	more = append(more, with.Confirm(nothing)...)
	if !reflect.DeepEqual(diags, more) {
		t.Errorf("said with previews %v, without %v", more, diags)
	}
	if len(with.Previews) == 0 || len(without.Previews) != 0 {
		t.Fatalf("%d previews, and %d where none were asked for", len(with.Previews), len(without.Previews))
	}
	with.Previews, with.PreviewAssets, with.aside, with.pending, with.Options = nil, nil, map[string]*Asset{}, nil, without.Options
	without.pending = nil
	if digest(with) != digest(without) {
		t.Error("the model differs")
	}
}

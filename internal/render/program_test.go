package render

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"publish/bench/corpus"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/site"
)

// seldom is a site with pages that the demonstrations have not, and with what
// has to be escaped.
var seldom = fstest.MapFS{
	"publish.yaml": file("title: A <b> & \"more\"\nmenu:\n  - {title: About, url: about.md}\npages: {countermeasures: public, insights: public}\n"),
	"content/about.md": file("---\naliases: [/old/]\n---\n# About\n\n" +
		"It was [[redacted: personal data]] after all.\n"),
	"content/2024-01-01-gone.md":  file("---\ntitle: Gone\nwithdrawn: \"It was <wrong> & 'old'\"\n---\nText.\n"),
	"content/2024-01-02-here.md":  file("---\ntitle: \"Here + \\\"there\\\" & <i>\"\nprovider: Cloud + Co\nservices: [a&b, \"c'd\"]\nseverity: sev1\ncountermeasures: [{text: A <b> & c, due: 2024-02-01}]\n---\nSee [[redacted: names]].\n"),
	"content/2024-01-03-plan.md":  file("---\ntitle: Plan\nkind: maintenance\nscheduled_for: 2024-01-03T10:00Z\nscheduled_until: 2024-01-03T11:00Z\n---\nText.\n"),
	"content/2024-01-04-post.md":  file("---\ntitle: Post\nkind: post\nlang: fr\n---\nTexte « ainsi ».\n"),
	"content/2024-01-05-right.md": file("---\ntitle: Right\nlang: ar\n---\nText.\n"),
}

// TestProgramsWriteWhatTemplatesWrite: every page of several sites, in two
// languages, is made by a program, and html/template makes the same bytes of the
// same view.
func TestProgramsWriteWhatTemplatesWrite(t *testing.T) {
	dirs := map[string]string{"demonstration": "../..", "golden": "../../cmd/publish/testdata/golden", "pages": "testdata/pages", "generated": t.TempDir(), "seldom": t.TempDir()}
	if err := corpus.Write(dirs["generated"], 60); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dirs["seldom"], seldom); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for name, dir := range dirs {
		for _, lang := range []string{"en", "fr"} {
			t.Run(name+"-"+lang, func(t *testing.T) { comparePrograms(t, dir, lang, seen) })
		}
	}
	for name := range builtin {
		if name != "base" && seen[name] == 0 {
			t.Errorf("no page was made with the layout %q", name)
		}
	}
}

// comparePrograms renders a site by both, and counts the pages of each layout.
func comparePrograms(t *testing.T, dir, lang string, seen map[string]int) {
	cfg, diags := config.Load(os.DirFS(dir), "")
	cfg.BaseURL, _ = url.Parse("https://example.org/p/")
	cfg.Language = lang
	docs, more, err := content.Load(os.DirFS(dir), cfg, content.Options{Drafts: true, Internal: lang == "fr"})
	if err != nil {
		t.Fatal(err)
	}
	s, evenMore := site.New(cfg, docs, site.Options{Now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), Drafts: true, Future: true, Internal: lang == "fr"})
	theme, _, err := LoadTheme(nil, repository, config.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	theme.rendered = func(key layoutKey, view any, page []byte, byProgram bool) {
		seen[key.name]++
		if !byProgram {
			t.Errorf("%s (%s): html/template had to make a page", key.name, key.lang)
			return
		}
		var want bytes.Buffer
		if err := theme.execute(&want, key, view); err != nil {
			t.Errorf("%s: the program knows nothing of the error %v", key.name, err)
		}
		if got := string(page); got != want.String() {
			at := 0
			for at < len(got) && at < want.Len() && got[at] == want.Bytes()[at] {
				at++
			}
			from := max(0, at-60)
			t.Errorf("%s (%s):\ngot  …%.200q\nwant …%.200q", key.name, key.lang, got[from:], want.String()[from:])
		}
	}
	renderer := New(s, theme)
	table, conflicts := renderer.Table()
	for _, r := range table.All() {
		if strings.HasPrefix(r.MediaType(), "text/html") {
			if err := r.Render(io.Discard); err != nil {
				t.Errorf("%s: %v (the site has: %v %v %v)", r.Path, err, diags, more, append(evenMore, conflicts...))
			}
		}
	}
	for _, p := range s.Posts {
		if err := renderer.Alone(p).Render(io.Discard); err != nil {
			t.Errorf("%s alone: %v", p.Path, err)
		}
	}
}

package content

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// site makes a folder of alternating names and texts.
func site(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func load(t *testing.T, fsys fs.FS) (*Folder, diag.List) {
	t.Helper()
	cfg, diags := config.Load(fsys, "")
	if len(diags) > 0 {
		t.Fatalf("configuration: %v", diags)
	}
	f, diags, err := Load(fsys, cfg, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f, diags
}

func paths(f *Folder) (list []string) {
	for _, d := range f.Documents {
		list = append(list, d.Path)
	}
	return list
}

func reasons(f *Folder) map[string]string {
	list := map[string]string{}
	for _, s := range f.Skipped {
		list[s.Path] = s.Reason
	}
	return list
}

const report = "# An outage\n\n## Timeline\n\n- 2021-04-29 09:21: it broke\n- 09:40: it was repaired\n"

func TestWhichFolder(t *testing.T) {
	for _, test := range []struct {
		name         string
		fsys         fstest.MapFS
		root         string
		jekyll, only bool
		documents    []string
	}{
		{"content", site("content/a.md", report, "README.md", "# x"), "content", false, false, []string{"content/a.md"}},
		{"named in publish.yaml", site("publish.yaml", "content: texts", "texts/a.md", report, "content/b.md", report), "texts", false, false, []string{"texts/a.md"}},
		{"a content folder with no text in it", site("content/main.go", "package content", "postmortems/a.md", report), "postmortems", false, false, []string{"postmortems/a.md"}},
		{"Jekyll", site("_posts/2021-04-29-a.md", report, "about.md", "---\ntitle: About\n---\n", "LICENSE.md", "MIT",
			"postmortems/b.md", report), ".", true, false, []string{"_posts/2021-04-29-a.md", "about.md", "postmortems/b.md"}},
		{"Jekyll by its configuration", site("_config.yml", "title: x", "index.md", "---\n---\nx"), ".", true, false, []string{"index.md"}},
		{"incidents", site("incidents/a.md", report, "docs/b.md", "# b"), "incidents", false, false, []string{"incidents/a.md"}},
		{"a code repository", site("main.go", "", "README.md", "# x", "docs/incidents/a.md", report), ".", false, true, []string{"README.md", "docs/incidents/a.md"}},
		{"nothing at all", fstest.MapFS{}, ".", false, true, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, _ := load(t, test.fsys)
			if f.Root != test.root || f.Jekyll != test.jekyll || f.OnlyPostmortems != test.only {
				t.Errorf("got %q, Jekyll %v, only postmortems %v", f.Root, f.Jekyll, f.OnlyPostmortems)
			}
			if diff := cmp.Diff(test.documents, paths(f)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsPassedOver(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	fsys := site(
		"a.md", report, "b.MD", report, "c.markdown.markdown", report, "d.mdx", report, "e.qmd", report, "f.html.md.erb", report, "g.md.erb", report,
		".hidden.md", report, ".github/x.md", report, "node_modules/x.md", report, "sub/node_modules/x.md", report,
		"vendor/x.md", report, "public/x.md", report, "_site/x.md", report, "layouts/x.md", report, "static/x.md", report,
		".gitignore", "secret/\n*.bak.md\n!keep.bak.md\n", "secret/x.md", report, "x.bak.md", report, "keep.bak.md", report,
		"old/.publish-manifest", "publish-manifest 1 2\n"+sum+" 4 index.html\n"+sum+" 9 sub/kept.md\n", "old/index.html", "<p>x", "old/sub/kept.md", report,
		"stray/.publish-manifest", "publish-manifest 1 1\n"+sum+" 4 index.html\n", "stray/x.md", report,
		"empty/.publish-manifest", "", "empty/x.md", report, "cut/.publish-manifest", "publish-manifest 1 1\n", "cut/x.html", "<p>",
		".gitbook/assets/i.png", "png", ".gitbook/vars.yaml", "", "img/p.png", "png",
		"sub/layouts/x.md", report,
	)
	f, diags := load(t, fsys)
	want := []string{"a.md", "b.MD", "c.markdown.markdown", "d.mdx", "e.qmd", "empty/x.md", "f.html.md.erb", "g.md.erb", "keep.bak.md", "stray/x.md", "sub/layouts/x.md"}
	if diff := cmp.Diff(want, paths(f)); diff != "" {
		t.Error(diff)
	}
	skipped := map[string]string{
		".hidden.md": "hidden", ".github": "hidden", ".gitignore": "hidden", ".gitbook/vars.yaml": "hidden",
		"node_modules": "packages of others", "sub/node_modules": "packages of others", "vendor": "packages of others",
		"public": "the output", "_site": "Jekyll's output", "old": "an output of publish",
		"stray/.publish-manifest": "hidden", "empty/.publish-manifest": "hidden", "cut/.publish-manifest": "hidden",
		"layouts": "templates", "static": "copied as it is",
		"secret": "hidden by .gitignore", "x.bak.md": "hidden by .gitignore",
	}
	if diff := cmp.Diff(skipped, reasons(f)); diff != "" {
		t.Error(diff)
	}
	if len(f.Files) != 3 || f.File("cut/x.html") == nil || f.File(".gitbook/assets/i.png") == nil || f.File("img/p.png") == nil {
		t.Errorf("files: %v", f.Files)
	}
	for _, d := range diags {
		if d.Level == diag.Error {
			t.Error(d)
		}
	}
}

func TestJekyllFolder(t *testing.T) {
	fsys := site(
		"_config.yml", "exclude: [notes, '*.tmp.md']\ncollections:\n  incidents: {output: true}\n  staff: {output: false}\n",
		"_posts/2021-04-29-a.md", "---\ntitle: A\n---\n", "ops/_posts/2021-04-30-b.md", report, "_drafts/c.md", "no date yet", "_posts/nodate.md", "---\ntitle: x\ndate: 2021-04-29\n---\n",
		"_incidents/2021-05-01-d.md", "---\ntitle: D\n---\n", "_staff/2021-01-01-jo.md", "---\ntitle: Jo\n---\n",
		"_includes/x.md", "", "_posts/2021-05-02-h.html", "---\n---\n<p>", "index.html", "---\n---\n", "plain.html", "<p>",
		"notes/x.md", "---\n---\n", "x.tmp.md", "---\n---\n", "README.md", "# The site",
	)
	f, diags := load(t, fsys)
	want := []string{"_drafts/c.md", "_incidents/2021-05-01-d.md", "_posts/2021-04-29-a.md", "ops/_posts/2021-04-30-b.md"}
	if diff := cmp.Diff(want, paths(f)); diff != "" {
		t.Error(diff)
	}
	skipped := map[string]string{
		"_staff": "no collection with `output: true` in _config.yml", "_includes": "a folder of Jekyll's",
		"_posts/nodate.md":         undatedPost,
		"_posts/2021-05-02-h.html": "HTML: only Markdown is read", "index.html": "HTML: only Markdown is read",
		"notes": "excluded by _config.yml", "x.tmp.md": "excluded by _config.yml",
		"README.md": "no front matter, so it is no page of Jekyll's", "_config.yml": "the settings",
	}
	if diff := cmp.Diff(skipped, reasons(f)); diff != "" {
		t.Error(diff)
	}
	said := 0
	for _, d := range diags {
		if d.Code == diag.FileSkipped {
			said++
		}
		if d.Level == diag.Error {
			t.Error(d)
		}
	}
	if said != 3 { // the posts in HTML and without a date, the collection
		t.Errorf("%d files are said to be passed over: %v", said, diags)
	}
	for _, d := range f.Documents {
		if d.Draft != strings.HasPrefix(d.Path, "_drafts") {
			t.Errorf("%s: draft %v", d.Path, d.Draft)
		}
		if d.Path == "ops/_posts/2021-04-30-b.md" && !cmp.Equal(d.FolderCategories, []string{"ops"}) {
			t.Errorf("categories %v", d.FolderCategories)
		}
	}
}

func TestTextsWithoutExtension(t *testing.T) {
	f, _ := load(t, site(
		"content/a.md", report, "content/PM2021-005 - All is down", report, "content/Makefile", "# build\nall:\n",
		"content/with-matter", "---\ntitle: x\ndate: 2021-01-01\n---\n", "content/LICENSE", "MIT", "content/alone/PM2021-006 - x", report,
	))
	if diff := cmp.Diff([]string{"content/PM2021-005 - All is down", "content/a.md", "content/with-matter"}, paths(f)); diff != "" {
		t.Error(diff)
	}
}

func TestLinks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, "site", filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	write("outside/secret.md", report)
	write("site/content/a.md", report)
	write("site/shared/b.md", report)
	write("site/shared/pic.png", "png")
	write("site/.env", "PASSWORD=x")
	write("site/.gitignore", "private\nshared/hush.md\n")
	write("site/shared/hush.md", report)
	write("site/private/c.md", report)
	link("../shared", "content/shared")
	link("../shared", "content/again")
	link("a.md", "content/same.md")
	link("../../outside/secret.md", "content/out.md")
	link(filepath.Join(dir, "outside"), "content/absolute")
	link("..", "content/up")
	link("nowhere.md", "content/dangling.md")
	link("self.md", "content/self.md")
	link("../.env", "content/env.md")
	link("../private/c.md", "content/private.md")

	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, _ := load(t, root.FS())
	if diff := cmp.Diff([]string{"content/a.md", "content/again/b.md", "content/same.md"}, paths(f)); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{
		"content/shared":        "a link to the same folder as \"content/again\"",
		"content/out.md":        "a link that leads out of the site folder",
		"content/absolute":      "a link that leads out of the site folder",
		"content/up":            "a link that leads in a circle",
		"content/dangling.md":   "a link that leads nowhere",
		"content/self.md":       "a link that leads in a circle",
		"content/env.md":        "a link that leads to a hidden file",
		"content/again/hush.md": "hidden by .gitignore",
		"content/private.md":    "a link that leads to what .gitignore hides",
	}
	if diff := cmp.Diff(want, reasons(f)); diff != "" {
		t.Error(diff)
	}
	if file := f.File("content/again/pic.png"); file == nil {
		t.Error("the file behind a link is missing")
	} else if text, err := file.Read(); err != nil || string(text) != "png" {
		t.Errorf("read %q, %v", text, err)
	}
}

// denied is a folder of which one file may not be read.
type denied struct {
	fstest.MapFS
	name string
}

func (d denied) Open(name string) (fs.File, error) {
	if name == d.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.Open(name)
}

func TestWhatCannotBeRead(t *testing.T) {
	fsys := site("content/a.md", report, "content/b.md", report, "content/line\nbreak.md", report, "content/x\ty.bin", "")
	fsys["content/pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	f, diags := load(t, denied{fsys, "content/b.md"})
	if diff := cmp.Diff([]string{"content/a.md"}, paths(f)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"content/b.md": "cannot be read", "content/pipe.md": "neither a file nor a folder",
		"content/line\nbreak.md": "its name holds a control character", "content/x\ty.bin": "its name holds a control character"}, reasons(f)); diff != "" {
		t.Error(diff)
	}
	var errors []string
	for _, d := range diags {
		if d.Level == diag.Error {
			errors = append(errors, d.Message)
		}
	}
	want := []string{"it cannot be read: permission denied", "the name of the file holds a control character"}
	if diff := cmp.Diff(want, errors); diff != "" {
		t.Error(diff)
	}
}

func TestFilesByAnyName(t *testing.T) {
	decomposed := "content/cafe\u0301 (1)_x.png"
	f, _ := load(t, site("content/a.md", report, decomposed, "png"))
	for _, name := range []string{
		decomposed, "content/caf\u00e9 (1)_x.png", "content/caf%C3%A9%20(1)_x.png", `content/caf\u00e9 \(1\)\_x.png`, "content/./caf\u00e9 (1)_x.png",
	} {
		name = strings.ReplaceAll(name, `\u00e9`, "\u00e9")
		if f.File(name) == nil {
			t.Errorf("%q is not found", name)
		}
	}
	if f.File("content/other.png") != nil || f.File("") != nil {
		t.Error("found what is not there")
	}
}

func TestBrokenTextsDoNotStopOthers(t *testing.T) {
	f, diags := load(t, site(
		"content/2021-01-01-good.md", "---\ntitle: Good\n---\n", "content/2021-01-02-latin.md", "caf\xe9",
		"content/2021-01-03-open.md", "---\ntitle: x\nno end\n", "content/2021-01-04-mark.md", "a\n<!-- internal -->\nsecret\n",
	))
	if len(f.Documents) != 4 {
		t.Fatalf("documents: %v", paths(f))
	}
	for _, d := range f.Documents {
		if d.Broken == (d.Title == "Good") {
			t.Errorf("%s: broken %v", d.Path, d.Broken)
		}
		if d.Body() == nil || d.Meta() == nil {
			t.Errorf("%s: nil parts", d.Path)
		}
		if strings.Contains(d.Body().Text(), "secret") {
			t.Errorf("%s: the text of an unclosed internal part is there", d.Path)
		}
	}
	codes := map[diag.Code]bool{}
	for _, d := range diags {
		codes[d.Code] = true
	}
	for _, code := range []diag.Code{diag.Encoding, diag.FrontMatterUnclosed, diag.InternalMark} {
		if !codes[code] {
			t.Errorf("nothing said of %s", code)
		}
	}
}

func TestUnknownKeysAreSaidOnce(t *testing.T) {
	fsys := site("content/2021-01-01-c.md", "---\nother_thing: 1\n---\n")
	for _, name := range []string{"a", "b", "d"} {
		fsys["content/2021-01-01-"+name+".md"] = site("x", "---\nbespoke_key: 1\n---\n")["x"]
	}
	_, diags := load(t, fsys)
	var got []string
	for _, d := range diags {
		if d.Code == diag.FieldUnknown {
			got = append(got, d.Pos.String()+" "+d.Message)
		}
	}
	want := []string{`content/2021-01-01-a.md:2:1 unknown field "bespoke_key" (3 times)`, `content/2021-01-01-c.md:2:1 unknown field "other_thing"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOtherTextsOfARepositoryAreNotJudged(t *testing.T) {
	_, diags := load(t, site("README.md", "# x", "docs/broken.md", "---\ntitle: x\nno end", "docs/latin.md", "\xe9",
		"docs/incidents/2021-04-29-a.md", report))
	for _, d := range diags {
		if d.Level != diag.Note {
			t.Error(d)
		}
	}
}

func TestSameWithAnyNumberOfJobs(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 50 {
		text := fmt.Sprintf("# Outage %d on 2021-04-%02d\n\n[a](%d.md) caf\u00e9\n", i, i%28+1, i)
		if i%7 == 0 {
			text += "<!-- internal -->"
		}
		fsys[fmt.Sprintf("content/%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	describe := func(jobs int) string {
		f, diags, err := Load(fsys, config.Default(), Options{Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, d := range f.Documents {
			fmt.Fprintln(&b, d.Path, d.Title, d.Kind, d.Date, d.Grounds().DateFrom, d.Grounds().Evidence, d.Broken)
		}
		fmt.Fprintln(&b, f.Skipped, diags)
		return b.String()
	}
	want := describe(1)
	for _, jobs := range []int{0, 2, 7} {
		if diff := cmp.Diff(want, describe(jobs)); diff != "" {
			t.Errorf("%d jobs: %s", jobs, diff)
		}
	}
}

func TestNavigation(t *testing.T) {
	f, _ := load(t, site("docs/src/SUMMARY.md", strings.TrimSpace(`
# Summary

[Introduction](intro.md)

- [One](one.md)
  - [Two](sub/two.md "t")
    - [Three](three.md)
  - [Four](/four.md)
- Draft

## Part

* [Five](https://example.org/)
`), "docs/src/one.md", report))
	want := []NavItem{
		{Title: "Introduction", Dest: "docs/src/intro.md"},
		{Title: "One", Dest: "docs/src/one.md", Items: []NavItem{
			{Title: "Two", Dest: "docs/src/sub/two.md", Items: []NavItem{{Title: "Three", Dest: "docs/src/three.md"}}},
			{Title: "Four", Dest: "/four.md"},
		}},
		{Title: "Draft"},
		{Title: "Part", Items: []NavItem{{Title: "Five", Dest: "https://example.org/"}}},
	}
	if diff := cmp.Diff(want, f.Navigation); diff != "" {
		t.Error(diff)
	}
	if reasons(f)["docs/src/SUMMARY.md"] != "read as navigation" {
		t.Errorf("passed over: %v", f.Skipped)
	}
}

func TestVocabulary(t *testing.T) {
	v := words()
	for name, list := range map[string]phrases{
		"folders": v.folders, "incident": v.incident, "tags": v.tags, "against": v.against,
		"repository": v.repository, "templates": v.templates, "titles": v.titles, "dates": v.dates,
	} {
		if len(list.whole) == 0 {
			t.Errorf("no words for %s", name)
		}
		for phrase := range list.whole {
			if n := len(strings.Fields(phrase)); n == 0 || n > longestPhrase {
				t.Errorf("%s: %q has %d words", name, phrase, n)
			}
		}
	}
	if len(v.placeholders) < 5 {
		t.Errorf("placeholders: %v", v.placeholders)
	}
}

func TestUpptime(t *testing.T) {
	f, diags := load(t, site(".upptimerc.yml", "owner: x\nstatus-website:\n  name: Our status\n", "history/a.yml", "status: up\n", "README.md", "# Status\n"))
	if reasons(f)["history"] == "" || len(diags) == 0 || diags[0].Code != diag.FileSkipped {
		t.Errorf("got %v, %v", f.Skipped, diags)
	}
	if len(f.Documents) != 1 || f.Documents[0].Kind != postmortem.KindPage {
		t.Errorf("documents: %v", paths(f))
	}
}

// exhaustedFS is a folder on a machine that gives no more open files.
type exhaustedFS struct {
	files fstest.MapFS
	file  string
}

func (f exhaustedFS) Open(name string) (fs.File, error) {
	if name == f.file {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EMFILE}
	}
	return f.files.Open(name)
}

// A report that the machine cannot open now has no mistakes, and is not left out.
func TestLoadFailsWithTheMachine(t *testing.T) {
	fsys := site("content/2026-01-01-a.md", "# A", "content/2026-01-02-b.md", "# B", "content/b/2026-01-03-c.md", "# C")
	r := NewReader(fsys, Options{})
	if _, _, err := r.Load(&config.Config{}); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"content/2026-01-02-b.md", "content/b"} {
		r.fsys = exhaustedFS{fsys, file}
		fsys["content/2026-01-02-b.md"].Data = []byte("# " + file)
		if f, list, err := r.Load(&config.Config{}); !errors.Is(err, syscall.EMFILE) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got %v, %v, %v, want the machine's error", file, f, list, err)
		}
		if r.fsys = fsys; len(r.gone) > 0 {
			t.Errorf("%s: %d texts count as gone", file, len(r.gone))
		}
	}
	if f, _, err := r.Load(&config.Config{}); err != nil || len(f.Documents) != 3 {
		t.Errorf("got %v, %v, want the three reports again", f, err)
	}
}

// brokenFS makes whoever reads one file panic.
type brokenFS struct {
	files fstest.MapFS
	file  string
}

func (f brokenFS) Open(name string) (fs.File, error) {
	if name == f.file {
		panic("of a parser")
	}
	return f.files.Open(name)
}

// A panic over one text costs that text.
func TestAPanicCostsOneText(t *testing.T) {
	fsys := site("content/2026-01-01-a.md", "# A", "content/2026-01-02-b.md", "# B", "content/2026-01-03-c.md", "# C")
	folder, list, err := Load(brokenFS{fsys, "content/2026-01-02-b.md"}, &config.Config{}, Options{})
	if err != nil || len(folder.Documents) != 2 {
		t.Fatalf("got %v, %v, want two documents", folder, err)
	}
	if len(list) != 1 || list[0].Code != diag.Bug || list[0].File != "content/2026-01-02-b.md" ||
		!strings.Contains(list[0].Message, "of a parser (internal/content/") || !strings.Contains(list[0].Hint, "report it") {
		t.Errorf("got %+v", list)
	}
}

package render

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/route"
)

// manyPromises is a site with more countermeasures than a page of the register
// has room for: n reports, each with one that is open and one that is done.
func manyPromises(n int) map[string]string {
	files := map[string]string{"publish.yaml": "title: Zorb\nlanguage: en\ncountermeasures: {show: [due, late]}\n"}
	for i := range n {
		service := []string{"api", "billing", "mail"}[i%3]
		if i%3 == 2 && i > 30 {
			service = "api"
		}
		files[fmt.Sprintf("content/2023-%02d-%02d-r%03d.md", 1+i/28, 1+i%28, i)] = fmt.Sprintf(
			"---\ntitle: Report %03d\nservices: [%s]\nseverity: SEV2\ncountermeasures:\n  - {text: Tove %03d, status: open}\n  - {text: Rath %03d, status: done}\n---\nSlithy.\n", i, service, i, i)
	}
	return files
}

var (
	promiseLink = regexp.MustCompile(`<p class="meta"><a href="([^"]*)"`)
	anyHref     = regexp.MustCompile(`href="([^"]*)"`)
	anyID       = regexp.MustCompile(` id="([^"]*)"`)
)

// registerPages are the pages of the register that a reader comes to from the
// first, by their paths.
func registerPages(t *testing.T, pages map[string]string) map[string]string {
	t.Helper()
	found, waiting := map[string]string{}, []string{registerPath}
	for len(waiting) > 0 {
		path := waiting[0]
		waiting = waiting[1:]
		if found[path] != "" || !strings.HasPrefix(path, registerPath) {
			continue
		}
		found[path] = pages[path]
		for _, m := range anyHref.FindAllStringSubmatch(pages[path], -1) {
			to, err := url.Parse("https://example.org" + path)
			if err == nil {
				to, err = to.Parse(m[1])
			}
			if err != nil {
				t.Fatal(err)
			}
			if to.Fragment != "" && strings.HasPrefix(to.Path, registerPath) && !slices.ContainsFunc(anyID.FindAllStringSubmatch(pages[to.Path], -1), func(id []string) bool { return id[1] == to.Fragment }) {
				t.Errorf("%s: %s leads nowhere", path, m[1])
			}
			waiting = append(waiting, to.Path)
		}
	}
	return found
}

func TestRegisterOfManyHasPages(t *testing.T) {
	const reports = 250
	pages := registerPages(t, pagesOf(t, siteFolder(t, manyPromises(reports)), "https://example.org/", ""))
	if len(pages) != 3+2+1+1 {
		t.Fatalf("pages %q", slices.Sorted(maps.Keys(pages)))
	}
	listed := map[string][]string{} // list → the countermeasures that its pages show
	for path, page := range pages {
		links := promiseLink.FindAllStringSubmatch(page, -1)
		if len(links) == 0 || len(links) > registerRoom || strings.Count(page, "data-countermeasure=") != len(links) {
			t.Errorf("%s shows %d countermeasures", path, len(links))
		}
		list, _, _ := strings.Cut(path, "page/")
		for _, m := range links {
			_, at, _ := strings.Cut(m[1], "2023/")
			listed[list] = append(listed[list], at)
		}
		if hidden := strings.Contains(page, `content="noindex"`); hidden != (path != registerPath) {
			t.Errorf("%s: kept out of search engines: %v", path, hidden)
		}
	}
	for list, want := range map[string]int{
		registerPath: 2 * reports, registerPath + "services/api/": 2 * (84 + 73), registerPath + "services/billing/": 2 * 83, registerPath + "services/mail/": 2 * 10,
	} {
		got := listed[list]
		if slices.Sort(got); len(got) != want || len(slices.Compact(got)) != want {
			t.Errorf("%s lists %d countermeasures, %d of them once, want %d", list, len(got), len(slices.Compact(got)), want)
		}
	}
	first, third := pages[registerPath], pages[registerPath+"page/3/"]
	for _, want := range []string{
		`<p class="meta">500 `, `<li><a href="#open">Open</a> <span class="count">250</span></li>`,
		`<li id="done"><a href="page/2/#done">Done</a> <span class="count">250</span></li>`, // an anchor that was on this page
		`<li id="service-billing"><a href="services/billing/">billing</a> <span class="count">166</span></li>`,
		`<section class="countermeasures" id="open">`, "Page 1 of 3", `<a rel="next" href="page/2/">Next</a>`,
	} {
		if !strings.Contains(first, want) {
			t.Errorf("the first page has no %s", want)
		}
	}
	for _, want := range []string{`<a href="../../#open">`, `<a href="#done">`, `<a rel="prev" href="../2/">`, `<section class="countermeasures" id="done">`} {
		if !strings.Contains(third, want) {
			t.Errorf("the third page has no %s", want)
		}
	}
}

// A state that stands above several countermeasures agrees with them.
func TestRegisterStatesAgree(t *testing.T) {
	page := pagesOf(t, siteFolder(t, map[string]string{
		"publish.yaml": "title: Zorb\nlanguage: fr\n",
		"content/2024-01-02-a.md": "---\ntitle: A\nlang: fr\ncountermeasures:\n  - {text: Tove, status: done}\n  - {text: Rath, status: done}\n" +
			"  - {text: Mome, status: dropped}\n---\nSlithy.\n",
	}), "", "")[registerPath]
	for _, want := range []string{`<h2>Réalisées <span class="count">2</span></h2>`, `<a href="#done">Réalisées</a>`, `<h2>Abandonnée <span class="count">1</span></h2>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestRegisterOfFewIsOnePage(t *testing.T) {
	pages := registerPages(t, pagesOf(t, siteFolder(t, manyPromises(registerRoom/2)), "", ""))
	if page := pages[registerPath]; len(pages) != 1 || strings.Count(page, "data-countermeasure=") != registerRoom ||
		strings.Contains(page, `class="pages"`) || !strings.Contains(page, `<section class="countermeasures" id="service-api">`) {
		t.Errorf("pages %q", slices.Sorted(maps.Keys(pages)))
	}
}

// TestRegisterKeys: a key of one of many pages stands for the same bytes, whatever
// was edited, and an edit leaves the pages that do not show it alone.
func TestRegisterKeys(t *testing.T) {
	type version struct {
		key   route.Key
		bytes string
	}
	read := func(files map[string]string) map[string]version {
		all := map[string]version{}
		for _, r := range routesOf(t, siteFolder(t, files), "", "") {
			if !strings.HasPrefix(r.Path, registerPath) {
				continue
			}
			var b strings.Builder
			if err := r.Render(&b); err != nil {
				t.Fatal(err)
			}
			all[r.Path] = version{r.Key, b.String()}
		}
		return all
	}
	start := manyPromises(130)
	before, known := read(start), map[route.Key]string{}
	for _, v := range before {
		known[v.key] = v.bytes
	}
	oldest, newest := "content/2023-01-01-r000.md", "content/2023-05-18-r129.md"
	for name, edit := range map[string]struct {
		file, old, text string
		changed, vain   int // pages with other bytes, and with another key alone
	}{
		"the text of the oldest":         {oldest, "Tove 000", "Mome", 2, 1}, // the first page and that of its service; the second shows the other
		"the title of the newest":        {newest, "Report 129", "Jubjub", 2, 0},
		"a state":                        {newest, "status: open", "status: dropped", 3, 0},
		"a promise more":                 {newest, "---\nSlithy", "  - {text: Raths, status: proposed}\n---\nSlithy", 3, 0},
		"a service":                      {newest, "[api]", "[search]", 4, 0},
		"a name of a service":            {"publish.yaml", "title: Zorb", "title: Zorb\nservices: [{name: API, description: x}]", 3, 1},
		"what is due and late":           {oldest, "status: open", "status: open, due: 2023-02-01", 3, 0},
		"what nobody shows in this list": {oldest, "Slithy", "Mimsy", 0, 3},
	} {
		files := maps.Clone(start)
		files[edit.file] = strings.Replace(files[edit.file], edit.old, edit.text, 1)
		if files[edit.file] == start[edit.file] {
			t.Fatalf("%s: nothing was edited", name)
		}
		changed, wasted := 0, 0
		for path, v := range read(files) {
			if was, ok := known[v.key]; ok && was != v.bytes {
				t.Errorf("%s: %s has other bytes under a key that is known", name, path)
			}
			known[v.key] = v.bytes
			if before[path].bytes != v.bytes {
				changed++
			} else if before[path].key != v.key {
				wasted++
			}
		}
		if changed != edit.changed || wasted > edit.vain {
			t.Errorf("%s: %d pages have other bytes, want %d; %d are made again in vain", name, changed, edit.changed, wasted)
		}
	}
}

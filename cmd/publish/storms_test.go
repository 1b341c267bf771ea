package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// storms is for `make storms`: as large as they come.
var storms = flag.Bool("storms", false, "storms of 10 000 files instead of some hundreds")

// asMany is how many files a storm touches.
func asMany(all, few int) int {
	if *storms {
		return all
	}
	return few
}

// storm is something that befalls the folder of a preview.
type storm struct {
	name    string
	reports int // of the site; some if there are none
	args    []string
	rage    func(t *testing.T, s *served, dir string)
	says    []string // on the terminal, in this order
	silent  bool     // about mistakes: there are none
}

// TestStorms lets each of them befall a preview. The home page is asked for all
// the while, and is a whole page each time; after the storm every route is what a
// clean build writes, and nobody helped.
func TestStorms(t *testing.T) {
	for _, one := range allStorms() {
		t.Run(one.name, func(t *testing.T) {
			dir := stormSite(t, max(one.reports, 20))
			s := startPreview(t, dir, one.args...)
			ctx, calm := context.WithCancel(t.Context())
			var reader sync.WaitGroup
			reader.Go(func() { s.standsBy(ctx) })
			defer reader.Wait()
			defer calm()
			one.rage(t, s, dir)
			s.agrees(dir)
			s.saysAll(one.says)
			if one.silent && strings.Contains(s.text(), "error: ") {
				t.Errorf("it says\n%s", s.text())
			}
		})
	}
}

// stormSite is a site with some folders of reports.
func stormSite(t *testing.T, reports int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	writeFile(t, filepath.Join(dir, "publish.yaml"), stormSettings)
	for i := range reports {
		writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Report %d", i)))
	}
	return dir
}

const stormSettings = "title: Site\nbase_url: https://example.org/site/\n"

func stormFile(dir string, i int) string {
	return filepath.Join(dir, "content", fmt.Sprint(2000+i%20), fmt.Sprintf("20%02d-%02d-%02d-r%d.md", i%20, 1+i/20%12, 1+i/240%28, i))
}

// standsBy asks for the home page until all is calm.
func (s *served) standsBy(ctx context.Context) {
	for ctx.Err() == nil {
		if status, home := s.get(""); status != http.StatusOK || !bytes.Contains(home, []byte("</html>")) {
			s.t.Errorf("the home page is not whole: status %d, %d bytes", status, len(home))
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// saysAll waits for words on the terminal, one behind the other.
func (s *served) saysAll(words []string) {
	s.t.Helper()
	for deadline := soon(); ; time.Sleep(10 * time.Millisecond) {
		rest, missing := s.text(), ""
		for _, w := range words {
			_, after, ok := strings.Cut(rest, w)
			if rest = after; !ok {
				missing = w
				break
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("it does not say %q where it should:\n%s", missing, s.text())
		}
	}
}

func allStorms() []storm {
	mended := "no errors any more"
	return []storm{
		{name: "branches of git", reports: asMany(10_000, 300), rage: branches},
		{name: "folders moved", rage: foldersMoved},
		{name: "the site removed and made again", rage: siteRemoved, says: []string{"is gone", mended}},
		{name: "the content becomes a link, and a folder again", rage: contentLinked, silent: true},
		{name: "the content becomes a link out of the site", rage: contentElsewhere, silent: true},
		{name: "the clock set back", rage: clockSetBack, silent: true},
		{name: "the clock set back, polling", args: []string{"--poll"}, rage: clockSetBack, silent: true},
		{name: "the settings broken", rage: brokenAndMended("publish.yaml", "title: [Site\n", stormSettings), says: []string{"publish.yaml:1:", mended}},
		{name: "a layout broken", rage: brokenAndMended("layouts/404.html", "{{define", "{{define \"main\"}}<p>{{.Title}}</p>{{end}}"), says: []string{"layouts/404.html:1", mended}},
		{name: "a text broken", rage: brokenAndMended("content/2001/2001-01-01-r1.md", "---\ntitle: [One\n---\n", report("Mended")), says: []string{"2001-01-01-r1.md:", mended}},
		{name: "files of editors", rage: editors, silent: true},
		{name: "a file that is written slowly", rage: slowly, silent: true},
		{name: "names that change all the time", rage: renames, silent: true},
		{name: "a full disk", rage: fullDisk},
	}
}

// branches switches between two branches of a repository that have hardly a file
// in common, and back.
func branches(t *testing.T, s *served, dir string) {
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main", "-c", "gc.auto=0", "-c", "commit.gpgsign=false"}, args...)...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-qm", "one")
	git("checkout", "-qb", "other")
	reports := asMany(10_000, 300)
	for i := range reports {
		switch file := stormFile(dir, i); i % 3 {
		case 0: // edited
			writeFile(t, file, report(fmt.Sprintf("Report %d on the other branch", i)))
		case 1: // moved
			to := filepath.Join(dir, "content", "moved", filepath.Base(file))
			must(t, os.MkdirAll(filepath.Dir(to), 0o755))
			must(t, os.Rename(file, to))
		case 2: // removed
			must(t, os.Remove(file))
		}
	}
	git("add", "-A")
	git("commit", "-qm", "other")
	for range 2 {
		git("checkout", "-q", "main")
		git("checkout", "-q", "other")
	}
	s.agrees(dir)
	git("checkout", "-q", "main")
}

// foldersMoved renames folders, into each other and back, as fast as it can.
func foldersMoved(t *testing.T, _ *served, dir string) {
	at := func(name string) string { return filepath.Join(dir, "content", name) }
	for range asMany(300, 30) {
		for _, move := range [][2]string{{"2003", "2004/2003"}, {"2004", "2005/deep/2004"}, {"2005/deep/2004/2003", "2003"}, {"2005/deep", "other"}, {"other/2004", "2004"}, {"other", "2005/other"}} {
			must(t, os.MkdirAll(filepath.Dir(at(move[1])), 0o755))
			must(t, os.Rename(at(move[0]), at(move[1])))
		}
		must(t, os.Remove(at("2005/other")))
	}
	must(t, os.Rename(at("2003"), at("moved for good")))
}

func siteRemoved(t *testing.T, s *served, dir string) {
	for i := range 3 {
		must(t, os.RemoveAll(dir))
		if i == 0 {
			s.says("is gone")
		}
		if status, page := s.get("2001/01/01/r1/"); i == 0 && (status != http.StatusOK || !bytes.Contains(page, []byte("Report 1"))) {
			t.Errorf("the last good site is not shown: status %d", status)
		}
		writeFile(t, filepath.Join(dir, "publish.yaml"), stormSettings)
		for n := range 10 {
			writeFile(t, stormFile(dir, n), report(fmt.Sprintf("Made again %d, %d", n, i)))
		}
	}
}

func contentLinked(t *testing.T, s *served, dir string) {
	content, behind := filepath.Join(dir, "content"), filepath.Join(dir, "behind")
	must(t, os.Rename(content, behind))
	must(t, os.Symlink("behind", content))
	s.agrees(dir)
	writeFile(t, filepath.Join(behind, "2001", "2001-01-01-r1.md"), report("Written behind the link"))
	s.agrees(dir)
	must(t, os.Remove(content))
	must(t, os.Rename(behind, content))
	writeFile(t, stormFile(dir, 2), report("In the folder again"))
}

func contentElsewhere(t *testing.T, s *served, dir string) {
	content, elsewhere := filepath.Join(dir, "content"), filepath.Join(filepath.Dir(dir), "elsewhere")
	must(t, os.Rename(content, elsewhere))
	must(t, os.Symlink(elsewhere, content))
	s.says("passed over content: a link that leads out of the site folder")
	s.agrees(dir) // a build would hold no reports either
	must(t, os.Remove(content))
	must(t, os.Rename(elsewhere, content))
}

// clockSetBack edits files so that their times go backwards, or stay, and their
// sizes are the same.
func clockSetBack(t *testing.T, s *served, dir string) {
	info, err := os.Stat(stormFile(dir, 1))
	must(t, err)
	for n := range 4 {
		for i := range 6 {
			file := stormFile(dir, i)
			writeFile(t, file, report(fmt.Sprintf("Number %d", 10*n+i+10)))
			when := info.ModTime() // as it was
			if i%2 == 0 {
				when = when.Add(-time.Duration(n) * 24 * time.Hour)
			}
			must(t, os.Chtimes(file, when, when))
		}
		s.agrees(dir)
	}
}

// brokenAndMended writes what cannot be read over a file, and mends it. Meanwhile the
// site is as it was.
func brokenAndMended(name, bad, good string) func(*testing.T, *served, string) {
	return func(t *testing.T, s *served, dir string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		for range 2 {
			told := strings.Count(s.text(), "no errors any more")
			before := strings.Count(s.text(), name+":")
			writeFile(t, file, bad)
			eventually(t, "the mistake is told", func() bool { return strings.Count(s.text(), name+":") > before })
			if status, page := s.get("2001/01/01/r1/"); status != http.StatusOK || !bytes.Contains(page, []byte("the alarm rang")) {
				t.Errorf("the last good page is not shown: status %d", status)
			}
			writeFile(t, stormFile(dir, 3), report("Edited meanwhile"))
			writeFile(t, file, good)
			eventually(t, "it is told that all is well", func() bool { return strings.Count(s.text(), "no errors any more") > told })
		}
	}
}

// editors leaves beside a text what vim, Emacs, LibreOffice, JetBrains' and GNOME's
// editors do, while they save it.
func editors(t *testing.T, s *served, dir string) {
	text := stormFile(dir, 1)
	folder, name := filepath.Split(text)
	for n := range 3 {
		var made []string
		must(t, os.WriteFile(filepath.Join(folder, "4913"), nil, 0o644)) // whether it may write
		must(t, os.Remove(filepath.Join(folder, "4913")))
		for _, other := range []string{name + "~", "#" + name + "#", "." + name + ".swp", "." + name + ".swx", ".goutputstream-ABC123", name + "___jb_tmp___", name + "___jb_old___", ".~lock." + name + "#", ".DS_Store", "." + name + ".kate-swp"} {
			writeFile(t, filepath.Join(folder, other), report("A copy of an editor's"))
			made = append(made, filepath.Join(folder, other))
		}
		lock := filepath.Join(folder, ".#"+name)
		must(t, os.Symlink("nobody@example.1234:5678", lock))
		must(t, os.WriteFile(text+".tmp", []byte(report(fmt.Sprintf("Saved %d", n))), 0o644))
		must(t, os.Rename(text+".tmp", text))
		s.agrees(dir)
		for _, file := range append(made, lock) {
			must(t, os.Remove(file))
		}
	}
	if _, home := s.get(""); bytes.Contains(home, []byte("A copy of")) {
		t.Error("a copy of an editor's is on the site")
	}
}

// slowly writes a file in pieces, for seconds.
func slowly(t *testing.T, _ *served, dir string) {
	f, err := os.Create(stormFile(dir, 1))
	must(t, err)
	text := report("Slow") + strings.Repeat("\nA paragraph more.\n", 20)
	for len(text) > 0 {
		n := min(len(text), 1+len(text)/asMany(40, 20))
		_, err := f.WriteString(text[:n])
		must(t, err)
		text = text[n:]
		time.Sleep(time.Duration(asMany(60, 15)) * time.Millisecond) // that is the slowness
	}
	must(t, f.Close())
}

func renames(t *testing.T, _ *served, dir string) {
	a, b := stormFile(dir, 1), filepath.Join(dir, "content", "2002", "2002-02-02-other.md")
	for range asMany(10_000, 1000) / 2 {
		must(t, os.Rename(a, b))
		must(t, os.Rename(b, a))
	}
	must(t, os.Rename(a, b))
}

// fullDisk leaves what a program leaves that saves on a full disk: the file empty,
// or half of it; then it is saved again.
func fullDisk(t *testing.T, s *served, dir string) {
	settings := filepath.Join(dir, "publish.yaml")
	for i := range 5 {
		text := report(fmt.Sprintf("Saved at last %d", i))
		must(t, os.Truncate(stormFile(dir, i), 0))
		writeFile(t, stormFile(dir, i+5), text[:len(text)/(i+2)])
	}
	must(t, os.Truncate(settings, 0))
	time.Sleep(300 * time.Millisecond) // longer than files are believed to be half written
	writeFile(t, settings, stormSettings)
	for i := range 10 {
		writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Saved at last %d", i)))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

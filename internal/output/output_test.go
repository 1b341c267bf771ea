package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"publish/internal/diag"
	"publish/internal/route"
)

// site makes a table of files with their text.
func site(t testing.TB, pages map[string]string) *route.Table {
	t.Helper()
	var routes []*route.Route
	for path, text := range pages {
		routes = append(routes, &route.Route{Path: path, Source: "content" + path, Render: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	table, diags := route.New(routes)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return table
}

func write(t testing.TB, pages map[string]string, o Options) Report {
	t.Helper()
	report, err := Write(t.Context(), site(t, pages), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// texts are the files below a folder with their bytes; folders that hold
// nothing end in a slash, and links are marked.
func texts(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			if entries, err := os.ReadDir(path); err == nil && len(entries) == 0 {
				found[rel+"/"] = ""
			}
		case e.Type()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			found[rel] = "-> " + to
		default:
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			found[rel] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// expect compares the folder, but for the manifest, with the files wanted, and
// the folder that holds it with nothing but it.
func expect(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	got := texts(t, dir)
	if _, ok := got[manifestName]; !ok {
		t.Error("there is no manifest")
	}
	delete(got, manifestName)
	if !maps.Equal(got, want) {
		t.Errorf("got the files %q, want %q", got, want)
	}
	expectAlone(t, dir)
}

// expectAlone checks that nothing of publish's is left beside the output.
func expectAlone(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "."+filepath.Base(dir)) {
			t.Errorf("%q is left beside the output", e.Name())
		}
	}
}

// stamp is what tells whether a file was touched.
type stamp struct {
	size     int64
	mode     fs.FileMode
	modified time.Time
	same     fs.FileInfo
}

func stamps(t testing.TB, dir string) map[string]stamp {
	t.Helper()
	found := make(map[string]stamp)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		found[path] = stamp{info.Size(), info.Mode(), info.ModTime(), info}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func sameStamp(a, b stamp) bool {
	return a.size == b.size && a.mode == b.mode && a.modified.Equal(b.modified) && os.SameFile(a.same, b.same)
}

func put(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

var (
	first  = map[string]string{"/": "home", "/a/": "page a", "/b/": "page b", "/style.css": "css", "/feed.xml": "feed"}
	second = map[string]string{"/": "home 2", "/a/": "page a", "/c/d/": "page d", "/style.css": "css", "/feed.xml": "feed 2"}

	firstFiles  = map[string]string{"index.html": "home", "a/index.html": "page a", "b/index.html": "page b", "style.css": "css", "feed.xml": "feed"}
	secondFiles = map[string]string{"index.html": "home 2", "a/index.html": "page a", "c/d/index.html": "page d", "style.css": "css", "feed.xml": "feed 2"}
)

func with(files map[string]string, more ...string) map[string]string {
	files = maps.Clone(files)
	for i := 0; i < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

func TestWriteFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet", "public")
	report := write(t, first, Options{Dir: dir, Jobs: 3})
	expect(t, dir, firstFiles)
	if report.Total != 5 || report.Written != 5 || report.Unchanged != 0 || report.Removed != 0 || report.Bytes != 23 {
		t.Errorf("got %+v", report)
	}
	if report.Largest[0] != (File{"a/index.html", 6}) {
		t.Errorf("got the largest file %v", report.Largest[0])
	}
	want := "publish-manifest 1 5\n"
	if got := texts(t, dir)[manifestName]; !strings.HasPrefix(got, want) || !strings.Contains(got, " 4 index.html\n") {
		t.Errorf("got the manifest %q", got)
	}
}

func TestWriteSameAgainTouchesNothing(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		holder := t.TempDir()
		dir := filepath.Join(holder, "public")
		write(t, first, Options{Dir: dir})
		put(t, filepath.Join(dir, "CNAME"), "example.org")
		before := stamps(t, holder)
		report := write(t, first, Options{Dir: dir, InPlace: inPlace})
		after := stamps(t, holder)
		if !maps.EqualFunc(before, after, sameStamp) {
			t.Errorf("in place %v: got %v, want %v", inPlace, after, before)
		}
		if report.Unchanged != 5 || report.Written != 0 || report.InPlace != "" || !slices.Equal(report.Carried, []string{"CNAME"}) {
			t.Errorf("in place %v: got %+v", inPlace, report)
		}
	}
}

// The ways in which a folder can be changed.
var ways = map[string]Options{
	"exchanged":     {},
	"two renames":   {seams: seams{fail: failing("exchange", syscall.ENOSYS)}},
	"without links": {seams: seams{fail: failing("link", syscall.EPERM)}},
	"in place":      {InPlace: true},
	"busy":          {seams: seams{fail: failing("exchange", syscall.EACCES)}},
	"mounted in":    {seams: seams{fail: failing("link", syscall.EXDEV)}},
}

func TestWriteChanges(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o.Dir = filepath.Join(t.TempDir(), "public")
			write(t, first, Options{Dir: o.Dir})
			before := stamps(t, o.Dir)
			report := write(t, second, o)
			expect(t, o.Dir, secondFiles)
			if report.Written != 3 || report.Unchanged != 2 || report.Removed != 1 || report.Total != 5 {
				t.Errorf("got %+v", report)
			}
			kept, now := before[filepath.Join(o.Dir, "style.css")], stamps(t, o.Dir)[filepath.Join(o.Dir, "style.css")]
			if name != "without links" && !sameStamp(kept, now) || !kept.modified.Equal(now.modified) {
				t.Error("a file that did not change was written")
			}
			if inPlace := name == "in place" || name == "busy" || name == "mounted in"; (report.InPlace != "") != inPlace {
				t.Errorf("in place: got %q", report.InPlace)
			}
			if report.Gap != (name == "two renames") {
				t.Errorf("gap: got %v", report.Gap)
			}
			write(t, nil, o)
			expect(t, o.Dir, map[string]string{})
		})
	}
}

func TestWriteTurnsFilesIntoFoldersAndBack(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o.Dir = filepath.Join(t.TempDir(), "public")
			write(t, map[string]string{"/a": "file", "/b/c/": "page"}, o)
			write(t, map[string]string{"/a/": "page", "/b": "file"}, o)
			expect(t, o.Dir, map[string]string{"a/index.html": "page", "b": "file"})
			write(t, map[string]string{"/a": "file", "/b/c/": "page"}, o)
			expect(t, o.Dir, map[string]string{"a": "file", "b/c/index.html": "page"})
		})
	}
}

func TestWriteRepairsWhatWasEdited(t *testing.T) {
	edits := map[string]func(dir string) error{
		"edited, same size": func(dir string) error { return os.WriteFile(filepath.Join(dir, "index.html"), []byte("hime"), 0o644) },
		"emptied":           func(dir string) error { return os.Truncate(filepath.Join(dir, "index.html"), 0) },
		"removed":           func(dir string) error { return os.Remove(filepath.Join(dir, "index.html")) },
		"another mode":      func(dir string) error { return os.Chmod(filepath.Join(dir, "index.html"), 0o600) },
		"now a link": func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "index.html")), os.Symlink("style.css", filepath.Join(dir, "index.html")))
		},
		"only a folder left": func(dir string) error { return os.Remove(filepath.Join(dir, "a", "index.html")) },
		"now a folder": func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "index.html")), os.Mkdir(filepath.Join(dir, "index.html"), 0o755))
		},
	}
	for name, edit := range edits {
		for way, o := range ways {
			t.Run(name+", "+way, func(t *testing.T) {
				o.Dir = filepath.Join(t.TempDir(), "public")
				o.Force = name == "now a folder"
				write(t, first, o)
				if err := edit(o.Dir); err != nil {
					t.Fatal(err)
				}
				write(t, first, o)
				expect(t, o.Dir, firstFiles)
				info, err := os.Lstat(filepath.Join(o.Dir, "index.html"))
				if err != nil || runtime.GOOS != "windows" && info.Mode() != fileMode {
					t.Errorf("got the mode %v (%v)", info.Mode(), err)
				}
			})
		}
	}
}

func TestWriteKeepsFilesOfOthers(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o.Dir = filepath.Join(t.TempDir(), "public")
			write(t, first, o)
			put(t, filepath.Join(o.Dir, "CNAME"), "example.org")
			put(t, filepath.Join(o.Dir, "b", "notes.txt"), "mine")
			put(t, filepath.Join(o.Dir, ".git", "HEAD"), "ref")
			closed := filepath.Join(o.Dir, ".git", "refs", "empty")
			if err := errors.Join(os.MkdirAll(closed, 0o755), os.Chmod(closed, 0o700)); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("/nowhere", filepath.Join(o.Dir, "link")); err != nil {
				t.Fatal(err)
			}
			report := write(t, second, o)
			expect(t, o.Dir, with(secondFiles, "CNAME", "example.org", "b/notes.txt", "mine",
				".git/HEAD", "ref", ".git/refs/empty/", "", "link", "-> /nowhere"))
			if want := []string{".git/HEAD", "CNAME", "b/notes.txt", "link"}; !slices.Equal(report.Carried, want) {
				t.Errorf("got carried %q, want %q", report.Carried, want)
			}
			if info, err := os.Stat(closed); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
				t.Errorf("the closed folder has the mode %v (%v)", info.Mode(), err)
			}
		})
	}
}

func TestWriteKeepsFilesThatComeDuringTheBuild(t *testing.T) {
	for _, way := range []string{"exchanged", "two renames", "without links"} {
		o := ways[way]
		o.Dir = filepath.Join(t.TempDir(), "public")
		write(t, first, o)
		put(t, filepath.Join(o.Dir, "old.txt"), "before")
		o.seams.reached = func(step string) {
			if step == "staged" {
				put(t, filepath.Join(o.Dir, "late", "new.txt"), "late")
				put(t, filepath.Join(o.Dir, "swap"), "after, at more length")
				if err := os.Rename(filepath.Join(o.Dir, "swap"), filepath.Join(o.Dir, "old.txt")); err != nil {
					t.Error(err)
				}
			}
		}
		report := write(t, second, o)
		expect(t, o.Dir, with(secondFiles, "late/new.txt", "late", "old.txt", "after, at more length"))
		if want := []string{"late/new.txt", "old.txt"}; !slices.Equal(report.Carried, want) {
			t.Errorf("%s: got carried %q, want %q", way, report.Carried, want)
		}
	}
}

// What could not be moved is kept, since it exists nowhere else.
func TestWriteKeepsFilesThatCannotBeMoved(t *testing.T) {
	for _, op := range []string{"rename", "mkdir"} {
		dir := filepath.Join(t.TempDir(), "public")
		write(t, first, Options{Dir: dir})
		o := Options{Dir: dir, seams: seams{reached: func(step string) {
			if step == "staged" {
				put(t, filepath.Join(dir, "late", "new.txt"), "late")
			}
		}, fail: func(called, path string) error {
			if called == op && strings.HasPrefix(path, filepath.Join(dir, "late")) {
				return syscall.ENOSPC
			}
			return nil
		}}}
		_, err := Write(t.Context(), site(t, second), o)
		kept := filepath.Join(filepath.Dir(dir), ".public"+keptName)
		if changed, ok := errors.AsType[*Changed](err); !ok || !strings.Contains(changed.State, kept) {
			t.Errorf("%s: got %v, want where the file is", op, err)
		}
		if data, err := os.ReadFile(filepath.Join(kept, "late", "new.txt")); string(data) != "late" {
			t.Errorf("%s: the file is lost: %v", op, err)
		}
		write(t, first, Options{Dir: dir})
		if data, err := os.ReadFile(filepath.Join(kept, "late", "new.txt")); string(data) != "late" {
			t.Errorf("%s: the file is lost by the next build: %v", op, err)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(t *testing.T, dir string)
		says    string
		force   map[string]string // the folder after the same with Force
	}{
		{"a folder of somebody else", func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, "thesis.txt"), "years of work")
		}, `was not written by publish: it holds "thesis.txt"`, with(firstFiles, "thesis.txt", "years of work")},
		{"a list from a newer publish", func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, manifestName), "publish-manifest 2 0\n")
		}, "does not begin with", firstFiles},
		{"a list that was cut short", func(t *testing.T, dir string) {
			write(t, first, Options{Dir: dir})
			if err := os.Truncate(filepath.Join(dir, manifestName), 60); err != nil {
				t.Fatal(err)
			}
		}, "cannot be read", firstFiles},
		{"a foreign file in a page's place", func(t *testing.T, dir string) {
			write(t, nil, Options{Dir: dir})
			put(t, filepath.Join(dir, "a", "index.html"), "mine")
			put(t, filepath.Join(dir, "a", "other.html"), "mine too")
		}, `the place of "a/index.html", not written by publish`, with(firstFiles, "a/other.html", "mine too")},
		{"the same by letter case", func(t *testing.T, dir string) {
			write(t, nil, Options{Dir: dir})
			put(t, filepath.Join(dir, "STYLE.css"), "mine")
		}, `"STYLE.css"`, firstFiles},
		{"a foreign file where a folder goes", func(t *testing.T, dir string) {
			write(t, nil, Options{Dir: dir})
			put(t, filepath.Join(dir, "a"), "mine")
		}, `"a"`, firstFiles},
		{"a foreign folder where a file goes", func(t *testing.T, dir string) {
			write(t, nil, Options{Dir: dir})
			put(t, filepath.Join(dir, "style.css", "x", "y"), "mine")
		}, `"style.css", "style.css/x", "style.css/x/y"`, firstFiles},
		{"a link out of the folder where a folder goes", func(t *testing.T, dir string) {
			write(t, nil, Options{Dir: dir})
			if err := os.Symlink(t.TempDir(), filepath.Join(dir, "a")); err != nil {
				t.Fatal(err)
			}
		}, `"a"`, firstFiles},
	}
	for _, test := range tests {
		for _, inPlace := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, in place %v", test.name, inPlace), func(t *testing.T) {
				o := Options{Dir: filepath.Join(t.TempDir(), "public"), InPlace: inPlace}
				test.prepare(t, o.Dir)
				before := stamps(t, o.Dir)
				_, err := Write(t.Context(), site(t, first), o)
				if refusal, ok := errors.AsType[*Refusal](err); !ok || !strings.Contains(refusal.Reason, test.says) || refusal.Hint == "" {
					t.Errorf("got %v, want a refusal with %q", err, test.says)
				}
				if !maps.EqualFunc(before, stamps(t, o.Dir), sameStamp) {
					t.Error("something was touched")
				}
				o.Force = true
				write(t, first, o)
				expect(t, o.Dir, test.force)
			})
		}
	}
}

func TestWriteRefusesPlaces(t *testing.T) {
	holder := t.TempDir()
	put(t, filepath.Join(holder, "site", "content", "x.md"), "text")
	put(t, filepath.Join(holder, "file"), "text")
	if err := os.Symlink(filepath.Join(holder, "site", "content"), filepath.Join(holder, "alias")); err != nil {
		t.Fatal(err)
	}
	refused := []string{"site", ".", "site/content", "site/content/public", "alias", "alias/public", "site/layouts", "site/layouts/x", "file", "/"}
	for _, dir := range append(refused, "site/public", "site/content2") {
		o := Options{
			Dir: filepath.Join(holder, dir), Site: filepath.Join(holder, "site"), Force: true,
			Protected: []string{filepath.Join(holder, "site", "content"), filepath.Join(holder, "site", "layouts"), ""},
		}
		if dir == "/" {
			o.Dir = dir
		}
		_, err := Write(t.Context(), site(t, first), o)
		if _, ok := errors.AsType[*Refusal](err); ok != slices.Contains(refused, dir) {
			t.Errorf("%q: got %v", dir, err)
		}
	}
	content := filepath.Join(holder, "site", "content")
	if got := texts(t, content); len(got) != 1 {
		t.Errorf("the content holds %q", got)
	}
	_, err := Write(t.Context(), site(t, first), Options{
		Dir: filepath.Join(holder, "site"), Protected: []string{filepath.Join(holder, "site", ".git"), content},
	})
	if err == nil || !strings.Contains(err.Error(), content) {
		t.Errorf("of what would be overwritten not the one that is there is named: %v", err)
	}
	if _, err := Write(t.Context(), site(t, first), Options{}); err == nil {
		t.Error("no folder at all was taken")
	}
}

func TestWriteRefusesItsOwnNames(t *testing.T) {
	for _, path := range []string{"/" + manifestName, "/.Publish-Manifest/", "/" + stagingName + "/x"} {
		dir := filepath.Join(t.TempDir(), "public")
		_, err := Write(t.Context(), site(t, map[string]string{"/": "home", path: "x"}), Options{Dir: dir})
		if list, ok := errors.AsType[*diag.ErrorList](err); !ok || len(list.List) != 1 || list.List[0].File != "content"+path {
			t.Errorf("%q: got %v", path, err)
		}
		expectAlone(t, dir)
	}
}

func TestWriteLeavesTheOldSiteOnMistakes(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o.Dir = filepath.Join(t.TempDir(), "public")
			write(t, first, o)
			before := stamps(t, o.Dir)
			mistake := func(message string) func(io.Writer) error {
				return func(io.Writer) error {
					var list diag.List
					list.Report(diag.TemplateError, diag.Pos{File: "layouts/x.html"}, "", "%s", message)
					return &diag.ErrorList{List: list}
				}
			}
			routes := slices.Clone(site(t, second).All())
			routes = append(routes,
				&route.Route{Path: "/x/", Source: "content/x.md", Render: mistake("one")},
				&route.Route{Path: "/y/", Source: "content/y.md", Render: mistake("two")},
				&route.Route{Path: "/z/", Source: "content/z.md", Render: func(io.Writer) error { panic("three") }},
				&route.Route{Path: "/w/", Source: "content/w.md", Render: func(io.Writer) error { return io.ErrUnexpectedEOF }},
			)
			table, _ := route.New(routes)
			_, err := Write(t.Context(), table, o)
			list, ok := errors.AsType[*diag.ErrorList](err)
			if !ok || len(list.List) != 3 || !strings.HasPrefix(list.List[0].Message, "the page /z/ cannot be made: three (internal/output/") || list.List[1].Message != "one" {
				t.Errorf("got %v, want three diagnostics", err)
			}
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("got %v, want the machine's failure too", err)
			}
			after := stamps(t, o.Dir)
			if o.InPlace { // the staging folder came and went in it
				delete(before, o.Dir)
				delete(after, o.Dir)
			}
			if !maps.EqualFunc(before, after, sameStamp) {
				t.Error("the old site was touched")
			}
			expect(t, o.Dir, firstFiles)
		})
	}
}

func TestWriteLeavesNothingOfAFailedFirstBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	table, _ := route.New([]*route.Route{{Path: "/", Render: func(io.Writer) error { return io.ErrUnexpectedEOF }}})
	if _, err := Write(t.Context(), table, Options{Dir: dir}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want no folder", err)
	}
	expectAlone(t, dir)
}

func TestWriteThroughALink(t *testing.T) {
	holder := t.TempDir()
	dir, link := filepath.Join(holder, "real"), filepath.Join(holder, "public")
	write(t, first, Options{Dir: dir})
	if err := os.Symlink("real", link); err != nil {
		t.Fatal(err)
	}
	report := write(t, second, Options{Dir: link})
	expect(t, dir, secondFiles)
	if report.InPlace != "it is a symbolic link" {
		t.Errorf("got %q", report.InPlace)
	}
	if to, err := os.Readlink(link); err != nil || to != "real" {
		t.Errorf("the link is now %q (%v)", to, err)
	}
}

func TestWriteInPlaceOrder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	write(t, map[string]string{"/old/": "old"}, Options{Dir: dir})
	var placed []string
	o := Options{Dir: dir, InPlace: true, seams: seams{reached: func(step string) {
		if file, ok := strings.CutPrefix(step, "placed "); ok {
			placed = append(placed, file)
		}
		if _, err := os.Stat(filepath.Join(dir, "old", "index.html")); (err == nil) == (step == "removed") {
			t.Errorf("at %q: the old page: %v", step, err)
		}
	}}}
	write(t, with(first, "/a/b/", "deep", "/data.json", "{}"), o)
	want := []string{"data.json", "style.css", "a/b/index.html", "a/index.html", "b/index.html", "index.html", "feed.xml"}
	if !slices.Equal(placed, want) {
		t.Errorf("got %q, want %q", placed, want)
	}
}

func TestWriteReportsProgress(t *testing.T) {
	var seen []int
	o := Options{Dir: filepath.Join(t.TempDir(), "public"), Jobs: 4, Progress: func(done, total int) {
		if total != 5 {
			t.Errorf("got a total of %d, want 5", total)
		}
		seen = append(seen, done)
	}}
	write(t, first, o)
	if !slices.Equal(seen, []int{1, 2, 3, 4, 5}) {
		t.Errorf("got %v", seen)
	}
}

func TestWriteKeepsTheModeOfTheFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there are no such modes
	}
	dir := filepath.Join(t.TempDir(), "public")
	write(t, first, Options{Dir: dir})
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != folderMode {
		t.Errorf("at first: got %v (%v)", info.Mode(), err)
	}
	if err := os.Chmod(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	write(t, second, Options{Dir: dir})
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("then: got %v (%v)", info.Mode(), err)
	}
}

func TestWriteSameBytesForAnyNumberOfJobs(t *testing.T) {
	pages := make(map[string]string)
	for i := range 200 {
		pages[fmt.Sprintf("/p/%d/", i)] = strings.Repeat("x", i)
	}
	var want map[string]string
	for _, jobs := range []int{1, 2, 16} {
		dir := filepath.Join(t.TempDir(), "public")
		write(t, pages, Options{Dir: dir, Jobs: jobs})
		got := texts(t, dir)
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Errorf("%d jobs give another site", jobs)
		}
	}
}

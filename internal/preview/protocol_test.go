package preview

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/route"
)

// say sends what a tab says and reads what it is told.
func say(t testing.TB, h http.Handler, q question) *answer {
	t.Helper()
	w := post(h, "/-publish/page", string(encode(q)))
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	a := &answer{}
	if err := json.Unmarshal(w.Body.Bytes(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func post(h http.Handler, target, data string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", target, strings.NewReader(data))
	r.Host = "localhost:4000"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// revisionOf is a revision with these pages.
func revisionOf(t testing.TB, pages map[string]string) *Revision {
	return &Revision{Table: table(t, pages)}
}

func TestATabIsToldWhatItDoesNotShow(t *testing.T) {
	h := NewHandler(Options{Base: "/repo"})
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>one", "/404.html": "<p>none", "/x.css": "p{}"}))
	first := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: "", Assets: []string{"/repo/x.css", "/repo/a/", "/x.css", "/repo/no.png"}})
	if first.HTML == nil || *first.HTML != "<p>one" || first.Version == "" || first.Reload {
		t.Fatalf("got %+v", first)
	}
	if len(first.Assets) != 1 || first.Assets["/repo/x.css"] == "" {
		t.Errorf("got the assets %v, want the version of one", first.Assets)
	}
	if again := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); again.HTML != nil || again.Version != first.Version {
		t.Errorf("it shows it already: got %+v", again)
	}
	if w := ask(h, "GET", "/repo/a/"); !strings.Contains(whole(t, w), `data-version="`+first.Version+`"`) {
		t.Error("the page does not say the version that it has")
	}
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>one", "/404.html": "<p>none", "/x.css": "p{}", "/b/": "new"}))
	if again := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); again.HTML != nil {
		t.Errorf("another page changed: got %+v", again)
	}
	missing := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/c"})
	if missing.Reload || missing.HTML == nil || *missing.HTML != "<p>none" {
		t.Errorf("the 404 page: got %+v", missing)
	}
	if now := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/b/"}); !now.Reload {
		t.Errorf("there is a page now: got %+v", now)
	}
	if now := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/b"}); !now.Reload {
		t.Errorf("there is a redirect now: got %+v", now)
	}
	h.Show(revisionOf(t, map[string]string{"/404.html": "<p>none"}))
	if now := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); !now.Reload {
		t.Errorf("the page is gone: got %+v", now)
	}
}

func TestLayoutsThatChangedReloadThePages(t *testing.T) {
	h := showing(table(t, map[string]string{"/": "x"}), Options{})
	before := say(t, h, question{Tab: "t", Path: "/", At: "/"}).Version
	h.Show(&Revision{Table: table(t, map[string]string{"/": "x"}), Reload: true})
	h.Show(revisionOf(t, map[string]string{"/": "x"}))
	after := say(t, h, question{Tab: "t", Path: "/", At: "/"}).Version
	hash, generation, _ := strings.Cut(after, ".")
	if hash != strings.TrimSuffix(before, ".0") || generation != "1" {
		t.Errorf("got %q after %q, want the same page of the next generation", after, before)
	}
	tagOf := ask(h, "GET", "/").Header.Get("ETag")
	if r := ask(h, "GET", "/", "If-None-Match", tagOf); r.StatusCode != 304 {
		t.Errorf("got %d, want 304", r.StatusCode)
	}
	if tagOf == fmt.Sprintf("%q", before+"-"+live().version) {
		t.Error("the browser's cache would give the page with the old tag, and load it for ever")
	}
}

func TestAFaultIsToldAndTheLastGoodPageStays(t *testing.T) {
	broken := &route.Route{Path: "/a/", Source: "content/a.md", Render: func(io.Writer) error {
		var list diag.List
		list.Report(diag.TemplateError, diag.Pos{File: "layouts/a.html", Line: 2, Column: 3}, "close it", "a tag is open")
		return &diag.ErrorList{List: list}
	}}
	made, _ := route.New([]*route.Route{broken})
	h := NewHandler(Options{})
	h.Show(&Revision{Table: made, Source: func(string) []byte { return []byte("one\ntwo\n") }})
	got := say(t, h, question{Tab: "t", Path: "/a/", At: "/a/", Version: "good.0"})
	want := "layouts/a.html:2:3: error: a tag is open  [template-error]\n    two\n      ^\n  hint: close it"
	if got.HTML != nil || got.Reload || got.Version != "good.0" || len(got.Fault) != 1 || got.Fault[0].Text != want {
		t.Errorf("got %+v", got)
	}
	page := whole(t, ask(h, "GET", "/a/"))
	if !strings.Contains(page, `data-path="/a/" data-version="fault.0"`) {
		t.Errorf("the page does not wait for better: %s", page)
	}
}

func TestStateSaysWhatTheTerminalSays(t *testing.T) {
	var errs, warnings diag.List
	errs.Report(diag.FieldType, diag.Pos{File: "content/a.md", Line: 1, Column: 5}, "write a date", "%q is no <date>", "x")
	for i := range 250 {
		warnings.Report(diag.LinkBroken, diag.Pos{File: "content/b.md", Line: i + 1}, "", "a link")
	}
	rev := revisionOf(t, map[string]string{"/": "", "/a/": ""})
	rev.Errors, rev.Warnings = errs, warnings
	rev.Source = func(string) []byte { return []byte("date: x") }
	rev.Held = []Held{{Title: "Draft", Path: "/d/", File: "content/d.md", Reason: "draft: true"}}
	rev.Edited, rev.EditedTitle = "/a/", "A"
	asked := 0
	rev.Doubts = func(path string) diag.List {
		asked++
		return warnings[:1]
	}
	h := NewHandler(Options{Base: "/repo/"})
	h.Show(rev)
	if rev.Number != 1 {
		t.Errorf("got the number %d", rev.Number)
	}
	var s state
	var answers []*answer
	for range 2 {
		answers = append(answers, say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/"}))
	}
	if err := json.Unmarshal(answers[1].State, &s); err != nil {
		t.Fatal(err)
	}
	want := "content/a.md:1:5: error: \"x\" is no <date>  [field-type]\n    date: x\n        ^\n  hint: write a date"
	if len(s.Errors) != 1 || s.Errors[0].Text != want || s.Errors[0].Level != "error" {
		t.Errorf("got %+v, want %q", s.Errors, want)
	}
	if s.WarningCount != 250 || len(s.Warnings) != mostTold+1 || s.Warnings[mostTold].Text != "and 150 more: the terminal has them all" {
		t.Errorf("got %d of %d warnings", len(s.Warnings), s.WarningCount)
	}
	if s.Base != "/repo/" || s.Number != 1 || s.Edited.Path != "/a/" || s.Edited.Title != "A" || !slices.Equal(s.Held, rev.Held) {
		t.Errorf("got %+v", s)
	}
	if asked != 1 || len(answers[1].Doubts) != 1 || !strings.Contains(answers[1].Doubts[0].Text, "content/b.md:1: warning: a link") {
		t.Errorf("asked %d times, got %+v", asked, answers[1].Doubts)
	}
}

func TestAheadLastsUntilTheNextRevision(t *testing.T) {
	h := showing(table(t, map[string]string{"/a/": "1", "/b/": "1"}), Options{})
	h.Ahead(table(t, map[string]string{"/a/": "2"}).Get("/a/"))
	h.Ahead(table(t, map[string]string{"/b/": "2"}).Get("/b/"))
	for _, target := range []string{"/a/", "/b/", "/a/index.html"} {
		if got := body(t, ask(h, "GET", target)); got != "2" {
			t.Errorf("%s: got %q, want the page ahead", target, got)
		}
	}
	h.Show(revisionOf(t, map[string]string{"/a/": "3", "/b/": "3"}))
	for _, target := range []string{"/a/", "/b/"} {
		if got := body(t, ask(h, "GET", target)); got != "3" {
			t.Errorf("%s: got %q, want the new revision", target, got)
		}
	}
}

func TestExtraRoutesNeverHidePublicOnes(t *testing.T) {
	h := NewHandler(Options{})
	h.Show(&Revision{
		Table: table(t, map[string]string{"/a/": "public", "/b.html": "public", "/404.html": "none"}),
		Extra: table(t, map[string]string{"/a/": "extra", "/draft/": "extra", "/b/": "extra"}),
	})
	for target, want := range map[string]string{"/a/": "public", "/draft/": "extra", "/b": "public", "/b/": "extra", "/c/": "none"} {
		if got := body(t, ask(h, "GET", target)); got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

func TestPagesOfAKnownKeyAreNotRenderedAgain(t *testing.T) {
	rendered := 0
	at := func(key byte, path string) *Revision {
		made, _ := route.New([]*route.Route{{Path: path, Key: route.Key{key}, Render: func(w io.Writer) error {
			rendered++
			_, err := fmt.Fprintf(w, "key %d", key)
			return err
		}}})
		return &Revision{Table: made}
	}
	h := NewHandler(Options{})
	for i, step := range []struct {
		key  byte
		path string
		want int
	}{{1, "/a/", 1}, {1, "/a/", 1}, {2, "/a/", 2}, {1, "/a/", 2}, {1, "/b/", 2}, {0, "/a/", 3}, {0, "/a/", 4}} {
		h.Show(at(step.key, step.path))
		if got := body(t, ask(h, "GET", step.path)); got != fmt.Sprintf("key %d", step.key) || rendered != step.want {
			t.Errorf("step %d: got %q, rendered %d times, want %d", i, got, rendered, step.want)
		}
	}
}

func TestAMachinesFailureIsTriedAgain(t *testing.T) {
	fail := true
	made, _ := route.New([]*route.Route{{Path: "/", Key: route.Key{1}, Render: func(w io.Writer) error {
		if fail {
			return io.ErrUnexpectedEOF
		}
		_, err := io.WriteString(w, "good")
		return err
	}}})
	h := showing(made, Options{})
	if r := ask(h, "GET", "/"); r.StatusCode != 500 {
		t.Errorf("got %d", r.StatusCode)
	}
	fail = false
	h.Show(&Revision{Table: made})
	if got := body(t, ask(h, "GET", "/")); got != "good" {
		t.Errorf("got %q", got)
	}
}

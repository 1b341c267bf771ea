package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// ran runs a command line and gives its exit status and what it said.
func ran(args ...string) (code int, said string) {
	var out, err bytes.Buffer
	p := &program{stdout: &out, stderr: &err, getenv: func(string) string { return "" }, clock: func() time.Time {
		return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	}}
	code = p.run(context.Background(), args)
	return code, out.String() + err.String()
}

// imported imports a source into an empty folder, builds the site and gives
// its data. A second import must find nothing to do.
func imported(t *testing.T, args ...string) (dir string, data sitePosts) {
	t.Helper()
	dir = t.TempDir()
	args = append([]string{"import", "--site", dir}, args...)
	if code, said := ran(args...); code != exitGood {
		t.Fatalf("import exits with %d: %s", code, said)
	}
	if code, said := ran(args...); code != exitGood || !strings.Contains(said, "nothing to do") {
		t.Errorf("the second import exits with %d: %s", code, said)
	}
	return dir, builtData(t, dir)
}

// sitePosts is /postmortems.json as far as the tests look at it.
type sitePosts struct {
	Posts []struct {
		ID, Kind, Title, Date, Status, Path string
		Severity                            struct{ ID string }
		Services                            []string
		Incident                            map[string]struct{ At string }
		Updates                             []struct{ At, Status, Text string }
	} `json:"postmortems"`
}

func builtData(t *testing.T, dir string) (data sitePosts) {
	t.Helper()
	code, said := ran("build", "--site", dir, "--base-url", "https://status.example.org/", "--keep-going", "--now", "2026-11-21")
	text, err := os.ReadFile(filepath.Join(dir, "public", "postmortems.json"))
	if err != nil {
		t.Fatalf("build exits with %d: %s", code, said)
	}
	if err := json.Unmarshal(text, &data); err != nil {
		t.Fatal(err)
	}
	return data
}

const statuspageData = "../../internal/importer/testdata/statuspage/"

// statuspageIncident is what the tests ask of Statuspage's JSON.
type statuspageIncident struct {
	ID, Name, Status, Impact string
	CreatedAt                string `json:"created_at"`
	StartedAt                string `json:"started_at"`
	ResolvedAt               string `json:"resolved_at"`
	Components               []struct{ Name string }
	Updates                  []struct {
		Status, Body string
		DisplayAt    string `json:"display_at"`
	} `json:"incident_updates"`
}

// Every fact that Statuspage's JSON states is in the data of the site.
func TestImportedStatuspageAgrees(t *testing.T) {
	_, data := imported(t, "statuspage", statuspageData+"v2")
	var source struct {
		Incidents []statuspageIncident
	}
	var planned struct {
		Incidents []statuspageIncident `json:"scheduled_maintenances"`
	}
	for name, into := range map[string]any{"incidents.json": &source, "scheduled-maintenances.json": &planned} {
		text, err := os.ReadFile(statuspageData + "v2/" + name)
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	all := append(source.Incidents, planned.Incidents...)
	if len(all) != 3 || len(data.Posts) != 3 {
		t.Fatalf("%d incidents became %d", len(all), len(data.Posts))
	}
	for _, want := range all {
		compareIncident(t, want, data)
	}
}

func compareIncident(t *testing.T, want statuspageIncident, data sitePosts) {
	t.Helper()
	for _, got := range data.Posts {
		if got.ID != want.ID {
			continue
		}
		if got.Title != want.Name || !sameTime(got.Date, want.CreatedAt) || !sameTime(got.Incident["resolved"].At, want.ResolvedAt) {
			t.Errorf("%s: title, date or end differ: %+v", want.ID, got)
		}
		if want.Impact == "maintenance" {
			if got.Kind != "maintenance" || got.Status != "resolved" {
				t.Errorf("%s: %q, %q", want.ID, got.Kind, got.Status)
			}
		} else if got.Severity.ID != want.Impact || got.Status != want.Status || !sameTime(got.Incident["start"].At, want.StartedAt) {
			t.Errorf("%s: severity, status or start differ: %+v", want.ID, got)
		}
		if len(got.Services) != len(want.Components) || len(got.Updates) != len(want.Updates) {
			t.Fatalf("%s: services or updates differ: %+v", want.ID, got)
		}
		for _, u := range want.Updates {
			found := false
			for _, v := range got.Updates {
				found = found || sameTime(v.At, u.DisplayAt) && (u.Status == "postmortem" || wordsOf(v.Text) == wordsOf(u.Body))
			}
			if !found {
				t.Errorf("%s: no update of %s says %q: %+v", want.ID, u.DisplayAt, u.Body, got.Updates)
			}
		}
		return
	}
	t.Errorf("%s is not in the data", want.ID)
}

// sameTime compares to the second, as the data are written.
func sameTime(a, b string) bool {
	x, err := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339Nano, b)
	return err == nil && err2 == nil && x.Truncate(time.Second).Equal(y.Truncate(time.Second))
}

var (
	aTag  = regexp.MustCompile(`<[^<>]*>`)
	marks = regexp.MustCompile(`[^\pL\pN]+`)
)

// wordsOf are the words of a text, whatever marks it up.
func wordsOf(text string) string {
	return strings.TrimSpace(marks.ReplaceAllString(aTag.ReplaceAllString(html.UnescapeString(text), " "), " "))
}

// statuspageServer answers as Statuspage does; pages says whether it numbers
// its pages, as the private interface and look-alikes do.
func statuspageServer(t *testing.T, pages bool) *httptest.Server {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	incident := func(id int) string {
		return fmt.Sprintf(`{"id":"inc%d","name":"Incident %d","status":"resolved","impact":"minor","created_at":"2022-02-%02dT10:00:00.000Z","incident_updates":[{"id":"u%d","incident_id":"inc%d","status":"resolved","body":"Over. <img src=\"%s/img/g.png\"> ![b](https://elsewhere.test/b.png)","display_at":"2022-02-%02dT10:00:00.000Z"}],"components":[]}`,
			id, id, id, id, id, server.URL, id)
	}
	mux.HandleFunc("/api/v2/incidents.json", func(w http.ResponseWriter, r *http.Request) {
		ids := []int{1, 2}
		if pages {
			ids = map[string][]int{"": {1, 2}, "2": {3, 4}, "3": {5}}[r.URL.Query().Get("page")]
		}
		var list []string
		for _, id := range ids {
			list = append(list, incident(id))
		}
		fmt.Fprintf(w, `{"page":{"id":"p","name":"Parcel","url":%q},"incidents":[%s]}`, server.URL, strings.Join(list, ","))
	})
	mux.HandleFunc("/img/g.png", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "picture") })
	return server
}

// An address is asked for every page that it has, and its own images are
// fetched; those of other hosts stay where they are.
func TestImportFromAddress(t *testing.T) {
	for pages, want := range map[bool]int{true: 5, false: 2} {
		server := statuspageServer(t, pages)
		dir, data := imported(t, server.URL)
		if len(data.Posts) != want {
			t.Errorf("with pages %v: %d incidents, want %d", pages, len(data.Posts), want)
		}
		text, err := os.ReadFile(filepath.Join(dir, "content", "2022-02-01-incident-1.md"))
		if err != nil || !strings.Contains(string(text), "](images/g.png)") || !strings.Contains(string(text), "https://elsewhere.test/b.png") {
			t.Errorf("%v: %s", err, text)
		}
		if picture, err := os.ReadFile(filepath.Join(dir, "content", "images", "g.png")); err != nil || string(picture) != "picture" {
			t.Errorf("the image: %v", err)
		}
	}
}

// What an address does wrong is said, and nothing is written.
func TestImportFromAddressFails(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/none/", http.NotFound)
	mux.HandleFunc("/angry/", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusServiceUnavailable) })
	mux.HandleFunc("/page/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><p>hello") })
	mux.HandleFunc("/loop/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	mux.HandleFunc("/large/", func(w http.ResponseWriter, _ *http.Request) {
		block := bytes.Repeat([]byte(" "), 1<<20)
		for range 40 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for path, want := range map[string]string{
		"/none":           "is of no format that is known",
		"/none/x.json":    "does not exist",
		"/angry":          `answered "503 Service Unavailable"`,
		"/page":           "is of no format that is known",
		"/page/feed.atom": "is of no format that is known",
		"/loop":           "stopped after 10 redirects",
		"/large":          "more than 32 MB",
	} {
		dir := t.TempDir()
		code, said := ran("import", "--site", dir, server.URL+path)
		if code == exitGood || !strings.Contains(said, want) {
			t.Errorf("%s: exit %d: %s", path, code, said)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: %v %v", path, left, err)
		}
	}
	server.Close()
	if code, said := ran("import", "--site", t.TempDir(), server.URL); code != exitMachine || !strings.Contains(said, "cannot be reached") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// The private interface's export, and the history, say what they say.
func TestImportedExports(t *testing.T) {
	dir, data := imported(t, statuspageData+"v1.json")
	text, err := os.ReadFile(filepath.Join(dir, "content", "2022-02-15-delayed-labels-returns.md"))
	if err != nil || len(data.Posts) != 1 || !strings.HasSuffix(string(text), "---\n\n## Summary\n\nLabels were late for 1 h 42 min.\n") {
		t.Errorf("%v: %s", err, text)
	}
	rest, err := os.ReadFile(filepath.Join(dir, "leftovers", "statuspage", "p31zjtct2jer.json"))
	if err != nil || !strings.Contains(string(rest), `"ticket": "OPS-12"`) || !strings.Contains(string(rest), `"postmortem_published_at"`) {
		t.Errorf("%v: %s", err, rest)
	}

	_, data = imported(t, statuspageData+"history.atom")
	if len(data.Posts) != 1 || len(data.Posts[0].Updates) != 3 {
		t.Fatalf("%+v", data)
	}
	for i, want := range [][3]string{
		{"2021-12-31T23:50:00-08:00", "investigating", "Mail is late."},
		{"2022-01-01T00:40:00-08:00", "investigating", "Still late."},
		{"2022-01-01T02:00:00-08:00", "resolved", "It is over."},
	} {
		if u := data.Posts[0].Updates[i]; u.At != want[0] || u.Status != want[1] || u.Text != want[2] {
			t.Errorf("update %d: %+v, want %v", i, u, want)
		}
	}

	// Together, each says what the others do not; of two texts none is lost.
	dir, data = imported(t, statuspageData)
	if len(data.Posts) != 4 {
		t.Errorf("%d posts", len(data.Posts))
	}
	if text, err = os.ReadFile(filepath.Join(dir, "content", "2022-02-15-delayed-labels-returns.md")); err != nil || !strings.Contains(string(text), "A queue was full.") {
		t.Errorf("%v: %s", err, text)
	}
}

// Statuspage's own interface, made from what was imported, tells programs of
// the same incidents, by the ids that they know.
func TestImportedStatuspageIsServedAgain(t *testing.T) {
	dir, _ := imported(t, statuspageData+"v2")
	name := filepath.Join(dir, "publish.yaml")
	settings, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	own, _, _ := strings.Cut(string(settings), "feed:\n")
	if err := os.WriteFile(name, []byte(own+"outputs: [html, statuspage]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := ran("build", "--site", dir, "--base-url", "https://status.example.org/", "--now", "2026-11-21"); code != exitGood {
		t.Fatal(said)
	}
	for file, key := range map[string]string{"incidents.json": "incidents", "scheduled-maintenances.json": "scheduled_maintenances"} {
		before := incidentsIn(t, statuspageData+"v2/"+file, key)
		after := incidentsIn(t, filepath.Join(dir, "public", "api", "v2", file), key)
		if len(before) == 0 || len(after) != len(before) {
			t.Fatalf("%s: %d and %d", file, len(before), len(after))
		}
		for i, want := range before {
			got := after[i]
			if got.ID != want.ID || got.Name != want.Name || got.Status != want.Status || got.Impact != want.Impact || len(got.Updates) != len(want.Updates) {
				t.Errorf("%+v became %+v", want, got)
				continue
			}
			for j, u := range want.Updates {
				// An update of publish's cannot say that planned work began.
				if v := got.Updates[j]; v.Status != u.Status && u.Status != "in_progress" || !sameTime(v.DisplayAt, u.DisplayAt) {
					t.Errorf("%s: the update %+v became %+v", want.ID, u, v)
				}
			}
		}
	}
	// Its lines are not told again where the output has the addresses.
	if code, said := ran("import", "--site", dir, statuspageData+"v2"); code != exitGood || strings.Contains(said, "feed:") {
		t.Errorf("exit %d: %s", code, said)
	}
}

func incidentsIn(t *testing.T, file, key string) (list []statuspageIncident) {
	t.Helper()
	text, err := os.ReadFile(file)
	var whole map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(text, &whole)
	}
	if err == nil {
		err = json.Unmarshal(whole[key], &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

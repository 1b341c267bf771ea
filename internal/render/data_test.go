package render

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/site"
	"publish/internal/spill"
	"publish/internal/tree"
)

// fullDoc has every field of the data.
func fullDoc(t *testing.T) *content.Document {
	return newTestDoc(29, "full", func(d *content.Document) {
		paris := func(clock string) postmortem.Moment { return testTime(t, "2021-04-29T"+clock+"+02:00") }
		d.Title, d.Lang = "Panne <API> & \x1b[1mweb\x1b[0m", "fr"
		d.Body().Headings = []markdown.Heading{{Level: 3, Shown: 2, ID: "été", Text: "Été"}}
		m, h := d.Meta(), &d.Head
		h.ID, m.Summary, m.Status = "inc-1", "Résumé.", postmortem.StatusResolved
		m.Updated = testDay(2021, 5, 2)
		m.Severity.Text, h.Services, m.Regions, h.Tags = "sev2", []string{"API"}, []string{"eu-west"}, []string{"dns"}
		m.Authors = []postmortem.Author{{Name: "Ada", Email: "ada@status.example"}, {Email: "nameless@status.example"}}
		m.Start, m.Detected, m.Resolved = paris("09:21"), paris("09:30"), paris("13:00")
		m.Start.Approximate = true
		m.Timeline = []postmortem.Event{
			{At: paris("09:21"), Kind: "started", Text: "`deploy` **began**"},
			{At: paris("09:21"), Until: paris("09:40"), Text: "the same minute"},
			{At: testTime(t, "2021-04-29T10:00"), Text: "no zone"},
			{At: testDay(2021, 4, 30), Text: "a day"},
			{At: postmortem.Moment{Written: "--:--"}, Text: "unknown"},
		}
		m.Impacts = []postmortem.Impact{{Text: "mails", Who: "users", Count: postmortem.Number{Value: 8000, Known: true, Approximate: true},
			Share: postmortem.Number{Value: 0, Known: true}, Of: postmortem.Number{Written: "many"}, Unit: "mails",
			Duration: postmortem.Duration{Value: 90 * time.Minute, Known: true}, DataLoss: postmortem.ExtentNone}}
		m.Causes = []postmortem.Cause{{Kind: "root", Status: "confirmed", Text: "a [typo](x.md)"}}
		m.Countermeasures = []postmortem.Countermeasure{{Text: "test it", Kind: "prevent", Horizon: "short", Owner: "Ada",
			Due: testDay(2021, 6, 1), Status: "done", DoneOn: testDay(2021, 5, 30), Link: "https://status.example/1"}}
		m.Declared.TimeToResolve = postmortem.Duration{Value: 4 * time.Hour, Known: true}
		m.Updates = []postmortem.Update{{At: paris("09:45"), Status: postmortem.StatusIdentified, Text: "we *know*"}}
		h.RecurrenceOf, h.Related = "older", []string{"older"}
		m.Unknown = []tree.Entry{
			{Key: scalar("team"), Value: scalar("core")},
			{Key: scalar("secret"), Value: scalar("hidden")},
		}
	})
}

func scalar(value string) *tree.Node { return &tree.Node{Kind: tree.Scalar, Value: value} }

func list(items ...*tree.Node) *tree.Node { return &tree.Node{Kind: tree.Sequence, Items: items} }

func mapping(pairs ...any) *tree.Node {
	n := &tree.Node{Kind: tree.Mapping}
	for i := 0; i < len(pairs); i += 2 {
		n.Entries = append(n.Entries, tree.Entry{Key: scalar(pairs[i].(string)), Value: pairs[i+1].(*tree.Node)})
	}
	return n
}

const wantFull = `{
 "version": 1,
 "id": "inc-1",
 "kind": "postmortem",
 "url": "https://status.example/reports/2021/04/29/full/",
 "path": "/2021/04/29/full/",
 "source": "content/2021-04-29-full.md",
 "title": "Panne <API> & web",
 "language": "fr",
 "date": "2021-04-29",
 "published": "2021-04-29",
 "updated": "2021-05-02",
 "severity": {"id": "sev2", "label": "SEV2", "rank": 1},
 "status": "resolved",
 "services": ["API"],
 "regions": ["eu-west"],
 "tags": ["dns"],
 "authors": ["Ada"],
 "summary": "Résumé.",
 "incident": {
  "start": {"at": "2021-04-29T09:21:00+02:00", "approximate": true, "basis": "stated"},
  "detected": {"at": "2021-04-29T09:30:00+02:00", "basis": "stated"},
  "resolved": {"at": "2021-04-29T13:00:00+02:00", "basis": "stated"}},
 "timeline": [
  {"id": "t-20210429T0921", "at": "2021-04-29T09:21:00+02:00", "kind": "started", "basis": "stated", "text": "deploy began", "written": "2021-04-29T09:21+02:00"},
  {"id": "t-20210429T0921-2", "at": "2021-04-29T09:21:00+02:00", "until": "2021-04-29T09:40:00+02:00", "text": "the same minute", "written": "2021-04-29T09:21+02:00"},
  {"id": "t-20210429T1000", "at": "2021-04-29T10:00:00", "text": "no zone", "written": "2021-04-29T10:00"},
  {"id": "t-20210430", "at": "2021-04-30", "text": "a day"},
  {"id": "t-unknown", "text": "unknown", "written": "--:--"}],
 "impacts": [{"text": "mails", "who": "users", "count": 8000, "share": 0, "unit": "mails", "approximate": true, "duration_seconds": 5400, "data_loss": "none"}],
 "causes": [{"kind": "root", "status": "confirmed", "text": "a typo"}],
 "countermeasures": [{"id": "cm-1", "text": "test it", "kind": "prevent", "horizon": "short", "status": "done", "done_on": "2021-05-30", "url": "https://status.example/1"}],
 "measures": {
  "time_to_detect": {"seconds": 540},
  "time_to_resolve": {"declared_seconds": 14400},
  "duration": {"seconds": 13140}},
 "updates": [{"at": "2021-04-29T09:45:00+02:00", "status": "identified", "text": "we know"}],
 "related": ["2021-04-01-older"],
 "recurrence_of": "2021-04-01-older",
 "headings": [{"level": 3, "id": "été", "text": "Été"}],
 "translations": [],
 "extra": {"team": "core"}
}`

const wantBare = `{
 "id": "2021-04-01-older", "kind": "maintenance", "url": "https://status.example/reports/2021/04/01/older/", "path": "/2021/04/01/older/",
 "source": "content/2021-04-01-older.md", "title": "About older", "language": "en", "date": "2021-04-01", "published": "2021-04-01",
 "services": [], "regions": [], "tags": [], "authors": [], "timeline": [], "impacts": [], "causes": [], "countermeasures": [],
 "updates": [], "related": ["inc-1"], "headings": [], "translations": []
}`

func compact(t *testing.T, text string) string {
	t.Helper()
	var buf bytes.Buffer
	if err := json.Compact(&buf, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func dataSite(t *testing.T, change func(*config.Config)) *site.Site {
	return newTestSite(t, change, fullDoc(t),
		newTestDoc(1, "older", func(d *content.Document) { d.Kind, d.Meta().Summary = postmortem.KindMaintenance, "" }),
		newTestDoc(2, "post", func(d *content.Document) { d.Kind = postmortem.KindPost }))
}

func TestDataOfOnePostmortem(t *testing.T) {
	s := dataSite(t, func(c *config.Config) { c.DataExtra = []string{"team"} })
	routes := machineRoutes(s)
	got := string(renderRoute(t, routes, "/2021/04/29/full/index.json"))
	if want := compact(t, wantFull) + "\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	all := string(renderRoute(t, routes, "/postmortems.json"))
	want := `{"version":1,"title":"Example reports","url":"https://status.example/reports/","language":"en","postmortems":[` + "\n" +
		strings.Replace(compact(t, wantFull), `"version":1,`, "", 1) + ",\n" + compact(t, wantBare) + "\n]}\n"
	if all != want {
		t.Errorf("got\n%s\nwant\n%s", all, want)
	}
	if slices.Contains(routePaths(routes), "/2021/04/02/post/index.json") {
		t.Error("a post has no data")
	}
}

// TestDataIsMadeOnce: the list of all has the entries that stand beside the pages,
// whether those were made before and put away to the disk, or not.
func TestDataIsMadeOnce(t *testing.T) {
	s := dataSite(t, nil)
	list := renderRoute(t, machineRoutes(s), "/postmortems.json")
	disk := spill.New(0)
	defer disk.Close()
	for where, texts := range map[string]*spill.File{"memory": spill.New(1 << 20), "disk": disk} {
		r := New(s, &Theme{})
		r.Texts = texts
		table, _ := r.Table()
		write := func(path string) string {
			var out strings.Builder
			if err := table.Get(path).Write(&out); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		first := write("/2021/04/29/full/index.json")
		if again := write("/2021/04/29/full/index.json"); again != first {
			t.Errorf("%s: got %s after %s", where, again, first)
		}
		if made := r.b.madeData[s.PageOf("content/2021-04-29-full.md").Place].Load(); (made != nil) != (where == "disk") {
			t.Errorf("%s: put away: %v", where, made)
		}
		if got := write("/postmortems.json"); got != string(list) {
			t.Errorf("%s: got\n%s\nwant\n%s", where, got, list)
		}
	}
}

func TestDataRoundTrips(t *testing.T) {
	raw := renderRoute(t, machineRoutes(dataSite(t, nil)), "/postmortems.json")
	type file struct {
		Version     int              `json:"version"`
		Title       string           `json:"title"`
		URL         string           `json:"url"`
		Language    string           `json:"language"`
		Postmortems []dataPostmortem `json:"postmortems"`
	}
	var got file
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if again := jsonOf(t, got); again != compact(t, string(raw)) {
		t.Errorf("got\n%s\nwant\n%s", again, raw)
	}
	if bytes.Contains(raw, []byte("null")) {
		t.Error("absent is absent: there may be no null")
	}
}

func TestWhatThePublicSeesOfCountermeasures(t *testing.T) {
	for name, c := range map[string]struct {
		change   func(*site.Site)
		owner    string
		due      string
		internal string
	}{
		"public":               {change: func(*site.Site) {}},
		"public, owner shown":  {change: func(s *site.Site) { s.Config.Show = []string{"owner"} }, owner: "Ada"},
		"public, due shown":    {change: func(s *site.Site) { s.Config.Show = []string{"due", "late"} }, due: "2021-06-01"},
		"the internal edition": {change: func(s *site.Site) { s.Options.Internal = true }, owner: "Ada", due: "2021-06-01", internal: "hidden"},
	} {
		s := dataSite(t, nil)
		c.change(s)
		d := newData(s, s.Posts[0])
		if m := d.Countermeasures[0]; m.Owner != c.owner || m.Due != c.due {
			t.Errorf("%s: owner %q, due %q", name, m.Owner, m.Due)
		}
		if extra := jsonOf(t, d.Extra); strings.Contains(extra, "hidden") != (c.internal != "") {
			t.Errorf("%s: extra is %s", name, extra)
		}
	}
}

func TestDataPaths(t *testing.T) {
	for path, want := range map[string]string{
		"/2021/04/29/x/":     "/2021/04/29/x/index.json",
		"/2021/04/29/x.html": "/2021/04/29/x.json",
		"/":                  "/index.json",
	} {
		if got := dataPath(&site.Page{Path: path}); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestExtraKeepsWhatWasWritten(t *testing.T) {
	quoted := &tree.Node{Kind: tree.Scalar, Value: "true", Quoted: true}
	value := mapping(
		"z", scalar("012"), "a", scalar("3.10"), "on", scalar("NO"), "yes", scalar("true"), "text", quoted,
		"gone", &tree.Node{Kind: tree.Null}, "list", list(scalar("-1"), scalar("1e9"), scalar("<&>\x1b[1m"), &tree.Node{}),
		"people", list(mapping("name", scalar("Eve"), "internal", scalar("true")), mapping("name", scalar("Ada"), "internal", scalar("false"))),
	)
	s := newTestSite(t, func(c *config.Config) { c.DataExtra = []string{"x"} }, newTestDoc(1, "a", func(d *content.Document) {
		d.Meta().Unknown = []tree.Entry{{Key: scalar("x"), Value: value}, {Key: scalar("y"), Value: scalar("private")}}
	}))
	got := jsonOf(t, newExtra(s, s.Posts[0]))
	want := `{"x":{"z":"012","a":3.10,"on":"NO","yes":true,"text":"true","list":[-1,"1e9","<&>"],"people":[{"name":"Ada","internal":false}]}}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := encodeJSON(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

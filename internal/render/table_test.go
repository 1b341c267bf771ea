package render

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/content"
	"publish/internal/postmortem"
)

func TestTable(t *testing.T) {
	s := newTestSite(t, nil,
		newTestDoc(29, "full", func(d *content.Document) {
			d.Title = "=HYPERLINK(\"https://evil.example\",\"Panne\"), \x1b[1mété\nsuite"
			m := d.Meta()
			d.Head.ID, m.Severity.Text, d.Head.Services, m.Status = "-1", "sev1", []string{"API", "@mail"}, postmortem.StatusResolved
			m.Start, m.Resolved = testTime(t, "2021-04-29T09:21+02:00"), testTime(t, "2021-04-29T13:00+02:00")
			m.Impacts = []postmortem.Impact{{DataLoss: postmortem.ExtentNone}, {DataLoss: postmortem.ExtentPartial}}
		}),
		newTestDoc(28, "declared", func(d *content.Document) {
			d.Meta().Declared.Duration = postmortem.Duration{Value: 90 * time.Minute, Known: true, Approximate: true}
		}),
		newTestDoc(27, "unread", func(d *content.Document) {
			d.Meta().Declared.Duration = postmortem.Duration{Written: "most of a morning"}
		}),
	)
	var out strings.Builder
	if err := New(s, nil).b.writeTable(&out); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(out.String(), "\r\n"); len(lines) != 5 || lines[4] != "" || strings.ContainsAny(strings.Join(lines, ""), "\r\n") {
		t.Errorf("not every line ends in CRLF: %q", out.String())
	}
	got, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	const site = "https://status.example/reports"
	want := [][]string{
		{"date", "title", "kind", "severity", "services", "duration", "duration_seconds", "data_loss", "status", "id", "url", "path"},
		{"2021-04-29", `'=HYPERLINK("https://evil.example","Panne"), été suite`, "postmortem", "SEV1", "API; '@mail", "3 h 39 min", "13140",
			"partial", "resolved", "'-1", site + "/2021/04/29/full/", "/2021/04/29/full/"},
		{"2021-04-28", "About declared", "postmortem", "", "", "about 1 h 30 min", "5400", "", "",
			"2021-04-28-declared", site + "/2021/04/28/declared/", "/2021/04/28/declared/"},
		{"2021-04-27", "About unread", "postmortem", "", "", "most of a morning", "", "", "",
			"2021-04-27-unread", site + "/2021/04/27/unread/", "/2021/04/27/unread/"},
	}
	for i := range want {
		if i >= len(got) || !slices.Equal(got[i], want[i]) {
			t.Errorf("row %d: want\n%q, got\n%q", i, want[i], got[min(i, len(got)-1)])
		}
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "5 - 3": "5 - 3", "«été»": "«été»",
		"=1+1": "'=1+1", "+33 1": "'+33 1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1",
		"a;=1": "a;'=1", "a; \"+1\"": "a; \"'+1\"", "a;b;-1": "a;b;'-1", "a; b-1": "a; b-1", "'=1": "'=1",
		" \t=1": "'=1", "\x1b[1m=1": "'=1", "a\r\n=1": "a =1",
	} {
		if got := cell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

package importer

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"publish/internal/route"
)

// statusFile writes a file and imports it.
func statusFile(t *testing.T, name, text string) (*Result, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(context.Background(), Options{Source: file, Content: "content"})
}

// TestStatusNames: whatever ids, days and titles a page has, each incident is a
// file of its own, at a path that every disk holds.
func TestStatusNames(t *testing.T) {
	incidents := []map[string]any{}
	for _, i := range [][3]string{
		{"../../x", "A", "2024-01-01T10:00:00Z"}, {"!!!", "B", "2024-01-01T10:00:00Z"}, {".", "C", "2024-01-01T10:00:00Z"},
		{"x\"]\ny: z", "D", "2024-01-01T10:00:00Z"}, {strings.Repeat("x", 5000), "E", "2024-01-01T10:00:00Z"},
		{"d1", "F", "../../../etc"}, {"d2", "G", "5"}, {"d3", "H", "2024-13-45T99:99:99Z"}, {"d4", "I", ""},
		{"n1", "con", ""}, {"n2", "Aux", "2024-01-01T10:00:00Z"}, {"n3", "😀", "2024-01-01T10:00:00Z"}, {"n4", "..", "2024-01-01T10:00:00Z"},
		{"s1", "Same", "2024-01-01T10:00:00Z"}, {"s2", "Same", "2024-01-01T10:00:00Z"}, {"s-2", "Same", "2024-01-01T10:00:00Z"}, {"s_2", "Same", "2024-01-01T10:00:00Z"},
		{"l1", strings.Repeat("é", 300), "2024-01-01T10:00:00Z"}, {"t1", "Templates", "2024-01-01T10:00:00Z"},
	} {
		incidents = append(incidents, map[string]any{"id": i[0], "name": i[1], "created_at": i[2], "shortlink": "https://stspg.io/x", "incident_updates": []any{}})
	}
	data, err := json.Marshal(map[string]any{"incidents": incidents})
	if err != nil {
		t.Fatal(err)
	}
	r, err := statusFile(t, "incidents.json", string(data))
	if err != nil {
		t.Fatal(err)
	}
	if n := writtenTexts(r); n != len(incidents) {
		t.Errorf("%d texts of %d incidents", n, len(incidents))
	}
	for _, f := range r.Files {
		if f.Kind != Text {
			continue
		}
		if !strings.HasPrefix(f.Path, "content/") || route.Fault("/"+f.Path) != "" {
			t.Errorf("%q goes to %q", f.From, f.Path)
		}
		text := string(f.Data)
		if !strings.Contains(text, "kind: postmortem\n") {
			t.Errorf("%s may be taken for something else:\n%s", f.Path, text)
		}
		if strings.Contains(text, "aliases:") != plainID.MatchString(f.From) {
			t.Errorf("%s has an alias of the id %q:\n%s", f.Path, f.From, text)
		}
	}
}

// TestStatusAnswers: answers that are in one file, and files that break off.
func TestStatusAnswers(t *testing.T) {
	const one, two = `{"incidents": [{"id": "a", "name": "A", "incident_updates": []}]}`, `{"incidents": [{"id": "b", "name": "B", "incident_updates": []}]}`
	for _, test := range []struct {
		name, file, text string
		texts            int
		want             string // in the notes, or the error
	}{
		{"two", "all.json", one + "\n" + two, 2, ""},
		{"broken behind", "all.json", one + "\n" + two[:30], 1, "from line 1 on it is no JSON: it ends in the middle; what stands before was taken"},
		{"broken", "all.json", one[:30], 0, "it is no JSON: it ends in the middle"},
		{"log in", "all.json", "<!DOCTYPE html>\n<title>Log in</title>", 0, "it is a page for people (HTML)"},
		{"broken feed", "history.atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry>`, 0, "it is no feed"},
		{"entities", "history.atom", `<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><feed><title>&c;</title></feed>`, 0, "it is no feed"},
		{"another encoding", "history.atom", "<feed><title>caf\xe9</title></feed>", 0, "save it as UTF-8"},
		{"no incident", "history.atom", "<feed><title>x</title></feed>", 0, "neither Statuspage's JSON nor its history feed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := statusFile(t, test.file, test.text)
			said, texts := "", 0
			if err != nil {
				said = err.Error()
			} else {
				texts = writtenTexts(r)
				for _, n := range append(r.Notes, r.Passed...) {
					said += n.What + "\n"
				}
			}
			if texts != test.texts || !strings.Contains(said, test.want) {
				t.Errorf("%d texts, said %q; want %d and %q", texts, said, test.texts, test.want)
			}
		})
	}
}

// writtenTexts counts the texts that an import would write.
func writtenTexts(r *Result) (n int) {
	for _, f := range r.Files {
		if f.Kind == Text {
			n++
		}
	}
	return n
}

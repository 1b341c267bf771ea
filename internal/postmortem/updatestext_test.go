package postmortem

import (
	"slices"
	"strings"
	"testing"
)

func updatesOf(r *Reading) (list []string) {
	for _, u := range r.Facts.Updates {
		list = append(list, u.At.String()+" "+string(u.Status)+" "+u.Text)
	}
	return list
}

func TestUpdatesOfAStatusPage(t *testing.T) {
	r := reading(t, "statuspage.md", Context{})
	want := []string{
		"2024-04-05T14:55:00Z postmortem We are sorry.",
		"2024-04-04T21:52:00Z resolved This incident has been resolved.",
		"2024-04-04T20:46:00Z investigating We are looking into reports.",
	}
	if got := updatesOf(r); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if want := []string{"Backstage - Overall", "Rooms", "API", "Search"}; !slices.Equal(r.Facts.Services, want) {
		t.Errorf("services: %q", r.Facts.Services)
	}
	equal(t, "status", r.Facts.Status, StatusPostmortem)
}

func TestUpdatesWithATimeBehind(t *testing.T) {
	r := reading(t, "cstate.md", Context{})
	want := []string{
		"2018-05-25T05:54:00 resolved All can connect again.",
		"2018-05-25T04:40:00 monitoring The network of a provider is to blame.",
		"2018-05-25T04:13:00Z investigating We look into it.",
	}
	if got := updatesOf(r); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	equal(t, "status", r.Facts.Status, StatusResolved)
}

func TestUpdateUnderADay(t *testing.T) {
	want := []string{"2021-05-06 follow_up Tout est rentré dans l'ordre.\n\nUne correction suivra."}
	if got := updatesOf(reading(t, "addendum.md", onDay("2021-04-29"))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := updatesOf(reading(t, "addendum.md", Context{})); got != nil {
		t.Errorf("without a year: got %q", got)
	}
}

func TestTextsThatAreNoUpdates(t *testing.T) {
	for _, text := range []string{
		"# T\n\nThe backup is of 2018-05-25 05:54:00\n",
		"# T\n\nResolved\n\nWe mended it.\n",
		"# T\n\nPosted in the channel on Monday\n",
	} {
		r, _ := readText(plainBlocks(text), Context{})
		if got := updatesOf(r); got != nil {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

// FuzzStateOfUpdate holds the quick look at the first word of an update against all
// that is looked at for its state.
func FuzzStateOfUpdate(f *testing.F) {
	for _, seed := range []string{"", "Resolved", "**Monitoring** - we look", "✅ Resolved: x", "…resolved: x", "- resolved", "已解决：好", "12: resolved", "Résolu – fin", "l’update - x"} {
		f.Add(seed)
	}
	for words := range phrases()["update"].whole {
		f.Add(words)
		f.Add("\u00a0" + strings.ToUpper(words) + ": it works")
	}
	f.Fuzz(func(t *testing.T, text string) {
		status, rest := stateOfUpdate(text)
		if wantStatus, wantRest := stateBefore(text); status != wantStatus || rest != wantRest {
			t.Errorf("%q: %q before %q, want %q before %q", text, status, rest, wantStatus, wantRest)
		}
	})
}

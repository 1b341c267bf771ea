package locale

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/headings.txt
var headings string

func TestRoleOf(t *testing.T) {
	count := 0
	for line := range strings.Lines(headings) {
		line = strings.TrimSuffix(line, "\n")
		role, heading, ok := strings.Cut(line, "\t")
		if !ok {
			continue // a comment
		}
		count++
		want := Role(role)
		if role == "-" {
			want = NoRole
		}
		if got := RoleOf(heading, nil); got != want {
			t.Errorf("%q: got %q, want %q", heading, got, want)
		}
	}
	if count < 250 {
		t.Errorf("only %d headings were read", count)
	}
}

func TestRoleOfWithNamesOfTheSite(t *testing.T) {
	own := NewOwnNames(map[Role][]string{
		RoleTimeline:        {"Was wann geschah", "=Log of the day"},
		RoleCountermeasures: {"Summary"},
	})
	for heading, want := range map[string]Role{
		"3. Was wann geschah (MEZ)":      RoleTimeline,
		"Log of the day":                 RoleTimeline,
		"Another log of the day":         NoRole,
		"Executive summary":              RoleCountermeasures,
		"Impact":                         RoleImpact,
		"Something else that has no use": NoRole,
	} {
		if got := RoleOf(heading, own); got != want {
			t.Errorf("%q: got %q, want %q", heading, got, want)
		}
	}
}

func FuzzRoleOf(f *testing.F) {
	for _, heading := range []string{"", "1.", "((((", "A) B) C)", "and and", "Timeline (", ":a::b:", "影響を受けた機能（案）", "\xff", "5 Why's"} {
		f.Add(heading)
	}
	f.Fuzz(func(t *testing.T, heading string) {
		role := RoleOf(heading, nil)
		if role == noneRole {
			t.Errorf("%q: the role that is none got out", heading)
		}
		if again := RoleOf("  "+heading+"\n", nil); again != role {
			t.Errorf("%q: got %q, with blanks around it %q", heading, role, again)
		}
	})
}

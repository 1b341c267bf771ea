package scaffold

import (
	"errors"
	"testing"
)

func TestFill(t *testing.T) {
	full := Report{Title: "Login: down", Date: "2026-03-12", Offset: "+01:00", Severity: "sev1", Services: []string{"Login", "A, B"}, Lang: "fr", Severities: []string{"sev1", "sev2"}}
	bare := Report{Title: "Login", Date: "2026-03-12"}
	for _, one := range []struct {
		name           string
		report         Report
		template, want string
	}{
		{"everything is new", bare, "Text.\n", "---\ntitle: Login\ndate: 2026-03-12\nstage: draft\n---\nText.\n"},
		{
			"in their places", full,
			"---\nservices:\n  - x\n- y\nowner: Ops\n\nseverity: # {{severities}}\ntitle: old\n# start: {{ date }}T08:00{{offset}}\n---\n# {{title}}\n{{other}}\n",
			"---\nservices: [Login, \"A, B\"]\nowner: Ops\n\nseverity: sev1\ntitle: \"Login: down\"\n# start: 2026-03-12T08:00+01:00\ndate: 2026-03-12\nstage: draft\nlang: fr\n---\n# Login: down\n{{other}}\n",
		},
		{"what is not known stays", bare, "---\nseverity: # {{severities}}\nservices:\n---\n", "---\nseverity: # \nservices:\ntitle: Login\ndate: 2026-03-12\nstage: draft\n---\n"},
		{"a template's own stage stays", bare, "---\nstage: review # by two\n---\n", "---\nstage: review # by two\ntitle: Login\ndate: 2026-03-12\n---\n"},
		{"Jekyll", Report{Title: "x", Date: "2026-03-12", Jekyll: true}, "---\nstage: draft\n---\n", "---\ntitle: x\ndate: 2026-03-12\npublished: false\n---\n"},
		{"lines of Windows", bare, "\ufeff---\r\ntitle: x\r\n---\r\nText.\r\n", "---\ntitle: Login\ndate: 2026-03-12\nstage: draft\n---\nText.\n"},
		{"nothing between the lines", bare, "---\n---\n", "---\ntitle: Login\ndate: 2026-03-12\nstage: draft\n---\n"},
	} {
		if got, err := one.report.Fill(one.template); err != nil || got != one.want {
			t.Errorf("%s: %v\n%s\nbut expected\n%s", one.name, err, got, one.want)
		}
	}
	for _, template := range []string{"+++\ntitle = 1\n+++\n", "{\"title\": 1}\n", "---\ntitle: x\n"} {
		if got, err := bare.Fill(template); !errors.Is(err, ErrMatter) {
			t.Errorf("%q is filled in as %q", template, got)
		}
	}
}

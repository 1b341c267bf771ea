package scaffold

import (
	"errors"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
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
		{
			"blank lines and comments within an old value", full,
			"---\nservices:\n  - x\n\n# those of the shop\n  - y\n\n- z\n-\n  w\n\n# whose\nowner: Ops\ntitle: |\n  one\n\n  two\ndate: 1\nseverity: [\n  a,\n]\nlang:\n  \n---\n",
			"---\nservices: [Login, \"A, B\"]\n\n# whose\nowner: Ops\ntitle: \"Login: down\"\ndate: 2026-03-12\nseverity: sev1\nlang: fr\n  \nstage: draft\n---\n",
		},
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

// Whatever the title is, YAML reads it from each place of the front matter where
// the template puts it.
func TestFillInQuotes(t *testing.T) {
	const template = `---
double: "About {{title}}, \"{{ title }}\"" # {{title}}
single: 'It''s {{title}}' # {{title}}
plain: About {{title}}! # {{title}}
alone: {{title}}
"quoted key": {{title}}
items:
- {{title}}
- "{{title}}"
  # {{title}}
- text: |
    {{title}}
  nested: {{title}}
flow: [{{title}}, "{{title}}", 'x', {a: {{title}}, b: x}]
lines: [
  {{title}}, # {{title}}
  "a, ] {{title}}",
]
names: [{{services}}, last]
block: |
  {{title}}: "{{title}}"

  # {{title}}
folded: "first
  {{title}}"
last: '{{title}}'
---
`
	for _, title := range []string{
		"Login", `He said "no"`, `C:\temp\new`, "Login: down", "It's 'down'", "disk #3", "[x], {y}", "- a", "{{date}}", "2026", "yes", "& *!|>%@`", `"`, "'", `\`, "a:", "#", "É 😀",
	} {
		r := Report{Title: title, Date: "2026-03-12", Services: []string{"A, B", "C"}}
		text, err := r.Fill(template)
		if err != nil {
			t.Fatal(err)
		}
		matter, _, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
		root, said := tree.ParseYAML("x", 1, []byte(matter+"\n"), diag.Config)
		if len(said) > 0 {
			t.Errorf("%q: %v\n%s", title, said, matter)
			continue
		}
		items, flow := root.Get("items").Items, root.Get("flow").Items
		for i, n := range []*tree.Node{
			root.Get("alone"), root.Get("quoted key"), items[0], items[1], items[2].Get("nested"), flow[0], flow[1], flow[3].Get("a"), root.Get("lines").Items[0], root.Get("last"), root.Get("title"),
		} {
			if n.Value != title {
				t.Errorf("%q is read as %q, at place %d\n%s", title, n.Value, i, matter)
			}
		}
		for key, want := range map[string]string{
			"double": "About " + title + `, "` + title + `"`, "single": "It's " + title, "plain": "About " + title + "!",
			"block": title + `: "` + title + "\"\n\n# " + title + "\n", "folded": "first " + title,
		} {
			if got := root.Get(key).Value; got != want {
				t.Errorf("%s is read as %q, not %q\n%s", key, got, want, matter)
			}
		}
		if got := root.Get("lines").Items[1].Value; got != "a, ] "+title {
			t.Errorf("between brackets stands %q\n%s", got, matter)
		}
		if names := root.Get("names").Items; len(names) != 3 || names[0].Value != "A, B" || names[1].Value != "C" {
			t.Errorf("the services are %+v\n%s", names, matter)
		}
	}
}

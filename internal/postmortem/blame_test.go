package postmortem

import (
	"strings"
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
)

func TestHints(t *testing.T) {
	for _, test := range []struct {
		name, lang, text string
		report           Postmortem
		want             string // what the messages quote, in their order
	}{
		{"nothing", "en", "The pool was exhausted by a retry storm.", Postmortem{}, ""},
		{"a word of blame", "en", "The operator was careless.", Postmortem{}, "careless"},
		{"a part of another word", "en", "It was carelessness-free and guiltyless.", Postmortem{}, "carelessness"},
		{"a person as the cause", "en", "Root cause: human error.", Postmortem{}, "human error"},
		{"denied", "en", "This was not a human error.", Postmortem{}, ""},
		{"denied in the sentence before", "en", "It was not the disk. Human error was.", Postmortem{}, "human error"},
		{"in French", "fr", "La cause est une erreur humaine.", Postmortem{}, "erreur humaine"},
		{"with another apostrophe", "fr", "C’est une faute d’inattention.", Postmortem{}, "faute d'inattention"},
		{"in Japanese", "ja", "原因は操作ミスです", Postmortem{}, "操作ミス"},
		{"in front matter", "en", "", Postmortem{Causes: []Cause{{Text: "operator error"}}}, "operator error"},
		{"a name that does something", "en", "", eventsSaying("Jane deployed the release", "Jane Roe noticed it"), "Jane Jane Roe"},
		{"by a name", "en", "", eventsSaying("reverted by Paul", "reverted by Jenkins"), "Paul"},
		{"in French", "fr", "", eventsSaying("Élodie relance le service", "Le service est relancé par Marc"), "Élodie Marc"},
		{"a name of a place or a thing", "en", "", eventsSaying("San Jose is down", "the Austin region", "Prometheus alerted", "Adam optimizer"), ""},
		{"a handle", "en", "", eventsSaying("@jroe rolled back, @jroe again", "@here: it is over", "@acme-team joined", "npm i @acme/app", "a@b.net"), "@jroe"},
		{"an author", "en", "", withAuthor(eventsSaying("the page reached Zachary Roe"), "Zachary Roe"), "Zachary Roe"},
		{"a team as an author", "en", "", withAuthor(eventsSaying("Platform deployed it"), "Platform"), ""},
	} {
		var blocks []block.Block
		if test.text != "" {
			blocks = []block.Block{{Kind: block.Paragraph, Text: test.text, Pos: diag.Pos{File: "a.md", Line: 3}}}
		}
		var got []string
		for _, d := range test.report.Hints(blocks, Context{Language: test.lang}) {
			if d.Code != diag.Blame || d.Level != diag.Note {
				t.Errorf("%s: got %v", test.name, d)
			}
			got = append(got, strings.Split(d.Message, `"`)[1])
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func eventsSaying(texts ...string) (p Postmortem) {
	for i, text := range texts {
		p.Timeline = append(p.Timeline, Event{Text: text, Pos: diag.Pos{File: "a.md", Line: 10 + i}})
	}
	return p
}

func withAuthor(p Postmortem, name string) Postmortem {
	p.Authors = []Author{{Name: name}}
	return p
}

func TestMissingSections(t *testing.T) {
	long := block.Block{Kind: block.Paragraph, Text: strings.Repeat("word ", fullReport), Pos: diag.Pos{File: "a.md", Line: 9}}
	heading := func(text string) block.Block { return block.Block{Kind: block.Heading, Depth: 2, Text: text} }
	for _, test := range []struct {
		name   string
		blocks []block.Block
		report Postmortem
		want   string
	}{
		{"a notice", []block.Block{{Kind: block.Paragraph, Text: "It is over."}}, Postmortem{}, ""},
		{"a report without any", []block.Block{long}, Postmortem{}, "impact, timeline, causes, countermeasures"},
		{"by headings", []block.Block{heading("Impact"), long, heading("Root cause"), long, heading("Action items")}, Postmortem{}, "timeline"},
		{"in front matter", []block.Block{long}, Postmortem{
			Timeline: []Event{{}}, Impacts: []Impact{{}}, Causes: []Cause{{}}, Countermeasures: []Countermeasure{{}},
		}, ""},
	} {
		got := ""
		for _, d := range test.report.Hints(test.blocks, Context{Language: "en"}) {
			if d.Code == diag.SectionMissing {
				_, got, _ = strings.Cut(d.Message, ": ")
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

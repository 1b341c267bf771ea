package site

import (
	"fmt"
	"testing"
)

// asOriginal is a report that is still open, with a translation that says less and
// other things: what is not a matter of words is the original's.
var asOriginal = map[string]string{
	"publish.yaml": "title: Reports\nlanguage: en\n",
	"content/2024-03-12-outage.md": "---\ntitle: Outage\nseverity: sev1\nstatus: monitoring\nservices: [API]\nstart: 2024-03-12T09:00Z\nduration: 2 h\npublished: 2024-03-14\n" +
		"impacts:\n  - text: Orders failed.\n    data_loss: none\n  - text: Some were lost.\n    data_loss: partial\n" +
		"countermeasures:\n  - text: A test.\n    status: done\n    done_on: 2024-03-20\n" +
		"updates:\n  - at: 2024-03-12T09:30Z\n    status: investigating\n    text: We look.\n  - at: 2024-03-12T10:00Z\n    status: monitoring\n    text: We watch.\n" +
		"---\n## Cause\n\nA cable.\n",
	"content/2024-03-12-outage.fr.md": "---\ntitle: Panne\nseverity: sev3\nstatus: resolved\nduration: 3 h\npublished: 2024-03-13\nimpacts:\n  - text: Des commandes ont échoué.\n    data_loss: total\n---\nUn câble était débranché et les commandes ont échoué pendant ce temps.\n",
}

// facts are all of a page that is the same in every language.
func facts(p *Page) string {
	severity, last := "none", "never"
	if p.Severity != nil {
		severity = p.Severity.ID
	}
	if p.LastUpdate != nil {
		last = p.LastUpdate.String()
	}
	return fmt.Sprintf("severity %s, status %s, open %t\ndate %s, published %s, updated %s\nreport %t, reported %s\nlength %q %t, data loss %s\n%d updates, the last %s\n%d kept",
		severity, p.Status, p.Open, p.Date, p.Published, p.Updated, p.IsReport, p.Reported, p.Length.Written, p.HasLength, p.DataLoss, p.UpdateCount, last, p.Kept)
}

// TestTranslationStatesItsOriginalsFacts: also where it lists less, and also while it
// is edited.
func TestTranslationStatesItsOriginalsFacts(t *testing.T) {
	s, _ := build(t, asOriginal)
	if len(s.Posts) != 1 || len(s.Translations) != 1 {
		t.Fatalf("there are %d posts and %d translations", len(s.Posts), len(s.Translations))
	}
	want, p := facts(s.Posts[0]), s.Translations[0]
	if got := facts(p); got != want {
		t.Errorf("the translation says\n%s\nand its original\n%s", got, want)
	}
	document := *p.Document
	ahead, ok := s.Ahead(p, &document)
	if !ok {
		t.Fatal("the edit is refused")
	}
	if got := facts(ahead); got != want {
		t.Errorf("the edited translation says\n%s\nand its original\n%s", got, want)
	}
}

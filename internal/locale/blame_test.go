package locale

import (
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

func TestBlameFiles(t *testing.T) {
	for tag := range all() {
		src, err := blameFiles.ReadFile("blame/" + tag + ".yaml")
		if err != nil {
			t.Error(err)
			continue
		}
		if _, diags := tree.ParseYAML(tag, 1, src, diag.Config); len(diags) > 0 {
			t.Error(diags)
		}
		if b := BlameIn(tag); len(b.Words) < 5 || len(b.Causes) < 5 || len(b.Negations) == 0 || len(b.Names) > 0 && len(b.Verbs) == 0 {
			t.Errorf("%s: words are missing", tag)
		}
	}
	if BlameIn("fr-CA") != BlameIn("fr") || BlameIn("nl") != BlameIn("en") {
		t.Error("a territory counts, or a language without words has none")
	}
	if !IsFirstName("Élodie") || IsFirstName("Jenkins") {
		t.Error("first names are wrong")
	}
}

func TestFindPhrase(t *testing.T) {
	for _, test := range []struct {
		tag, text string
		phrases   []string
		want      int
	}{
		{"en", "It was Human Error again", []string{"human error"}, 7},
		{"en", "superhuman errors", []string{"human error"}, -1},
		{"fr", "par négligence, l’erreur d’inattention", []string{"erreur d'inattention", "négligence"}, 4},
		{"ja", "原因は操作ミスです", []string{"操作ミス"}, 9},
		{"en", "", []string{"x"}, -1},
	} {
		before, _, found := FindPhrase(test.tag, test.text, test.phrases)
		if found != (test.want >= 0) || found && len(before) != test.want {
			t.Errorf("%q: got %q, %v, want %d bytes", test.text, before, found, test.want)
		}
	}
}

package postmortem

import (
	"strings"
	"testing"
)

func TestReadTextCauses(t *testing.T) {
	want := []string{
		"immediate||Un paramètre manquait.",
		"root|suspected|La copie avait probablement échoué.",
		"contributing||The alert was off",
		"trigger||a change at noon",
	}
	var got []string
	for _, c := range reading(t, "impacts.md", Context{}).Facts.Causes {
		got = append(got, c.Kind+"|"+c.Status+"|"+c.Text)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestCertainty(t *testing.T) {
	cases := map[string]string{
		"We believe that the disk was full":    "suspected",
		"It was confirmed to be the disk":      "confirmed",
		"This is not confirmed":                "suspected",
		"The network was ruled out":            "ruled_out",
		"The network cannot be ruled out":      "suspected",
		"The disk was full":                    "",
		"Вероятно, диск был заполнен":          "suspected",
		"nous pensons que le disque est plein": "suspected",
	}
	for text, want := range cases {
		equal(t, text, certainty(text), want)
	}
}

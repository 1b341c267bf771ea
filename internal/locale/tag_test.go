package locale

import "testing"

func TestTag(t *testing.T) {
	for written, want := range map[string]string{
		"fr": "fr", "de": "de", "uk": "uk", "fil": "fil", "fra": "fr", "pt-BR": "pt-BR", "zh-Hant": "zh-Hant", "pt-br": "pt-BR",
		"xx": "", "jp": "", "js": "", "v2": "", "new": "", "draft": "", "FR": "", "": "", "f": "", "und": "", "fr-": "", "fr-Klingon!": "",
	} {
		if got, ok := Tag(written); ok != (want != "") || ok && got != want {
			t.Errorf("Tag(%q) = %q, %v; want %q", written, got, ok, want)
		}
	}
}

func TestTagOfRegion(t *testing.T) {
	for written, want := range map[string]string{"jp": "ja", "cz": "cs", "dk": "da", "js": "", "v2": "", "zz": ""} {
		if got := TagOfRegion(written); got != want {
			t.Errorf("TagOfRegion(%q) = %q, want %q", written, got, want)
		}
	}
}

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

func TestWritten(t *testing.T) {
	for written, want := range map[string]string{
		"fr": "fr", "FR": "fr", "en_US": "en-US", "fr-ca": "fr-CA", "ZH-hant-tw": "zh-Hant-TW", "sl-rozaj-1994": "sl-rozaj-1994", "xx": "xx", "de-x-intern": "de-x-intern",
		"klingon": "", "English": "", "en us": "", `en"><script>`: "", "": "", "e": "", "-": "", "en-": "", "français": "", "en-verylongpart": "",
	} {
		if got, ok := Written(written); got != want || ok != (want != "") {
			t.Errorf("Written(%q) = %q, %v; want %q", written, got, ok, want)
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

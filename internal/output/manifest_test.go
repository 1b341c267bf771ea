package output

import (
	"bytes"
	"strings"
	"testing"
)

func TestParseManifestRefuses(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	good := "publish-manifest 1 2\n" + sum + " 4 a b.html\n" + sum + " 0 é/index.html\n"
	if entries, err := parseManifest([]byte(good)); err != nil || len(entries) != 2 || entries[0].path != "a b.html" || entries[0].size != 4 {
		t.Errorf("got %v, %v", entries, err)
	}
	for _, bad := range []string{
		"",
		"publish-manifest 2 0\n",
		"publish-manifest 1 1\n",
		"publish-manifest 1 0",
		strings.TrimSuffix(good, "\n"),
		strings.Replace(good, "1 2\n", "1 3\n", 1),
		strings.Replace(good, "a b", "ö", 1),
		strings.Replace(good, "a b", "../x", 1),
		strings.Replace(good, "a b", "/x", 1),
		strings.Replace(good, "a b", "./x", 1),
		strings.Replace(good, " 4 ", " -4 ", 1),
		strings.Replace(good, " 4 ", " 04 ", 1),
		strings.Replace(good, " 4 ", "  ", 1),
		strings.Replace(good, "0a", "0A", 1),
		strings.Replace(good, "0a", "", 1),
		"publish-manifest 1 1\n" + sum + " 4 " + manifestName + "\n",
		"publish-manifest 1 2\n" + sum + " 4 a\n" + sum + " 4 a\n",
	} {
		if entries, err := parseManifest([]byte(bad)); err == nil {
			t.Errorf("%q gives %v, want an error", bad, entries)
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte("publish-manifest 1 0\n"))
	f.Add([]byte("publish-manifest 1 1\n" + strings.Repeat("0a", 32) + " 4 a b.html\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := parseManifest(data)
		if err != nil {
			return
		}
		if again := formatManifest(entries); !bytes.Equal(again, data) {
			t.Errorf("%q is written again as %q", data, again)
		}
	})
}

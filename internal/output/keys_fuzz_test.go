package output

import (
	"strings"
	"testing"

	"publish/internal/route"
)

// FuzzParseKeys: what is not the file that formatKeys wrote for this manifest says
// nothing, and no file has a key that does not stand in it.
func FuzzParseKeys(f *testing.F) {
	manifest := []byte("publish-manifest 1 0\n")
	good := string(formatKeys(manifest, nil))
	key := strings.Repeat("0a", len(route.Key{}))
	for _, rest := range []string{"", key + " feed.xml\n", key + " a b.html\n" + key + " c\n", key + "\n", key + " cut", " x\n", "0a x\n"} {
		f.Add(good + rest)
	}
	f.Add("")
	f.Add("publish-keys 2 x\n")
	f.Fuzz(func(t *testing.T, data string) {
		keys := parseKeys([]byte(data), manifest)
		if keys == nil {
			return
		}
		if !strings.HasPrefix(data, strings.TrimSuffix(good, "\n")) {
			t.Fatalf("%q is read, and belongs to another folder", data)
		}
		for file, k := range keys {
			if !strings.Contains(strings.ToLower(data), k.String()+" "+strings.ToLower(file)+"\n") {
				t.Errorf("%q has a key that does not stand there: %s", file, k)
			}
		}
	})
}

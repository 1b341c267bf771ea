package content

import (
	"fmt"
	"testing"
	"testing/fstest"
)

// A folder holds a text wherever that lies, but not in folders that nobody reads.
func TestHoldsText(t *testing.T) {
	full := fstest.MapFS{}
	for i := range 250 {
		full[fmt.Sprintf("content/a%d/b/c.txt", i)] = &fstest.MapFile{}
		full[fmt.Sprintf("content/%d.txt", i)] = &fstest.MapFile{}
	}
	for _, name := range []string{"content/.github/a.md", "content/b/node_modules/c/a.md", "content/e.md/x.txt", "other/a.md"} {
		full[name] = &fstest.MapFile{}
	}
	if holdsText(full, "content") {
		t.Error("a text is found where there is none")
	}
	for _, name := range []string{"content/z.md", "content/a249/b/d.MD", "content/e.md/f.markdown"} {
		full[name] = &fstest.MapFile{}
		if !holdsText(full, "content") {
			t.Errorf("%s is not found", name)
		}
		delete(full, name)
	}
	if holdsText(full, "nothing") {
		t.Error("a folder that is not there holds a text")
	}
}

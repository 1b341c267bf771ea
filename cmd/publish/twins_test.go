package main

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Of two files whose names look the same, messages say how each is written; of a
// file that stands alone they say nothing.
func TestNamesThatLookTheSame(t *testing.T) {
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		dir := t.TempDir()
		for _, name := range []string{"content/über/2024-01-01-café.md", "content/2024-01-02-ém.md"} {
			writeFile(t, filepath.Join(dir, norm.NFC.String(name)), "# A\n\n![](x.png)\n")
		}
		alone := "content/2024-01-03-lõw.md"
		writeFile(t, filepath.Join(dir, form.String(alone)), "# A\n\n![](x.png)\n")
		code, out, said := inProcess(t, "check", "--site", dir)
		if code != exitGood || strings.Contains(out+said, "look the same") {
			t.Errorf("status %d: %s%s", code, out, said)
		}
		writeFile(t, filepath.Join(dir, norm.NFD.String("content/über/2024-01-01-café.md")), "# B\n\nText.\n")
		writeFile(t, filepath.Join(dir, norm.NFD.String("content/2024-01-02-ém.md")), "# B\n\nText.\n")
		code, out, said = inProcess(t, "check", "--site", dir)
		for _, want := range []string{
			`another file of this name wants the address /2024/01/01/café/ too`,
			`two names look the same: "content/u\u0308ber/2024-01-01-cafe\u0301.md" and "content/\u00fcber/2024-01-01-caf\u00e9.md"`,
			`two names look the same: "content/2024-01-02-e\u0301m.md" and "content/2024-01-02-\u00e9m.md"`,
		} {
			if code != exitContent || !strings.Contains(out+said, want) {
				t.Errorf("status %d, want %s in\n%s%s", code, want, out, said)
			}
		}
		if strings.Contains(out+said, `l\u00f5w`) {
			t.Errorf("%s stands alone\n%s%s", alone, out, said)
		}
	}
}

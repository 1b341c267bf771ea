//go:build linux

package hostile

import "testing"

// What tells texts that are passed over without a word can tell one: whatever else
// is said, and wherever the text lies.
func TestSilent(t *testing.T) {
	const summary = "publish: 3 pages, 2 files passed over (--verbose lists them)\n"
	text := func(name string) file { return file{name: name, how: "="} }
	plain := map[string]bool{"index.html": true, "2024/01/01/good/index.html": true}
	const lost, below = "content/2024-03-01-lost.md", "content/a/b/lost.md"
	for _, c := range []struct {
		name  string
		files []file
		made  []string
		said  string
		want  int
	}{
		{"nothing is said of it", []file{text(lost)}, nil, summary, 1},
		{"another is named", []file{text(lost)}, nil, "content/2024-03-01-bad.md:3:3: error: x  [encoding]\n", 1},
		{"it is named", []file{text(lost)}, nil, lost + ":3:3: error: x  [encoding]\n", 0},
		{"it has a page", []file{text(lost)}, []string{"2024/01/01/good/index.html", "2024/03/01/lost/index.html"}, summary, 0},
		{"another's overviews are none", []file{text(lost)}, []string{"services/api/index.html", "2024/index.html", "tags/x/index.html"}, summary, 1},
		{"pages of the good reports are none", []file{text(lost)}, []string{"2024/01/01/good/index.html"}, summary, 1},
		{"one of two has a page", []file{text(lost), text("content/x.md")}, []string{"x/index.html"}, summary, 1},
		{"nothing is said of one below", []file{text(below)}, nil, summary, 1},
		{"a neighbour is named", []file{text(below)}, nil, "content/a/b/other.md:1: error: x  [encoding]\n", 1},
		{"a folder around it is named", []file{text(below)}, nil, "passed over content/a: cannot be read\n", 0},
		{"the content folder is no name", []file{text(below)}, nil, "passed over content: x\n", 1},
		{"no text, or none to publish", []file{text("content/x.png"), text("content/.x.md"), text("content/.../x.md"), text("content/index.html.md"), text("content/SUMMARY.md"), text("x.md"), {name: lost, how: "mode"}}, nil, "", 0},
		{"a name with a control character", []file{text("content/a\x1b.md")}, nil, "passed over content/a\u241b.md: its name\n", 0},
	} {
		if got := silent(c.files, c.made, plain, c.said); got != c.want {
			t.Errorf("%s: %d texts are silent, want %d", c.name, got, c.want)
		}
	}
}

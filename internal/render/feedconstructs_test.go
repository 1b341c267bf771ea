package render

import "testing"

// Whatever Markdown and HTML a report is made of, its feeds hold what readers
// of feeds can show.
func TestFeedsOfAllConstructs(t *testing.T) {
	s := loadTestSite(t, map[string]string{
		"publish.yaml": "title: AT&T <reports>\ndescription: What <b>broke</b> & why\n",
		"content/2024-01-02-all.md": "---\ntitle: 'A <b>title</b> & more'\nsummary: 1 < 2 & *all*\nseverity: sev1\nauthors: [{name: Ada, email: ada@example.org}]\ntags: ['a & b']\n---\n" +
			"| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n> [!WARNING]\n> Look out.\n\nTerm\n: What it means[^1]\n\n[^1]: A note.\n\n" +
			"# One {#own}\n\n```go\nfunc main() {}\n```\n\n:tada: ~~gone~~ <kbd>Ctrl</kbd> <span id=\"x\" class=\"y\" style=\"color:red\" onclick=\"z()\">raw</span>\n\n" +
			"<details><summary>More</summary>\n\nInside.\n\n</details>\n\n<script>alert(1)</script>\n\n<iframe src=\"https://x.example/\"></iframe>\n\n" +
			"<video src=\"film.mp4\" controls></video>\n\n<form action=\"/x\"><input name=\"a\"><button>go</button></form>\n\n<div>not closed\n\n</p>\n\n" +
			"![picture](pic.png \"title\"){width=20} <img src=\"pic.png\" srcset=\"pic.png 2x\" alt=\"\"> [jump](#own) [mail](mailto:a@example.org) <https://x.example/?a=1&b=2>\n\n" +
			"<picture><source srcset=\"pic.png\"><img src=\"pic.png\" alt=\"p\"></picture>\n\nline  \nbreak\n\n***\n\n<!-- a comment -->\n\n<a name=\"old\"></a>Last.\n",
		"content/pic.png": "x", "content/film.mp4": "x",
	})
	routes := machineRoutes(s)
	for _, format := range feedFormats {
		checkFeed(t, format, renderRoute(t, routes, format.path))
	}
}

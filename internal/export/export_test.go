package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/route"
	"publish/internal/site"
)

// linksOf are the links of a site at an address; "" if nobody knows it.
func linksOf(t *testing.T, base string) *site.Links {
	t.Helper()
	cfg := config.Default()
	if base != "" {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		cfg.BaseURL = u
	}
	s, diags := site.New(cfg, &content.Folder{}, site.Options{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return s.Links
}

func routeOf(path, text string) *route.Route {
	return &route.Route{Path: path, Source: "test", Render: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

var folder = []*route.Route{
	routeOf("/style.css", "@import 'more.css' print;\n@import \"//fonts.example/x.css\";\nb { background: url(img/a.png) } i { background: url('https://x.example/y.png') } u::after { content: '</style>' }"),
	routeOf("/more.css", "@import url(style.css); p { color: red }"),
	routeOf("/late.js", "document.write('</script><!--')\r\n"),
	routeOf("/soon.js", "1"),
	routeOf("/img/a.png", "PNG"),
	routeOf("/log.txt", "a log"),
	routeOf("/other/", "<p>other"),
}

func exportOf(t *testing.T, base, page string) *File {
	t.Helper()
	r := routeOf("/a/b/", page)
	table, diags := route.New(append([]*route.Route{r}, folder...))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	file, err := Page(r, table, linksOf(t, base))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPage(t *testing.T) {
	const png = "data:image/png;base64,UE5H"
	for _, test := range []struct{ name, base, page, want string }{
		{"an image", "", `<img src="../../img/a.png" alt="A" loading="lazy" srcset="b 2x">`, `<img src="` + png + `" alt="A">`},
		{"the same below a path", "https://e.org/r/", `<img src="/r/img/a.png" alt="">`, `<img src="` + png + `" alt="">`},
		{"an image that is not there", "", `<img src="no.png" alt="a &amp; b">`, `a &amp; b`},
		{"an image from elsewhere", "", `<img src="https://x.example/y.png?a=1&amp;b=2" alt="Y">`, `<a href="https://x.example/y.png?a=1&amp;b=2" rel="external">Y</a>`},
		{"that one in a link", "", `<a href="https://x.example/"><img src="//x.example/y.png" alt="Y"></a>`, `<a href="https://x.example/">Y</a>`},
		{"an image that opens in full", "https://e.org/", `<a href="../../img/a.png" class="x"><img src="../../img/a.png" alt="A"></a>`, `<span class="x"><img src="` + png + `" alt="A"></span>`},
		{"a link to a page", "https://e.org/r/", `<a href="../../other/#x" class="k">o</a>`, `<a href="https://e.org/r/other/#x" class="k">o</a>`},
		{"a link to a page of a site that nobody knows", "", `<a href="../../other/" class="k" rel="next">o <b>p</b></a>!`, `<span class="k">o <b>p</b></span>!`},
		{"a link to a file", "https://e.org/", `<a href="../../log.txt">l</a>`, `<a href="https://e.org/log.txt">l</a>`},
		{"a place of the page", "", `<a href="#x">o</a><a href="./#x">o</a>`, `<a href="#x">o</a><a href="#x">o</a>`},
		{"links to elsewhere", "", `<a href="https://x.example/?a&amp;b">o</a><a href="mailto:a@b.example">m</a>`, `<a href="https://x.example/?a&amp;b">o</a><a href="mailto:a@b.example">m</a>`},
		{"a film", "", `<video src="../../no.mp4" poster="../../img/a.png" controls></video>`, `<video controls poster="` + png + `"></video>`},
		{"what would be fetched", "", `<link rel="preload" href="/x"><link rel="manifest" href="/m"><link rel="apple-touch-icon" href="/i.png">`, ``},
		{"an icon", "", `<link rel="icon" href="../../img/a.png">`, `<link rel="icon" href="` + png + `">`},
		{"what is related", "https://e.org/", `<link rel="alternate" href="../../other/">`, `<link rel="alternate" href="https://e.org/other/">`},
		{"what is related to nobody knows where", "", `<link rel="alternate" href="../../other/">`, ``},
		{"data", "", `<script type="application/ld+json">{"a":1}</script>`, `<script type="application/ld+json">{"a":1}</script>`},
		{"what is none of it", "", `<!-- c --><SVG viewBox="0 0 1 1"><path D="M0 0"/></svg> &amp; ü`, `<!-- c --><SVG viewBox="0 0 1 1"><path D="M0 0"/></svg> &amp; ü`},
	} {
		got := string(exportOf(t, test.base, `<meta http-equiv="content-security-policy" content="x">|`+test.page).HTML)
		if _, body, _ := strings.Cut(got, "|"); body != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, body, test.want)
		}
	}
}

// TestScriptsAndStyles reads the file as a browser does: each script and style
// has its hash in the policy, and what waits for the page stands at its end.
func TestScriptsAndStyles(t *testing.T) {
	file := exportOf(t, "https://e.org/r/", `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src *">
<link rel="stylesheet" href="../../style.css" media="all"><script defer src="../../late.js" data-x="&quot;"></script><script src="../../soon.js"></script></head><body><p>text</p></body></html>`)
	doc, err := html.Parse(bytes.NewReader(file.HTML))
	if err != nil {
		t.Fatal(err)
	}
	text := string(file.HTML)
	var inline []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			inline = append(inline, n.FirstChild.Data)
			if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(text, n.Data+"-src 'sha256-"+hash+"'") && !strings.Contains(text, " 'sha256-"+hash+"'") {
				t.Errorf("the policy does not know this %s: %q", n.Data, n.FirstChild.Data)
			}
		}
	}
	if len(inline) != 3 || inline[1] != "1" || inline[2] != `document.write('<\/script><\!--')`+"\n" {
		t.Fatalf("scripts and styles are %q", inline)
	}
	if strings.Index(text, "text</p>") > strings.Index(text, "document.write") {
		t.Error("the script that waits for the page stands before it")
	}
	css := inline[0]
	for _, wrong := range []string{"fonts.example", "x.example", "@import", "</style"} {
		if strings.Contains(css, wrong) {
			t.Errorf("the styles hold %q:\n%s", wrong, css)
		}
	}
	for _, right := range []string{"@media print {", "p { color: red }", `url("data:image/png;base64,UE5H")`} {
		if !strings.Contains(css, right) {
			t.Errorf("the styles lack %q:\n%s", right, css)
		}
	}
	if strings.Contains(text, "default-src *") || strings.Count(text, "Content-Security-Policy") != 1 {
		t.Error("the page's own policy is still there")
	}
}

// TestPolicyComesFirst holds for themes without a policy too.
func TestPolicyComesFirst(t *testing.T) {
	text := string(exportOf(t, "", `<head><title>x</title><link rel="stylesheet" href="../../more.css"></head>`).HTML)
	policy, style := strings.Index(text, "Content-Security-Policy"), strings.Index(text, "<style")
	if policy < 0 || style < policy {
		t.Errorf("the policy does not stand before what it rules:\n%s", text)
	}
	text = string(exportOf(t, "", `<head><title>x</title></head><body>`).HTML)
	if !strings.Contains(text, `script-src 'none'`) {
		t.Errorf("a page without scripts has no policy:\n%s", text)
	}
}

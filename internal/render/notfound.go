package render

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"publish/internal/route"
)

// notFound is served at any depth: its links go from the host's root.
func (b *builder) notFound() planned {
	lang := b.site.Language
	return b.route("/404.html", "page for unknown addresses", "404", lang, func() any {
		w := b.words(lang)
		v := &Plain{Frame: b.frameWith("404", "/404.html", lang, w.T("not_found"), func(to string) string {
			if !strings.HasPrefix(to, "/") {
				return to
			}
			return b.site.Links.Rooted(to)
		})}
		v.Hidden, v.Canonical = true, ""
		if v.Search != "" {
			v.Policy = strings.TrimSuffix(v.Policy, noForms) + "form-action 'self'"
		}
		v.Links = []Link{{Text: w.T("not_found_home"), URL: v.link("/")}, {Text: w.T("not_found_archive"), URL: v.link("/archive/")}}
		if !b.site.Links.Known() {
			b.bringAlong(&v.Frame)
		}
		return v
	}, func(h *route.Hash) {
		h.Bool(b.site.Links.Known())
		if f := b.theme.byName[styleSheet]; f != nil {
			addSum(h, f.sum)
		}
	})
}

// bringAlong puts into a page what it cannot link to, since nobody knows in which
// folder of its host the site will lie: its styles, and a script that looks for the
// folder. Without the script, links lead to the host's root, where most sites are.
func (b *builder) bringAlong(f *Frame) {
	sheet := b.theme.byName[styleSheet]
	if sheet == nil {
		return
	}
	styles, err := sheet.read()
	css := strings.ReplaceAll(string(styles), "\r", "") // as the browser hashes it
	if err != nil || strings.Contains(css, "</") || strings.Contains(css, "\x00") {
		return // it cannot stand in a page: then it is linked, as anywhere
	}
	script := "\nconst mark = " + strconv.Quote(strings.TrimPrefix(sheet.hashed, "/")) + ";" + findRoot
	f.Inline = trusted("<style>" + css + "</style>\n<script type=\"module\">" + script + "</script>")
	for directive, text := range map[string]string{"style-src 'self'": css, "script-src 'self'": script} {
		sum := sha256.Sum256([]byte(text))
		f.Policy = strings.Replace(f.Policy, directive, directive+" 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", 1)
	}
}

// findRoot asks each folder above the address, the host's root first, for the style
// sheet, whose name no other site has; links then begin in the folder that has it.
const findRoot = `
const path = location.pathname;
for (let at = 0; (at = path.indexOf("/", at)) >= 0; at++) {
  const root = path.slice(0, at + 1);
  if (!(await fetch(root + mark, { method: "HEAD" })).ok) continue;
  for (const name of ["href", "action"])
    for (const e of document.querySelectorAll("[" + name + "^='/']"))
      e.setAttribute(name, root + e.getAttribute(name).slice(1));
  break;
}
`

package preview

import (
	"html/template"
	"net/http"
	"sync"

	"publish/internal/diag"
	"publish/internal/route"
)

// faultPage is for a page that cannot be made. It uses no layout of the site:
// that may be what is broken.
var faultPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("fault").Parse(`<!doctype html>
<html lang="en">
{{.Tag}}<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Path}} cannot be shown</title>
<style>
body { max-width: 50em; margin: 2em auto; padding: 0 1em; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
</style>
<main>
<h1>This page cannot be shown</h1>
<p><code>{{.Path}}</code> is made from <code>{{.Source}}</code>.</p>
<ul>
{{- range .Mistakes}}
<li><code>{{with .Pos.String}}{{.}}: {{end}}{{.Message}}</code>{{with .Hint}}<br>{{.}}{{end}}</li>
{{- end}}
</ul>
</main>
</html>
`))
})

// fault answers with the reasons why a route has no bytes.
func fault(w http.ResponseWriter, r *http.Request, rev *revision, failed *route.Route, err error) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'")
	w.WriteHeader(http.StatusInternalServerError)
	if r.Method == http.MethodHead {
		return
	}
	var script template.HTML
	if isHTML(failed) {
		script = template.HTML(tag(failed.Path, rev.faultVersion()))
	}
	// An error here means that the browser has gone.
	_ = faultPage().Execute(w, struct {
		Path, Source string
		Mistakes     diag.List
		Tag          template.HTML
	}{failed.Path, failed.Source, mistakes(err), script})
}

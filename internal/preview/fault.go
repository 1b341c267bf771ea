package preview

import (
	"errors"
	"html/template"
	"net/http"

	"publish/internal/diag"
	"publish/internal/route"
)

// faultPage is for a page that cannot be made. It uses no layout of the site:
// that may be what is broken.
var faultPage = template.Must(template.New("fault").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
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

// fault answers with the reasons why a route has no bytes.
func fault(w http.ResponseWriter, r *http.Request, failed *route.Route, err error) {
	mistakes := diag.List{{Message: err.Error()}}
	if list, ok := errors.AsType[*diag.ErrorList](err); ok {
		mistakes = list.List
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.WriteHeader(http.StatusInternalServerError)
	if r.Method == http.MethodHead {
		return
	}
	// An error here means that the browser has gone.
	_ = faultPage.Execute(w, struct {
		Path, Source string
		Mistakes     diag.List
	}{failed.Path, failed.Source, mistakes})
}

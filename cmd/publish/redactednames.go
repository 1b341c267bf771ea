package main

import (
	"path"
	"reflect"
	"regexp"

	"publish/internal/content"
	"publish/internal/diag"
)

// redactedNames reports what a redaction cannot hide: the names of files, of
// which ids and the data are made, the addresses of pages and terms, and the
// site's own settings. A placeholder in their place would break links, or say
// nothing.
func (l *loaded) redactedNames() diag.List {
	if l.site.Options.Internal {
		return nil
	}
	var list diag.List
	for _, r := range l.config.Redact {
		says := content.Names(r)
		told := map[string]bool{}
		for _, d := range l.folder.Documents {
			if l.site.PageOf(d.Path) != nil && says(d.Path) {
				told[d.Path] = true
				list.Report(diag.LeakInternal, diag.Pos{File: d.Path}, "rename it",
					"the name of the file says what `redact` hides for the reason %q", r.Reason)
			}
		}
		for _, to := range l.table.All() {
			if says(to.Path) && !told[to.Source] && !says(path.Dir(to.Path)) {
				list.Report(diag.LeakInternal, diag.Pos{File: to.Source}, "rename it, or give it a `slug`",
					"the address %s says what `redact` hides for the reason %q", to.Path, r.Reason)
			}
		}
		found := false
		pattern := regexp.MustCompile(r.Pattern) // config has tried it
		sayStrings(reflect.ValueOf(*l.config), func(text string) { found = found || pattern.MatchString(text) })
		if found {
			list.Report(diag.LeakInternal, r.Pos, "write the setting in other words", "publish.yaml itself says elsewhere what `redact` hides for the reason %q", r.Reason)
		}
	}
	return list
}

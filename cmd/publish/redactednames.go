package main

import (
	"reflect"
	"regexp"

	"publish/internal/diag"
)

// redactedNames reports what a redaction cannot hide: the addresses of files
// and terms, and the site's own settings. A placeholder in their place would
// break links, or say nothing.
func (l *loaded) redactedNames() diag.List {
	if l.site.Options.Internal {
		return nil
	}
	var list diag.List
	for _, r := range l.config.Redact {
		pattern := regexp.MustCompile(r.Pattern) // config has tried it
		for _, to := range l.table.All() {
			if pattern.MatchString(to.Path) {
				list.Report(diag.LeakInternal, diag.Pos{File: to.Source}, "rename it, or give it a `slug`",
					"the address %s says what `redact` hides for the reason %q", to.Path, r.Reason)
			}
		}
		found := false
		sayStrings(reflect.ValueOf(*l.config), func(text string) { found = found || pattern.MatchString(text) })
		if found {
			list.Report(diag.LeakInternal, r.Pos, "write the setting in other words", "publish.yaml itself says elsewhere what `redact` hides for the reason %q", r.Reason)
		}
	}
	return list
}

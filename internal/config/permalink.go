package config

import (
	"regexp"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/tree"
)

// placeholders are the names that may stand behind a colon in a permalink. They
// are Jekyll's; the site's model fills them in.
var placeholders = []string{
	"year", "short_year", "month", "i_month", "short_month", "long_month", "day", "i_day", "y_day",
	"w_year", "week", "w_day", "short_day", "long_day", "hour", "minute", "second",
	"title", "slug", "name", "path", "basename", "categories", "slugified_categories", "collection", "output_ext",
}

// permalinkStyles are the names that Jekyll has for whole patterns.
var permalinkStyles = []string{"date", "pretty", "ordinal", "weekdate", "none"}

var placeholder = regexp.MustCompile(`:[a-z_]+`)

// readPermalink reads a pattern of addresses or the name of one. A placeholder
// that nobody fills in would stand in every address.
func readPermalink(d *decoder, n *tree.Node, c *Config) {
	pattern, ok := d.text(n, "permalink")
	if !ok {
		return
	}
	if !strings.ContainsAny(pattern, ":/") && !slices.Contains(permalinkStyles, pattern) {
		hint := "write a pattern such as `/:year/:month/:day/:slug/`, or one of " + strings.Join(permalinkStyles, ", ")
		if near := diag.Nearest(pattern, permalinkStyles); near != "" {
			hint = "did you mean `" + near + "`?"
		}
		d.wrong(n, hint, "`permalink` must be a pattern or the name of one, not %q", pattern)
		return
	}
	for _, name := range placeholder.FindAllString(pattern, -1) {
		name = name[1:]
		if slices.Contains(placeholders, name) || slices.Contains(placeholders, strings.TrimSuffix(name, "_")) {
			continue
		}
		hint := "it is one of :" + strings.Join(placeholders, ", :")
		if near := diag.Nearest(name, placeholders); near != "" {
			hint = "did you mean `:" + near + "`?"
		}
		d.wrong(n, hint, "`permalink` holds the unknown placeholder \":%s\"", name)
		ok = false
	}
	if ok {
		c.Permalink = pattern
	}
}

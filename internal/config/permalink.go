package config

import (
	"maps"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// Placeholders are the names that may stand behind a colon in a permalink, all
// of Jekyll's. Package site fills them in.
var Placeholders = []string{
	"year", "short_year", "month", "i_month", "short_month", "long_month", "day", "i_day", "y_day",
	"w_year", "week", "w_day", "short_day", "long_day", "hour", "minute", "second",
	"title", "slug", "name", "path", "basename", "categories", "slugified_categories", "collection", "output_ext",
}

// permalinkStyles are the patterns that Jekyll has names for (Jekyll 4,
// "Permalinks", built-in formats).
var permalinkStyles = map[string]string{
	"date":     "/:categories/:year/:month/:day/:title:output_ext",
	"pretty":   "/:categories/:year/:month/:day/:title/",
	"ordinal":  "/:categories/:year/:y_day/:title:output_ext",
	"weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
	"none":     "/:categories/:title:output_ext",
}

// PermalinkStyle is the pattern that a name stands for.
func PermalinkStyle(name string) (pattern string, ok bool) {
	pattern, ok = permalinkStyles[name]
	return pattern, ok
}

var placeholder = pattern.New(`:[a-z_]+`)

// readPermalink reads a pattern of addresses or the name of one. A placeholder
// that nobody fills in would stand in every address.
func readPermalink(d *decoder, n *tree.Node, c *Config) {
	pattern, ok := d.text(n, "permalink")
	if !ok {
		return
	}
	if _, named := permalinkStyles[pattern]; !named && !strings.ContainsAny(pattern, ":/") {
		styles := slices.Sorted(maps.Keys(permalinkStyles))
		hint := "write a pattern such as `/:year/:month/:day/:slug/`, or one of " + strings.Join(styles, ", ")
		if near := diag.Nearest(pattern, styles); near != "" {
			hint = "did you mean `" + near + "`?"
		}
		d.wrong(n, hint, "`permalink` must be a pattern or the name of one, not %q", pattern)
		return
	}
	for _, name := range placeholder.FindAllString(pattern, -1) {
		name = name[1:]
		if slices.Contains(Placeholders, name) || slices.Contains(Placeholders, strings.TrimSuffix(name, "_")) {
			continue
		}
		hint := "it is one of :" + strings.Join(Placeholders, ", :")
		if near := diag.Nearest(name, Placeholders); near != "" {
			hint = "did you mean `:" + near + "`?"
		}
		d.wrong(n, hint, "`permalink` holds the unknown placeholder \":%s\"", name)
		ok = false
	}
	if ok {
		c.Permalink = pattern
	}
}

package config

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

const jekyllFile = "_config.yml"

// readJekyll takes over what a Jekyll site says of itself. Keys that we do not
// know belong to Jekyll or to its plugins, and values that make no sense to us
// may make sense to them: only a file that cannot be read at all is reported, and what may keep texts back.
func (c *Config) readJekyll(fsys fs.FS, name string, diags *diag.List) {
	text, err := readSmall(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		diags.Report(diag.Config, diag.Pos{File: name}, unreadableHint(err), "%q cannot be read: %s", name, reason(err))
		return
	}
	root, problems := tree.ParseYAML(name, 1, normal(text), diag.Config)
	*diags = append(*diags, problems...)
	c.Jekyll, c.File = true, name
	c.Defaults = jekyllDefaults(root.Get("defaults"))
	c.Title = scalar(root, "title", "name")
	c.Description = scalar(root, "description")
	c.Permalink = scalar(root, "permalink")
	c.Authors = jekyllAuthors(root.Get("author"))
	c.Exclude = list(root.Get("exclude"))
	c.Include = list(root.Get("include"))
	c.Collections = collections(root.Get("collections"))
	c.CollectionsDir = strings.Trim(scalar(root, "collections_dir"), "./")
	if tag, ok := locale.Written(scalar(root, "lang", "locale", "language")); ok {
		c.Language = tag
	}
	if zone, ok := loadZone(scalar(root, "timezone")); ok {
		c.Timezone = zone
	}
	if n, err := strconv.Atoi(scalar(root, "paginate")); err == nil && n > 0 {
		c.PerPage = n
	}
	if r, ok := repositoryAddress(scalar(root, "repository")); ok {
		c.Repository = r
	}
	if base := scalar(root, "url"); base != "" {
		c.BaseURL, _ = parseBaseURL(strings.TrimSuffix(base, "/") + "/" + strings.Trim(scalar(root, "baseurl"), "/"))
	}
}

// jekyllDefaults lists the front matter that Jekyll would give to many files.
func jekyllDefaults(defaults *tree.Node) (entries []tree.Entry) {
	if defaults == nil {
		return nil
	}
	for _, d := range append(slices.Clone(defaults.Items), defaults) { // a list, or one alone
		if values := d.Get("values"); values != nil {
			entries = append(entries, values.Entries...)
		}
	}
	return entries
}

// jekyllAuthors reads `author: Jo` and `author: {name: Jo}`.
func jekyllAuthors(n *tree.Node) []string {
	if n != nil && n.Kind == tree.Mapping {
		n = n.Get("name")
	}
	return list(n)
}

// scalar gives the text of the first of the keys that has one.
func scalar(root *tree.Node, keys ...string) string {
	for _, key := range keys {
		if n := root.Get(key); n != nil && n.Kind == tree.Scalar {
			return strings.TrimSpace(n.Value)
		}
	}
	return ""
}

// list gives the texts of a list, or a single text.
func list(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind == tree.Scalar {
		return []string{strings.TrimSpace(n.Value)}
	}
	var texts []string
	for _, item := range n.Items {
		if item.Kind == tree.Scalar {
			texts = append(texts, strings.TrimSpace(item.Value))
		}
	}
	return texts
}

// collections gives the names of the collections of which Jekyll makes pages:
// those that say `output: true`.
func collections(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	var names []string
	for _, e := range n.Entries {
		if strings.EqualFold(scalar(e.Value, "output"), "true") {
			names = append(names, e.Key.Value)
		}
	}
	return names
}

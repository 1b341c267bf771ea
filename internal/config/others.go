package config

import (
	"io/fs"
	"path"
	"strings"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

// otherTools are the settings of other publishers, of which a site's name,
// description and language are good defaults for ours. Its address is not: a
// site built by us will hardly stand where theirs does.
var otherTools = []struct{ file, title, description, language string }{
	{"mkdocs.yml", "site_name", "site_description", "theme.language"},
	{"book.toml", "book.title", "book.description", "book.language"},
	{"_quarto.yml", "website.title", "website.description", "lang"},
	{"hugo.yaml", "title", "params.description", "languageCode"},
	{"hugo.toml", "title", "params.description", "languageCode"},
	{"config.yml", "title", "params.description", "languageCode"}, // Hugo before 0.110, cState
	{"config.toml", "title", "params.description", "languageCode"},
	{".upptimerc.yml", "status-website.name", "status-website.introTitle", ""},
}

// readOtherTools takes the first of these files that is there and names a
// title. The files were not written for us, so nothing in them is a mistake.
func (c *Config) readOtherTools(fsys fs.FS) {
	for _, tool := range otherTools {
		text, err := readSmall(fsys, tool.file)
		if err != nil {
			continue
		}
		parse := tree.ParseYAML
		if path.Ext(tool.file) == ".toml" {
			parse = tree.ParseTOML
		}
		root, _ := parse(tool.file, 1, normal(text), diag.Config)
		title := deep(root, tool.title)
		if title == "" {
			continue
		}
		c.File, c.Title, c.Description = tool.file, title, deep(root, tool.description)
		if tag, ok := locale.Written(deep(root, tool.language)); ok {
			c.Language = tag
		}
		return
	}
}

// deep follows a dotted path of keys to a text.
func deep(n *tree.Node, keys string) string {
	before, last := "", keys
	if i := strings.LastIndexByte(keys, '.'); i >= 0 {
		before, last = keys[:i], keys[i+1:]
	}
	for part := range strings.SplitSeq(before, ".") {
		if part != "" {
			n = n.Get(part)
		}
	}
	return scalar(n, last)
}

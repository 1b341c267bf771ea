package content

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// extensions of texts, longest first (DESIGN.md §4); case does not count. The
// last three are Jekyll's.
var extensions = []string{
	".markdown.markdown", ".html.markdown.erb", ".html.md.erb", ".markdown.erb", ".html.md", ".md.erb",
	".markdown", ".mdx", ".qmd", ".md", ".mkdown", ".mkdn", ".mkd",
}

// textName takes the extension off the name of a text; ok is false for the
// name of any other file.
func textName(name string) (stem string, ok bool) {
	lower := strings.ToLower(name)
	for _, ext := range extensions {
		if strings.HasSuffix(lower, ext) && len(lower) > len(ext) {
			return name[:len(name)-len(ext)], true
		}
	}
	return name, false
}

// isIndex says whether a file stands for its folder. Hugo's _index does too.
func isIndex(stem string) bool {
	switch strings.ToLower(stem) {
	case "index", "_index", "readme":
		return true
	}
	return false
}

// isNavigation says whether a file is the table of contents that GitBook and
// mdBook keep; a page called summary.md is another thing.
func isNavigation(name string) bool { return name == "SUMMARY.md" }

// relative gives a path from the content folder, "" for the folder itself.
func relative(root, name string) string {
	switch {
	case root == ".":
		return strings.TrimPrefix(name, "./")
	case name == root:
		return ""
	}
	return strings.TrimPrefix(name, root+"/")
}

// below says whether a path is the folder or lies in it.
func below(dir, name string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// Document gives the document at a path from the site folder, in any form of
// Unicode, or nil.
func (f *Folder) Document(name string) *Document {
	name = norm.NFC.String(name)
	i, found := slices.BinarySearchFunc(f.Documents, name, func(d *Document, name string) int { return strings.Compare(d.Path, name) })
	if !found {
		return nil
	}
	return f.Documents[i]
}

// File finds a file by its path from the site folder as an author may write
// it: composed or decomposed accents, percent-encoded, or with Markdown's
// backslashes before punctuation. It gives nil for a file that is not there.
func (f *Folder) File(name string) *File {
	for _, n := range []string{name, unescapePercent(name), unescapeBackslash(name), unescapeBackslash(unescapePercent(name))} {
		n = path.Clean(n)
		if file := f.Files[n]; file != nil {
			return file
		}
		if file := f.composed[norm.NFC.String(n)]; file != nil {
			return file
		}
	}
	return nil
}

func unescapePercent(s string) string {
	if t, err := url.PathUnescape(s); err == nil {
		return t
	}
	return s
}

func unescapeBackslash(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

package importer

import (
	"path"
	"strings"

	"publish/internal/pattern"
)

// Liquid and kramdown in the texts of Jekyll.

var (
	liquidRaw       = pattern.New(`(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}`)
	liquidComment   = pattern.New(`(?s)\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}`)
	liquidHighlight = pattern.New(`(?s)\{%-?\s*highlight\s+(\S+)[^%]*%\}[ \t]*\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}`)
	liquidTag       = pattern.New(`((?:[("'<]|\]:[ \t]*)?)\{%-?\s*(\w+)\s*([^%{}]*?)\s*-?%\}`)
	liquidValue     = pattern.New(`((?:[("'<]|\]:[ \t]*)?)\{\{-?\s*([^{}]*?)\s*-?\}\}`)

	siteRoot     = pattern.New(`^(?:site\.(?:baseurl|url|github\.url|base_?path))(?:\s*\|\s*append:\s*site\.baseurl)?$`)
	rootedPath   = pattern.New(`^["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:base)?url)(?:\s*\|\s*prepend:\s*site\.url)?$`)
	appendedPath = pattern.New(`^site\.(?:base)?url\s*\|\s*append:\s*["']([^"']*)["']$`)

	attributeLine   = pattern.New(`(?m)^[ \t]*\{:[^}\n]*\}[ \t]*\n?`)
	headingID       = pattern.New(`(?m)^(#{1,6}[^\n]*[^\n#\s{}])[ \t#]*\n\{:\s*#([\w-]+)[^}\n]*\}[ \t]*$`)
	attributeSpan   = pattern.New("([)*_`\\]>])\\{:[^}\n]*\\}")
	contentsMark    = pattern.New(`(?m)^[ \t]*(?:[*+-]|1\.)[^\n]*\n\{:\s*toc[^}\n]*\}[ \t]*\n?`)
	kramdownComment = pattern.New(`(?s)\{::comment\}(.*?)\{:/(?:comment)?\}`)
)

// convert writes out what Liquid and kramdown would make of a text. What they
// would run stays as it is, and is told.
func (j *jekyll) convert(d *document) {
	j.swap(d, liquidHighlight, func(m []string) (string, bool) { return fenced(m[1], m[2]), true }, "highlight", "fence of code")
	raws := j.cutRaw(d)
	j.swap(d, liquidComment, func(m []string) (string, bool) { return htmlComment(m[1]), true }, "comment", "HTML comment")
	j.swap(d, kramdownComment, func(m []string) (string, bool) { return htmlComment(m[1]), true }, "kramdown comment", "HTML comment")
	j.swap(d, contentsMark, func([]string) (string, bool) { return "", true }, "kramdown table of contents", "the page's own")
	j.swap(d, headingID, func(m []string) (string, bool) { return m[1] + " {#" + m[2] + "}", true }, "kramdown id of a heading", "{#id}")
	j.swap(d, attributeLine, func([]string) (string, bool) { return "", true }, "kramdown attributes", "not needed: classes of its theme")
	j.swap(d, attributeSpan, func(m []string) (string, bool) { return m[1], true }, "kramdown attributes", "not needed: classes of its theme")
	j.swap(d, liquidValue, func(m []string) (string, bool) { return j.value(m[1], m[2]) }, "", "a path from the root, made a link to the file")
	j.swap(d, liquidTag, func(m []string) (string, bool) { return j.tag(m[1], m[2], m[3]) }, "", "the file that it names")
	if mark := getText(j.root, "excerpt_separator"); mark != "" && mark != "<!-- more -->" && mark != "<!--more-->" {
		d.body = strings.Replace(d.body, mark, "<!-- more -->", 1)
	}
	for i, raw := range raws {
		d.body = strings.Replace(d.body, rawMark(i), raw, 1)
	}
}

// swap replaces what a pattern finds outside code. The name of a tag is its
// own where none is given.
func (j *jekyll) swap(d *document, re *pattern.Pattern, with func(m []string) (string, bool), name, to string) {
	hidden := d.body
	if name != "highlight" {
		hidden = blankCode(d.body)
	}
	var b strings.Builder
	done := 0
	for _, at := range re.FindAllStringSubmatchIndex(hidden, -1) {
		var m []string
		for i := 0; i < len(at); i += 2 {
			if at[i] < 0 {
				m = append(m, "")
				continue
			}
			m = append(m, d.body[at[i]:at[i+1]])
		}
		called := name
		if called == "" {
			called = "{{ }}"
			if strings.Contains(m[0], "{%") {
				called = "tag " + m[2]
			}
		}
		text, ok := with(m)
		if !ok {
			j.r.left(called, "the text, as written")
			j.r.note(d.from, "%q is run by Jekyll and stays as it is: write out what it stands for", m[0][strings.IndexByte(m[0], '{'):])
			continue
		}
		j.r.went(called, to)
		b.WriteString(d.body[done:at[0]] + text)
		done = at[1]
	}
	d.body = b.String() + d.body[done:]
}

// cutRaw takes out what stands between raw tags, so that nothing in it is
// taken for a tag.
func (j *jekyll) cutRaw(d *document) (raws []string) {
	d.body = liquidRaw.ReplaceAllStringFunc(d.body, func(s string) string {
		raws = append(raws, liquidRaw.FindStringSubmatch(s)[1])
		j.r.went("tag raw", "its text")
		return rawMark(len(raws) - 1)
	})
	return raws
}

func rawMark(i int) string { return "\ue000" + strings.Repeat("\ue001", i) + "\ue002" }

func fenced(language, code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + language + "\n" + code + "\n" + fence
}

// htmlComment hides text as Markdown does.
func htmlComment(text string) string {
	return "<!--" + strings.ReplaceAll(strings.ReplaceAll(text, "-->", "--&gt;"), "--", "- -") + "-->"
}

// tag is what a Liquid tag stands for in the destination of a link. In prose it
// stays, since a path would tell readers nothing.
func (j *jekyll) tag(before, name, arguments string) (string, bool) {
	if before == "" {
		return "", false
	}
	switch name {
	case "post_url":
		for _, other := range j.docs {
			stem := strings.TrimSuffix(plainFolders(other.from), path.Ext(other.from))
			if stem == arguments || path.Base(stem) == strings.TrimPrefix(arguments, "/") {
				return before + linkTo(other.from), true
			}
		}
	case "link":
		if other := j.texts[strings.TrimPrefix(arguments, "/")]; other != nil {
			return before + linkTo(other.from), true
		}
		if file := strings.TrimPrefix(arguments, "/"); j.src.isFile(file) {
			return before + linkTo(file), true
		}
	}
	return "", false
}

// value is what a Liquid value stands for where it names the site's root: in
// the destination of a link nothing, since links are made to files; in prose
// the address.
func (j *jekyll) value(before, inside string) (string, bool) {
	if siteRoot.MatchString(inside) {
		if before != "" {
			return before, true
		}
		address := getText(j.root, "url")
		return strings.TrimSuffix(address, "/") + getText(j.root, "baseurl"), address != ""
	}
	for _, re := range []*pattern.Pattern{rootedPath, appendedPath} {
		if m := re.FindStringSubmatch(inside); m != nil {
			return before + "/" + strings.TrimPrefix(m[1], "/"), true
		}
	}
	return "", false
}

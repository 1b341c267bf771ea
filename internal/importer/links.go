package importer

import (
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"publish/internal/pattern"
)

// move carries the texts of a folder, and what they show, to another place. It
// knows the addresses that the texts had, so that their links still lead where
// they led.
type move struct {
	src   *source
	r     *Result
	texts map[string]*document // by their path in the source
	// byAddress gives the text of an old address, without the slash at its end.
	byAddress map[string]*document
	address   map[*document]string
	// roots are the folders whose files stood at the root of the site: Hugo's
	// static/, Jekyll's own.
	roots []string
	// assetTo says where a file of the source goes.
	assetTo func(string) string
	hosts   []string // of the site itself
}

// Destinations in Markdown and in HTML. They are looked for in a copy of the
// text in which code is blank.
var destinations = []*pattern.Pattern{
	pattern.New(`\]\([ \t]*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)`),
	pattern.New(`(?m)^ {0,3}\[[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+)`),
	pattern.New(`(?i)<[a-z][^<>]*?\s(?:src|href|poster)\s*=\s*"([^"\n]*)"`),
	pattern.New(`(?i)<[a-z][^<>]*?\s(?:src|href|poster)\s*=\s*'([^'\n]*)'`),
}

// relink gives the text of a document with its links made to files.
func (m *move) relink(d *document) string {
	body := d.body
	for _, re := range destinations {
		hidden := blankCode(body)
		var b strings.Builder
		done := 0
		for _, at := range re.FindAllStringSubmatchIndex(hidden, -1) {
			from, to := at[2], at[3]
			angled := to-from >= 2 && body[from] == '<'
			if angled {
				from, to = from+1, to-1
			}
			dest, ok := m.destination(d, body[from:to], angled)
			if ok && dest != body[from:to] {
				b.WriteString(body[done:from] + dest)
				done = to
			}
		}
		body = b.String() + body[done:]
	}
	return m.settleMarks(d, body)
}

// A tag that names a file becomes a mark, so that its path is not taken for one
// that the author wrote.
const markOpen, markClose = "\ue010", "\ue011"

var mark = pattern.New(markOpen + `([^` + markClose + `\n]*)` + markClose)

// linkTo marks the place of a link to a text or a file of the source.
func linkTo(name string) string { return markOpen + url.PathEscape(name) + markClose }

func (m *move) settleMarks(d *document, body string) string {
	return mark.ReplaceAllStringFunc(body, func(s string) string {
		name := unescaped(mark.FindStringSubmatch(s)[1])
		if other := m.texts[name]; other != nil {
			return relative(d.to, other.to, false)
		}
		if !m.src.isFile(name) {
			return s
		}
		return relative(d.to, m.take(name), false)
	})
}

// destination gives the new destination of a link of d.
func (m *move) destination(d *document, written string, angled bool) (string, bool) {
	file, suffix := written, ""
	if i := strings.IndexAny(written, "?#"); i >= 0 {
		file, suffix = written[:i], written[i:]
	}
	if strings.Contains(written, "{{") || strings.Contains(written, "{%") || strings.Contains(written, markOpen) {
		return "", false
	}
	if file = m.ownPath(file); file == "" || strings.HasPrefix(file, "//") || hasScheme(file) {
		return "", false
	}
	plain := unescaped(backslash.ReplaceAllString(file, "$1"))
	for _, candidate := range m.candidates(d, plain) {
		for _, end := range []string{"", ".md", "/README.md", "/index.md", "/_index.md"} {
			if other := m.texts[path.Clean(candidate+end)]; other != nil {
				return relative(d.to, other.to, angled) + suffix, true
			}
		}
		if m.src.isFile(candidate) && !isText(candidate) && !runs(candidate) {
			return relative(d.to, m.take(candidate), angled) + suffix, true
		}
	}
	rooted := plain
	if !strings.HasPrefix(plain, "/") {
		rooted = path.Join(m.address[d], plain)
	}
	if other := m.byAddress[addressKey(rooted)]; other != nil {
		return relative(d.to, other.to, angled) + suffix, true
	}
	d.lost = append(d.lost, written)
	return "", false
}

// backslash is an escape of Markdown's in a destination.
var backslash = pattern.New(`\\([!-/:-@\[-` + "`" + `{-~])`)

// sayLost tells of the links that lead nowhere: the first few by name.
func (m *move) sayLost(d *document) {
	lost := slices.Compact(slices.Sorted(slices.Values(d.lost)))
	if len(lost) > 0 {
		m.r.note(d.from, "leads to nothing that was imported, and stays as it is: %s", named(lost))
	}
}

// candidates are the files of the source that a path may mean.
func (m *move) candidates(d *document, file string) (names []string) {
	if rooted, ok := strings.CutPrefix(file, "/"); ok {
		for _, root := range m.roots {
			names = append(names, path.Join(root, rooted))
		}
		return names
	}
	names = append(names, path.Join(path.Dir(d.from), file))
	for _, root := range m.roots {
		names = append(names, path.Join(root, file))
	}
	return names
}

// ownPath is the path of an address of the site itself; other addresses stay.
func (m *move) ownPath(file string) string {
	u, err := url.Parse(file)
	if err != nil || u.Host == "" {
		return file
	}
	for _, host := range m.hosts {
		if strings.EqualFold(u.Host, host) && m.byAddress[addressKey(u.Path)] != nil {
			return u.Path
		}
	}
	return file
}

// take takes a file along and gives its new path.
func (m *move) take(name string) string {
	to := m.assetTo(name)
	if m.r.has(to) {
		return to
	}
	data, err := m.src.file(name)
	if err != nil {
		m.r.note(name, "it cannot be read and was not taken along")
		return to
	}
	m.r.add(File{Path: to, Data: data, Kind: Asset, From: name})
	return to
}

// addressKey is an address as a key: without its ending, without a slash at
// the end.
func addressKey(address string) string {
	address = strings.TrimSuffix(unescaped(address), "index.html")
	address = strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".html")
	if !strings.HasPrefix(address, "/") {
		address = "/" + address
	}
	return strings.ToLower(address)
}

func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// relative is the path from one file to another, as a link writes it.
func relative(from, to string, angled bool) string {
	rel, err := filepath.Rel(filepath.FromSlash(path.Dir(from)), filepath.FromSlash(to))
	if err != nil {
		return to
	}
	rel = filepath.ToSlash(rel)
	if angled {
		return rel
	}
	return strings.NewReplacer("%", "%25", " ", "%20", "(", "%28", ")", "%29", "#", "%23", "?", "%3F", "<", "%3C", ">", "%3E", `"`, "%22", "'", "%27").Replace(rel)
}

var schemed = pattern.New(`^[A-Za-z][A-Za-z0-9+.-]+:`)

func hasScheme(s string) bool { return schemed.MatchString(s) }

// runs says whether a file is a program or a page of its own: nothing that a
// text shows.
func runs(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".js", ".mjs", ".css", ".scss", ".rb", ".xml":
		return true
	}
	return false
}

// isText says whether a file is Markdown, by its name.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".qmd", ".mkd", ".mkdn":
		return true
	}
	return false
}

// blankCode gives a copy of a text in which code, in fences and in backticks,
// is blank, and every byte keeps its place.
func blankCode(text string) string {
	b := []byte(text)
	fence, size := byte(0), 0
	for start := 0; start < len(b); {
		end := start
		for end < len(b) && b[end] != '\n' {
			end++
		}
		line := strings.TrimLeft(text[start:end], " \t>")
		n := 0
		for n < len(line) && (line[n] == '`' || line[n] == '~') && line[n] == line[0] {
			n++
		}
		switch {
		case fence == 0 && n >= 3 && (line[0] == '~' || !strings.Contains(line[n:], "`")):
			fence, size = line[0], n
			blank(b[start:end])
		case fence != 0 && n >= size && line[0] == fence && strings.TrimSpace(line[n:]) == "":
			fence = 0
			blank(b[start:end])
		case fence != 0:
			blank(b[start:end])
		}
		start = end + 1
	}
	blankSpans(b)
	return string(b)
}

// blankSpans blanks code between backticks, which does not go beyond its
// paragraph.
func blankSpans(b []byte) {
	for i := 0; i < len(b); i++ {
		if b[i] != '`' {
			continue
		}
		n := ticks(b, i)
		for j := i + n; j < len(b); j++ {
			if b[j] == '\n' && j+1 < len(b) && b[j+1] == '\n' {
				break
			}
			if b[j] != '`' {
				continue
			}
			if m := ticks(b, j); m == n {
				blank(b[i : j+n])
				break
			} else {
				j += m - 1
			}
		}
		i += n - 1
	}
}

func ticks(b []byte, i int) (n int) {
	for i+n < len(b) && b[i+n] == '`' {
		n++
	}
	return n
}

func blank(b []byte) {
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
}

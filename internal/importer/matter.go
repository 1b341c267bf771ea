package importer

import (
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// document is a Markdown file on its way from one folder to another.
type document struct {
	from string // its path in the source
	to   string // its path from the site folder
	// entries are its front matter, in its order.
	entries []matterEntry
	trailer string // comments below the last of them
	body    string
	bare    bool     // it had no front matter
	first   int      // line of the file on which the body begins
	lost    []string // links that lead nowhere
	raw     []byte   // the whole file, where its front matter cannot be read
}

// matterEntry is a key of front matter. One that was not changed is written as
// it stood, with the comments above it.
type matterEntry struct {
	tree.Entry
	written string // lines of YAML, "" where they are to be made
	comment string // lines above it
	made    bool   // by the importer: it is no field of the source
}

// readDocument reads the front matter of a text. Front matter that cannot be
// read is the author's to mend: the text is then carried over as it is, and
// publish shows it to nobody until it is mended.
func readDocument(name string, data []byte, r *Result) *document {
	text := normal(data)
	parts, problems := postmortem.Split(name, text)
	d := &document{from: name, body: string(parts.Body), first: max(parts.BodyLine, 1)}
	if problems.HasErrors() {
		return d.asItIs(data, problems, r)
	}
	parse := map[postmortem.Format]func(string, int, []byte, diag.Code) (*tree.Node, diag.List){
		postmortem.YAML: tree.ParseYAML, postmortem.TOML: tree.ParseTOML, postmortem.JSON: tree.ParseJSON,
	}[parts.Format]
	if parse == nil {
		d.bare = true
		return d
	}
	root, problems := parse(name, parts.MatterLine, parts.Matter, diag.FrontMatterSyntax)
	if problems.HasErrors() {
		return d.asItIs(data, problems, r)
	}
	for _, e := range root.Entries {
		d.entries = append(d.entries, matterEntry{Entry: e})
	}
	switch parts.Format {
	case postmortem.YAML:
		d.cutYAML(string(parts.Matter), parts.MatterLine)
	case postmortem.TOML:
		d.keepComments(string(parts.Matter))
	}
	return d
}

// asItIs keeps every byte of a text that cannot be read.
func (d *document) asItIs(data []byte, problems diag.List, r *Result) *document {
	i := slices.IndexFunc(problems, func(d diag.Diagnostic) bool { return d.Level == diag.Error })
	if r != nil {
		r.note(d.from, "copied as it is, since its front matter cannot be read (line %d: %s): mend it", problems[i].Line, problems[i].Message)
	}
	d.raw, d.body = data, ""
	return d
}

// cutYAML gives each entry the lines that it was written on, comments above it
// included. Where an entry does not begin a line (a mapping in braces) all are
// written anew.
func (d *document) cutYAML(matter string, first int) {
	lines := strings.SplitAfter(matter, "\n")
	end := len(lines)
	var chunks []string
	for i := len(d.entries) - 1; i >= 0; i-- {
		pos := d.entries[i].Key.Pos
		at := pos.Line - first
		if pos.Column != 1 || at < 0 || at >= end {
			return
		}
		for at > 0 && isComment(lines[at-1]) {
			at--
		}
		chunks = append(chunks, strings.Join(lines[at:end], ""))
		end = at
	}
	slices.Reverse(chunks)
	for i := range d.entries {
		chunk := chunks[i]
		if i == 0 {
			chunk = strings.Join(lines[:end], "") + chunk
		}
		if !strings.HasSuffix(chunk, "\n") {
			chunk += "\n"
		}
		for strings.HasPrefix(chunk, "#") || strings.HasPrefix(chunk, "\n") {
			line, rest, _ := strings.Cut(chunk, "\n")
			d.entries[i].comment += line + "\n"
			chunk = rest
		}
		d.entries[i].written = chunk
	}
}

// isComment says whether a line may belong to the entry below it: a comment at
// the margin. Inside a block of text it would be text, but that is indented.
func isComment(line string) bool { return strings.HasPrefix(line, "#") }

// keepComments keeps the comments of TOML, which has the same sign for them.
func (d *document) keepComments(matter string) {
	for line := range strings.SplitSeq(matter, "\n") {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") {
			d.trailer += line + "\n"
		}
	}
}

// get gives the value of a key, whatever its case.
func (d *document) get(key string) *tree.Node {
	for _, e := range d.entries {
		if strings.EqualFold(e.Key.Value, key) {
			return e.Value
		}
	}
	return nil
}

func (d *document) text(key string) string {
	n := d.get(key)
	if n == nil || n.Kind != tree.Scalar {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// put adds an entry, or replaces the one of its name.
func (d *document) put(key string, value *tree.Node) {
	for i := range d.entries {
		if e := &d.entries[i]; e.Key.Value == key {
			e.Value, e.written = value, ""
			return
		}
	}
	d.entries = append(d.entries, matterEntry{Entry: entry(key, value), made: true})
}

func (d *document) remove(key string) {
	d.entries = slices.DeleteFunc(d.entries, func(e matterEntry) bool { return e.Key.Value == key })
}

// addAlias adds an old address, if no key of the front matter holds it.
func (d *document) addAlias(address string) bool {
	if address == "" || address == "/" || d.raw != nil {
		return false
	}
	aliases := d.get("aliases")
	if aliases == nil {
		aliases = d.get("redirect_from")
	}
	known := textsOf(aliases)
	if slices.Contains(known, address) {
		return false
	}
	if own := d.get("aliases"); own == nil || own.Kind == tree.Null {
		d.put("aliases", listNode(address))
	} else {
		d.put(d.keyOf("aliases"), listNode(append(textsOf(own), address)...))
	}
	return true
}

// keyOf is a key as the author spelt it.
func (d *document) keyOf(key string) string {
	for _, e := range d.entries {
		if strings.EqualFold(e.Key.Value, key) {
			return e.Key.Value
		}
	}
	return key
}

func textsOf(n *tree.Node) (texts []string) {
	switch {
	case n == nil:
	case n.Kind == tree.Scalar && n.Value != "":
		texts = []string{n.Value}
	default:
		for _, item := range n.Items {
			if item.Kind == tree.Scalar {
				texts = append(texts, item.Value)
			}
		}
	}
	return texts
}

// settle says of every key where it goes, and moves those that publish does
// not know below `extra`, where it keeps them and asks nothing.
func (d *document) settle(r *Result) {
	var kept []matterEntry
	extra := d.get("extra")
	var unknown []tree.Entry
	for _, e := range d.entries {
		name, known := meaning(e.Entry)
		switch {
		case e.made:
			kept = append(kept, e)
		case e.Key.Value == "extra" && e.Value.Kind == tree.Mapping:
			for _, inner := range e.Value.Entries {
				r.left("extra."+inner.Key.Value, "extra."+inner.Key.Value)
			}
			kept = append(kept, e)
		case name != "":
			r.went(e.Key.Value, name)
			kept = append(kept, e)
		case known, extra.Get(e.Key.Value) != nil: // below extra stands another of its name
			r.left(e.Key.Value, "its own key")
			kept = append(kept, e)
		default:
			r.left(e.Key.Value, "extra."+e.Key.Value)
			unknown = append(unknown, e.Entry)
			if e.comment != "" {
				d.trailer += e.comment
			}
		}
	}
	d.entries = kept
	if len(unknown) == 0 {
		return
	}
	if extra != nil && extra.Kind == tree.Mapping {
		unknown = append(slices.Clone(extra.Entries), unknown...)
	}
	d.put("extra", mapNode(unknown...))
}

// meaning gives the field that a key leads to, "" if none; known says that
// publish reads the key in silence.
func meaning(e tree.Entry) (field string, known bool) {
	p, problems := postmortem.Decode(mapNode(e), postmortem.Options{})
	if len(p.Fields) > 0 {
		return p.Fields[0].Name, true
	}
	unknown := slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Code == diag.FieldUnknown })
	return "", !unknown
}

// bytes writes the document.
func (d *document) bytes() []byte {
	if d.raw != nil {
		return d.raw
	}
	if len(d.entries) == 0 && d.trailer == "" {
		return []byte(d.body)
	}
	var b strings.Builder
	b.WriteString("---\n")
	for _, e := range d.entries {
		b.WriteString(e.comment)
		if e.written != "" {
			b.WriteString(e.written)
			continue
		}
		b.WriteString(writeYAML([]tree.Entry{e.Entry}))
	}
	b.WriteString(d.trailer + "---\n")
	if d.body != "" && !strings.HasPrefix(d.body, "\n") {
		b.WriteString("\n")
	}
	b.WriteString(d.body)
	return []byte(b.String())
}

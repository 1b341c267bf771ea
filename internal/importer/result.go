package importer

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/route"
	"publish/internal/tree"
)

// Result is what an import makes, whatever the format.
type Result struct {
	Format   string
	Evidence string // by what the format was recognised; "" where it was named
	Root     string // the folder of the source that is the site; "" for all of it
	Files    []File // in the order of their paths
	// Settings are what the source says of the site as a whole, as keys of
	// publish.yaml.
	Settings []Setting
	// Traces say of each field of the source where it went, in the order of
	// their names.
	Traces []Trace
	// Passed lists files of the source that were not taken, with the reason.
	Passed []Note
	// Notes are what a person should look at.
	Notes []Note

	content string
	traces  map[trace]*Trace
	taken   map[string]int // folded paths of Files
}

// Kind says what a File is.
type Kind uint8

// The kinds of files.
const (
	Text     Kind = iota
	Asset         // an image, or another file that a text shows or links to
	Leftover      // what of the source has no place in a site
	Settings      // a publish.yaml
)

// File is one file to write.
type File struct {
	Path string // from the site folder, with slashes
	Data []byte
	Kind Kind
	From string // the file, or the object, of the source
}

// Setting is a key of publish.yaml with its value.
type Setting struct {
	Key   string
	Value *tree.Node
}

// Trace is one field of the source: where it went, and how many times.
type Trace struct {
	From, To string
	Count    int
	// Left says that publish has no meaning for it: it is kept, and shown
	// nowhere.
	Left bool
}

type trace struct{ from, to string }

// Note is something to say about a file of the source.
type Note struct{ Where, What string }

// went notes that a field of the source found its place.
func (r *Result) went(from, to string) { r.count(from, to, false) }

// left notes that a field is kept, without a meaning.
func (r *Result) left(from, to string) { r.count(from, to, true) }

func (r *Result) count(from, to string, left bool) {
	key := trace{from, to}
	if r.traces[key] == nil {
		r.traces[key] = &Trace{From: from, To: to, Left: left}
	}
	r.traces[key].Count++
}

func (r *Result) pass(where, format string, args ...any) {
	r.Passed = append(r.Passed, Note{where, fmt.Sprintf(format, args...)})
}

func (r *Result) note(where, format string, args ...any) {
	r.Notes = append(r.Notes, Note{where, fmt.Sprintf(format, args...)})
}

// add takes a file in. A file that comes twice with the same bytes is one.
func (r *Result) add(f File) {
	key := strings.ToLower(norm.NFC.String(f.Path))
	if i, ok := r.taken[key]; ok && r.Files[i].Path == f.Path && string(r.Files[i].Data) == string(f.Data) {
		return
	}
	r.taken[key] = len(r.Files)
	r.Files = append(r.Files, f)
}

// has says whether a path is taken, on any disk.
func (r *Result) has(name string) bool {
	_, ok := r.taken[strings.ToLower(norm.NFC.String(name))]
	return ok
}

// setting adds a key of publish.yaml, if the source says something for it.
func (r *Result) setting(key string, value *tree.Node, from string) {
	if value == nil || value.Kind == tree.Null || value.Kind == tree.Scalar && value.Value == "" ||
		value.Kind == tree.Sequence && len(value.Items) == 0 {
		return
	}
	r.Settings = append(r.Settings, Setting{key, value})
	r.went(from, "publish.yaml: "+key)
}

// inContent is a path of the content folder, from the site folder.
func (r *Result) inContent(name string) string { return path.Join(r.content, name) }

// leftover keeps a whole file, or what remains of one, outside the content.
func (r *Result) leftover(name string, data []byte, from string) {
	r.add(File{Path: path.Join("leftovers", name), Data: data, Kind: Leftover, From: from})
}

// finish sorts everything, so that one source gives one result, and refuses
// two files of one name, and a name that not every disk can hold.
func (r *Result) finish() error {
	slices.SortStableFunc(r.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	byName := map[string]File{}
	for _, f := range r.Files {
		if fault := route.Fault("/" + f.Path); fault != "" {
			return failf("give it another name in the source", "%q cannot be a file on every disk: %s", shortened(f.From), fault)
		}
		key := strings.ToLower(norm.NFC.String(f.Path))
		if other, ok := byName[key]; ok {
			return failf("rename one of them in the source", "%q and %q would both be written to %q", other.From, f.From, f.Path)
		}
		byName[key] = f
	}
	for _, t := range r.traces {
		r.Traces = append(r.Traces, *t)
	}
	slices.SortFunc(r.Traces, func(a, b Trace) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	byWhere := func(a, b Note) int { return cmp.Or(strings.Compare(a.Where, b.Where), strings.Compare(a.What, b.What)) }
	slices.SortFunc(r.Passed, byWhere)
	slices.SortFunc(r.Notes, byWhere)
	r.Notes = slices.Compact(r.Notes)
	return nil
}

// shortened is a name as a message can hold it.
func shortened(name string) string {
	const most = 80
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// The nodes that importers make.

func textNode(s string) *tree.Node { return &tree.Node{Kind: tree.Scalar, Value: s, Quoted: true} }

// plainNode is a value that stands as it is: a time, a number, a switch.
func plainNode(s string) *tree.Node { return &tree.Node{Kind: tree.Scalar, Value: s} }

func listNode(texts ...string) *tree.Node {
	n := &tree.Node{Kind: tree.Sequence}
	for _, s := range texts {
		n.Items = append(n.Items, textNode(s))
	}
	return n
}

func entry(key string, value *tree.Node) tree.Entry {
	return tree.Entry{Key: plainNode(key), Value: value}
}

func mapNode(entries ...tree.Entry) *tree.Node {
	return &tree.Node{Kind: tree.Mapping, Entries: entries}
}

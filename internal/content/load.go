package content

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// Options are what the command line decides about reading.
type Options struct {
	// Internal keeps what only the internal build may see.
	Internal bool
	// Jobs is how many files are read at a time; 0 means one per processor.
	Jobs int
	// Gitignores are the .gitignore files of the folders that hold the site
	// folder, up to the root of its repository, outermost first.
	Gitignores []Gitignore
}

// Gitignore is a .gitignore file above the site folder.
type Gitignore struct {
	Site string // path of the site folder from the file's own folder
	Text string
}

// Load reads the content folder of the site folder fsys, which must not lead
// out of itself (os.Root's FS does not) and must stay open as long as files of
// the Folder are read. Mistakes in the texts are in the list; an error means
// that the site folder cannot be read at all.
func Load(fsys fs.FS, cfg *config.Config, o Options) (*Folder, diag.List, error) {
	if _, err := fs.Stat(fsys, "."); err != nil {
		return nil, nil, fmt.Errorf("site folder: %w", err)
	}
	ignored := newIgnores(fsys, o.Gitignores)
	f := locate(fsys, cfg, ignored)
	f.Files, f.composed = map[string]*File{}, map[string]*File{}
	w := &walker{fsys: fsys, cfg: cfg, folder: f, ignores: ignored, linked: map[string]string{}}
	w.walk()
	w.upptime()
	w.readSummary()
	w.readTexts(newSettings(cfg, f, o), o.Jobs)
	slices.SortFunc(f.Documents, func(a, b *Document) int { return strings.Compare(a.Path, b.Path) })
	slices.SortStableFunc(f.Skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	w.sayGuesses()
	refuseDefaults(cfg.Defaults, &w.diags)
	w.diags.Sort()
	return f, countUnknown(w.diags), nil
}

// countUnknown says each unknown key once, where it stands first, and how
// often it is used.
func countUnknown(diags diag.List) diag.List {
	uses, first := map[string]int{}, map[string]int{}
	var kept diag.List
	for _, d := range diags {
		if d.Code == diag.FieldUnknown {
			if uses[d.Message]++; uses[d.Message] > 1 {
				continue
			}
			first[d.Message] = len(kept)
		}
		kept = append(kept, d)
	}
	for message, i := range first {
		if n := uses[message]; n > 1 {
			kept[i].Message += fmt.Sprintf(" (%d times)", n)
		}
	}
	return kept
}

// readTexts reads all texts at once, each into a slot of its own, so that the
// result does not depend on who is first.
func (w *walker) readTexts(s *settings, jobs int) {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	type slot struct {
		document *Document
		diags    diag.List
		err      error
	}
	slots := make([]slot, len(w.texts))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(jobs, len(slots)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(slots); i = int(next.Add(1)) - 1 {
				raw, err := readText(w.fsys, w.texts[i])
				if err != nil {
					slots[i].err = err
					continue
				}
				slots[i].document, slots[i].diags = loadDocument(norm.NFC.String(w.texts[i]), raw, s)
			}
		})
	}
	workers.Wait()
	for i, s := range slots {
		if s.err != nil {
			w.unreadable(w.texts[i], s.err)
			continue
		}
		w.take(s.document, s.diags)
	}
}

// readText reads a file, but not much more of it than is allowed.
func readText(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxText+1))
}

// take adds a document to the folder. Of a folder that nobody declared to be a
// site only what is published may be found fault with: its other texts are
// another tool's business.
func (w *walker) take(d *Document, diags diag.List) {
	ours := !w.folder.OnlyPostmortems || d.wanted()
	switch {
	case d.template != "" && ours:
		w.say(d.Path, d.template, "give it a date, or say `kind: postmortem`, if it is a report")
		return
	case d.template != "":
		w.pass(d.Path, d.template)
		return
	case w.noPageOfJekylls(d):
		w.pass(d.Path, "no front matter, so it is no page of Jekyll's")
		return
	}
	w.folder.Documents = append(w.folder.Documents, d)
	for _, x := range diags {
		if ours || d.missed && x.Code == diag.DateInvalid {
			w.diags = append(w.diags, x)
		}
	}
}

// wanted says whether a document is published from a folder that is no site,
// whoever links to it.
func (d *Document) wanted() bool {
	return d.Kind == postmortem.KindPostmortem || d.Kind == postmortem.KindMaintenance || d.Index && d.Dir == ""
}

// sayGuesses says once for all texts that their language was guessed.
func (w *walker) sayGuesses() {
	count := map[string]int{}
	for _, d := range w.folder.Documents {
		if d.LangGuessed && (!w.folder.OnlyPostmortems || d.wanted()) {
			count[d.Lang]++
		}
	}
	if len(count) == 0 {
		return
	}
	var parts []string
	for _, lang := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", lang, count[lang]))
	}
	w.diags.Report(diag.LanguageGuessed, diag.Pos{}, "write `language:` in publish.yaml, or `lang:` in a text",
		"the language was guessed from the words: %s", strings.Join(parts, ", "))
}

// upptime says why there is nothing to publish in a folder of Upptime's.
func (w *walker) upptime() {
	if _, err := fs.Stat(w.fsys, ".upptimerc.yml"); err == nil {
		w.say("history", "Upptime keeps its incidents as issues on GitHub, not in this folder", "write reports as Markdown below `content/`")
	}
}

// settings are what the reading of a text depends on besides the text itself.
type settings struct {
	root     string
	jekyll   bool
	only     bool // only postmortems are published
	internal bool
	language string
	decoding postmortem.Options
	headings *locale.OwnNames // of roles
	patterns []*regexp.Regexp // of what must not be published
	zone     *time.Location   // nil if the site states none
}

func newSettings(cfg *config.Config, f *Folder, o Options) *settings {
	s := &settings{
		root: f.Root, jekyll: f.Jekyll, only: f.OnlyPostmortems, internal: o.Internal, language: cfg.Language, zone: cfg.Timezone,
		decoding: postmortem.Options{Internal: o.Internal, Extra: cfg.DataExtra, Zones: map[string]string{}},
		headings: cfg.RoleNames(),
	}
	for _, pattern := range cfg.Forbidden {
		s.patterns = append(s.patterns, regexp.MustCompile(pattern)) // config has tried it
	}
	for _, z := range cfg.Zones {
		s.decoding.Zones[z.Abbreviation] = z.Name
	}
	return s
}

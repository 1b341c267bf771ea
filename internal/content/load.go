package content

import (
	"io/fs"
	"time"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/spill"
)

// Options are what the command line decides about reading.
type Options struct {
	// Internal keeps what only the internal build may see.
	Internal bool
	// Drafts says that drafts are published too. In those that are not nobody
	// looks for leaks.
	Drafts bool
	// Jobs is how many files are read at a time; 0 means one per processor.
	Jobs int
	// Gitignores are the .gitignore files of the folders that hold the site
	// folder, up to the root of its repository, outermost first.
	Gitignores []Gitignore
	// KeepGood lets a text that is broken now, and was not when the Reader
	// read it before, stay in the Folder as it was. Its mistakes are in the
	// list all the same.
	KeepGood bool
	// Now tells the time, so that a Reader knows since when a file has been
	// left alone. Without it each text is read again each time, and parsed only
	// if its bytes are others.
	Now func() time.Time
	// Texts takes the long texts of the documents, which can be read as long as
	// it is open; nil leaves them in memory.
	Texts *spill.File
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
	return NewReader(fsys, o).Load(cfg)
}

// wanted says whether a document is published from a folder that is no site,
// whoever links to it.
func (d *Document) wanted() bool {
	return d.Kind == postmortem.KindPostmortem || d.Kind == postmortem.KindMaintenance || d.Index && d.Dir == ""
}

// upptime says why there is nothing to publish in a folder of Upptime's.
func (w *walker) upptime() {
	if _, err := fs.Stat(w.fsys, ".upptimerc.yml"); err == nil {
		w.say("history", "Upptime keeps its incidents as issues on GitHub, not in this folder", "write reports as Markdown below `content/`")
	}
}

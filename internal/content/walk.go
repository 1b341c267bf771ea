package content

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"publish/internal/bug"
	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/spill"
)

// walker goes through the content folder once and sorts what it finds: texts,
// other files, and what is passed over, each with its reason.
type walker struct {
	fsys    fs.FS
	cfg     *config.Config
	folder  *Folder
	ignores *ignores
	linked  map[string]string // folder → the link through which it is read
	texts   []place
	summary string // SUMMARY.md, the one nearest to the top
	diags   diag.List
	failed  error // the machine's: what could not be read has no fault
	reader  *Reader
	files   map[string]*knownFile
	twice   map[string]bool // real paths of files that were met through a link
}

// place is where a file was met, as the disk spells it, and where it really
// lies, which is elsewhere if it was met through a link.
type place struct {
	name, real string
	entry      fs.DirEntry // nil if nobody has listed its folder
}

// stat asks the disk about the file behind links. A listing of the folder has
// mostly asked already.
func (p place) stat(fsys fs.FS) (fs.FileInfo, error) {
	if listingsStat && p.entry != nil && p.entry.Type().IsRegular() {
		return p.entry.Info()
	}
	return fs.Stat(fsys, p.name)
}

func (w *walker) walk() {
	root := w.folder.Root
	real, why := follow(w.fsys, root)
	if why != "" {
		real = root // reading it will say what is wrong
	}
	w.dir(root, []string{real})
	w.assetsOfSite()
}

// gitbookAssets is where GitBook keeps the images of a book.
const gitbookAssets = ".gitbook/assets"

// assetsOfSite reads the images that GitBook keeps at the top of the site
// folder, where the texts lie in a folder below: they link to them there.
func (w *walker) assetsOfSite() {
	if w.folder.Root == "." || !isDir(w.fsys, gitbookAssets) || w.ignores.hides(gitbookAssets, true) {
		return
	}
	if real, why := follow(w.fsys, gitbookAssets); why == "" && real == gitbookAssets {
		w.dir(gitbookAssets, []string{real})
	}
}

// dir reads one folder. Above are the real paths of the folder and of those
// around it.
func (w *walker) dir(dir string, above []string) {
	entries, err := fs.ReadDir(w.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) && dir != w.folder.Root {
		return // it has gone since the folder above was read
	}
	if err != nil {
		w.unreadable(dir, err)
		return
	}
	if dir != "." && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == manifest }) && w.isOutput(dir) {
		w.pass(dir, "an output of publish")
		return
	}
	for _, e := range entries {
		w.entry(dir, e, entries, above)
	}
}

func (w *walker) entry(dir string, e fs.DirEntry, siblings []fs.DirEntry, above []string) {
	name := path.Join(dir, e.Name())
	if why := badName(e.Name()); why != "" {
		w.badlyNamed(name, why)
		return
	}
	mode, real := e.Type(), path.Join(above[len(above)-1], e.Name())
	if real != name && w.ignores.hides(real, mode.IsDir()) { // met through a link
		w.pass(name, "hidden by .gitignore")
		return
	}
	switch why := w.passedOver(name, e.Name(), mode.IsDir()); {
	case why == noCollection && w.holdsDated(name):
		w.say(name, why, "name it there, or in `include`, to publish it")
		return
	case why != "":
		w.pass(name, why)
		return
	}
	if mode&fs.ModeSymlink != 0 {
		var ok bool
		if mode, real, ok = w.behind(dir, e.Name(), above); !ok {
			return
		}
	}
	switch {
	case mode.IsDir():
		w.dir(name, append(slices.Clone(above), real))
	case !mode.IsRegular():
		w.say(name, "neither a file nor a folder", "")
	default:
		w.file(place{name, real, e}, siblings)
	}
}

// behind follows a symbolic link; ok is false where it was passed over.
func (w *walker) behind(dir, base string, above []string) (mode fs.FileMode, real string, ok bool) {
	name := path.Join(dir, base)
	real, why := w.followed(dir, base, above)
	if why != "" {
		w.say(name, why, "put the file itself there")
		return 0, "", false
	}
	info, err := fs.Lstat(w.fsys, real)
	if err != nil {
		w.unreadable(name, err)
		return 0, "", false
	}
	if why := w.passedOver(name, base, info.IsDir()); why != "" { // more is passed over of folders
		w.pass(name, why)
		return 0, "", false
	}
	return info.Mode().Type(), real, true
}

// badlyNamed reports a text whose name no address can hold; another file of
// that kind is only listed.
func (w *walker) badlyNamed(name, why string) {
	name = strings.ToValidUTF8(name, "\ufffd")
	w.pass(name, "its name "+why)
	if _, isText := textName(path.Base(name)); isText {
		w.diags.Report(diag.Encoding, diag.Pos{File: name}, "rename it", "the name of the file %s", why)
	}
}

// badName says what is wrong with a name that no address can hold.
func badName(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "holds a control character"
	}
	return ""
}

// passedOver says why a file or folder is none of ours, "" if it may be.
func (w *walker) passedOver(name, base string, isDir bool) string {
	atSite := w.folder.Root == "."
	switch {
	case w.gitbook(name, isDir):
		return ""
	case strings.HasPrefix(base, "."), strings.Contains("/"+name, "/.gitbook/"):
		return "hidden"
	case name == w.cfg.File:
		return "the settings"
	case name == path.Clean(w.cfg.Output):
		return "the output"
	case isDir && base == "node_modules":
		return "packages of others"
	case isDir && base == "vendor" && atSite:
		return "packages of others"
	case isDir && base == "_site":
		return "Jekyll's output"
	case isDir && atSite && name == "layouts":
		return "templates"
	case isDir && atSite && name == "static":
		return "copied as it is"
	case w.ignores.matches(name, isDir):
		return "hidden by .gitignore"
	}
	if w.folder.Jekyll {
		return w.passedByJekyll(name, base, isDir)
	}
	if isDir && jekyllFolders[base] {
		return "a folder of Jekyll's"
	}
	return ""
}

// gitbook lets the way to .gitbook/assets through, where GitBook keeps images.
func (w *walker) gitbook(name string, isDir bool) bool {
	before, after, found := strings.Cut("/"+relative(w.folder.Root, name), "/.gitbook")
	if !found || strings.Contains(before, "/.") {
		return false
	}
	return after == "" && isDir || after == "/assets" && isDir ||
		strings.HasPrefix(after, "/assets/") && !strings.Contains(after, "/.")
}

// pass notes what is passed over; say tells the author too, where a text may
// be missed.
func (w *walker) pass(name, why string) {
	w.folder.Skipped = append(w.folder.Skipped, Skipped{Path: norm.NFC.String(name), Reason: why})
}

func (w *walker) say(name, why, hint string) {
	w.pass(name, why)
	sayPassed(&w.diags, norm.NFC.String(name), why, hint)
}

func sayPassed(diags *diag.List, name, why, hint string) {
	diags.Report(diag.FileSkipped, diag.Pos{File: name}, hint, "passed over: %s", why)
}

func (w *walker) unreadable(name string, err error) {
	if Exhausted(err) || spill.LostIn(err) != nil {
		w.failed = cmp.Or(w.failed, fmt.Errorf("%s cannot be read: %w", name, err))
		return
	}
	w.pass(name, "cannot be read")
	if found, ok := errors.AsType[*bug.Bug](err); ok {
		w.diags.Report(diag.Bug, diag.Pos{File: norm.NFC.String(name)}, bug.Hint, "it cannot be read: %v", found)
		return
	}
	w.diags.Report(diag.Encoding, diag.Pos{File: norm.NFC.String(name)}, "give yourself the right to read it, or hide it with .gitignore",
		"it cannot be read: %s", PlainError(err))
}

// Exhausted says that the machine has no means left to read any file. Taken for a
// fault of the file's, it would leave reports out of a site that may do so.
func Exhausted(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
}

// PlainError says in words why the disk refused.
func PlainError(err error) string {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "it is gone"
	case errors.As(err, &at):
		return at.Err.Error()
	}
	return err.Error()
}

// file sorts one regular file.
func (w *walker) file(at place, siblings []fs.DirEntry) {
	name, base := at.name, path.Base(at.name)
	if at.real != name {
		w.twice[at.real] = true
	}
	_, isText := textName(base)
	switch {
	case isNavigation(base):
		if w.summary == "" || strings.Count(name, "/") < strings.Count(w.summary, "/") {
			w.summary = name
		}
		w.pass(name, "read as navigation")
	case isText && w.isUndatedPost(name):
		w.say(name, undatedPost, "begin its name with its date, as 2021-04-29-outage.md")
	case isText, w.bareText(name, base, siblings):
		w.texts = append(w.texts, at)
	case w.folder.Jekyll && strings.EqualFold(path.Ext(name), ".html") && w.begins(name, "---"):
		if inFolder(name, "_posts") {
			w.say(name, "HTML: only Markdown is read", "write it in Markdown")
		} else {
			w.pass(name, "HTML: only Markdown is read")
		}
	default:
		w.addFile(at)
	}
}

func (w *walker) addFile(at place) {
	name := at.name
	info, err := at.stat(w.fsys)
	switch {
	case errors.Is(err, fs.ErrNotExist): // since its folder was read
		return
	case err != nil:
		w.unreadable(name, err)
		return
	}
	if info.Mode().Perm()&0o004 == 0 && !w.canBeRead(name) {
		return
	}
	f := w.known(name, info)
	w.folder.Files[name] = f
	w.folder.composed[norm.NFC.String(name)] = f
}

// canBeRead asks the disk, and says so where it is not: pages that show the file
// go out without it, and not the whole site. Whoever made a file that all may
// read is not asked.
func (w *walker) canBeRead(name string) bool {
	f, err := w.fsys.Open(name)
	switch {
	case err == nil:
		f.Close()
	case Exhausted(err):
		w.unreadable(name, err)
	default:
		w.say(name, "cannot be read: "+PlainError(err), "give yourself the right to read it")
	}
	return err == nil
}

// bareText says whether a file without an extension is a text all the same: it
// stands beside Markdown and begins with front matter, or it begins with a
// heading and has a name like a title (a Makefile begins with # too).
func (w *walker) bareText(name, base string, siblings []fs.DirEntry) bool {
	if strings.Contains(base, ".") || !slices.ContainsFunc(siblings, func(e fs.DirEntry) bool {
		_, ok := textName(e.Name())
		return ok
	}) {
		return false
	}
	return w.begins(name, "---\n") || w.begins(name, "+++\n") ||
		strings.ContainsAny(base, " -_") && strings.ContainsAny(base, "0123456789") && w.begins(name, "# ")
}

// begins reads the first bytes of a file.
func (w *walker) begins(name, prefix string) bool {
	f, err := w.fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len("\ufeff")+len(prefix))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	return strings.HasPrefix(strings.TrimPrefix(string(head[:n]), "\ufeff"), prefix)
}

func (w *walker) exists(rel string) bool {
	_, err := fs.Stat(w.fsys, path.Join(w.folder.Root, rel))
	return err == nil
}

package main

import (
	"errors"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"
)

// What an edit is about, and the reading of it.

// ours drops what is no part of the site, nor was: editors come and go with
// files of their own. Of a folder the files are named, where they are known.
func (e *edits) ours(before, now *loaded) {
	folders := map[string]bool{}
	for name := range e.files {
		for dir := path.Dir(name); before.has(name) || now.has(name); dir = path.Dir(dir) {
			if folders[dir] || dir == "." {
				break
			}
			folders[dir] = true
		}
	}
	maps.DeleteFunc(e.files, func(name string, _ bool) bool {
		return folders[name] || !before.has(name) && !now.has(name) && !before.hasBelow(name) && !now.hasBelow(name)
	})
}

// has says whether a file is a part of the site.
func (l *loaded) has(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return top == "layouts" || top == "static" || name == l.config.File ||
		l.folder.Document(name) != nil || l.folder.File(name) != nil
}

// hasBelow says whether texts of the site lie in a folder.
func (l *loaded) hasBelow(folder string) bool {
	for _, d := range l.folder.Documents {
		if strings.HasPrefix(d.Path, folder+"/") {
			return true
		}
	}
	return false
}

// doubted is what is looked at again after a while.
type doubted struct {
	files map[string]bool
	all   bool
	since time.Time // of the first; zero if there are none
}

// askAgain has files looked at again, when nothing more comes for a while.
func (v *live) askAgain(paths []string, all bool) {
	for _, name := range paths {
		v.doubt.files[name] = true
	}
	v.doubt.all = v.doubt.all || all
	now := v.w.p.clock()
	if v.doubt.since.IsZero() {
		v.doubt.since = now
	}
	v.wait.Reset(max(0, min(patience, hurry-now.Sub(v.doubt.since))))
}

// take gives it, for edited: this time it is believed.
func (d *doubted) take() (paths []string, all bool, since time.Time) {
	paths, all, since = slices.Sorted(maps.Keys(d.files)), d.all, d.since
	*d = doubted{files: map[string]bool{}}
	return paths, all, since
}

// setAside takes out the files that are empty or gone, and the folders that are
// gone: many programs save by emptying or removing the old file first, git makes
// folders anew, and of a site that is removed the folders go first, so the next
// moment decides. Settings wait in any case: half of them may move the whole
// site. Where the others are not texts alone, all wait: the whole folder is read
// for them, and what is gone in this moment would be found to be gone.
func (v *live) setAside(paths []string) []string {
	var good, bad []string
	whole := false
	for _, name := range paths {
		text := v.w.folder.Document(name) != nil
		info, err := v.w.root.Stat(name)
		switch {
		case isSettings(v.w, name), (err != nil || !info.IsDir() && info.Size() == 0) && (text || v.shown.has(name)),
			err != nil && v.shown.hasBelow(name):
			bad = append(bad, name)
		default:
			delete(v.doubt.files, name)
			good = append(good, name)
			whole = whole || !text
		}
	}
	if len(bad) == 0 {
		return good
	}
	if whole {
		v.askAgain(paths, false)
		return nil
	}
	v.askAgain(bad, false)
	return good
}

// sorted are changed paths by what they are part of.
type sorted struct {
	theme bool
	texts []string // of the content folder, other files of it included
	all   bool
}

// sortPaths says what has to be read again.
func sortPaths(w *workspace, paths []string, all bool) sorted {
	s := sorted{all: all, theme: all}
	for _, name := range paths {
		switch top, _, _ := strings.Cut(name, "/"); {
		case isSettings(w, name):
			s.all = true
		case top == "layouts", top == "static":
			s.theme = true
		default:
			s.texts = append(s.texts, name)
		}
	}
	return s
}

// isSettings says whether a file may hold the site's settings.
func isSettings(w *workspace, name string) bool {
	switch name {
	case "publish.yaml", "publish.yml", "_config.yml", "_config.yaml", path.Clean(w.f.config), w.config.File:
		return true
	}
	return false
}

// failures are why something could not be read, as long as it is so.
type failures struct{ place, settings, theme, folder, clock, model error }

// unread says that the machine did not give what was asked for.
func (f failures) unread() bool { return errors.Join(f.place, f.settings, f.theme, f.folder) != nil }

// tryAgain has everything read again after a while. What ails a machine (too many
// open files, a drive that went) may end without any file being edited.
func (v *live) tryAgain() {
	v.doubt.all = true
	if v.doubt.since.IsZero() {
		v.doubt.since = v.w.p.clock()
	}
	v.wait.Reset(retry)
}

// err is what is said of them.
func (f failures) err() error {
	return errors.Join(f.place, f.settings, f.theme, f.folder, f.clock, f.model)
}

// news says whether they are others than before.
func (f failures) news(before failures) bool {
	now, was := f.err(), before.err()
	return (now == nil) != (was == nil) || now != nil && now.Error() != was.Error()
}

// read reads what changed: the texts whose bytes did, and whether anything may
// be another. What cannot be read stays as it was.
func (v *live) read(s sorted) (changed []string, something bool) {
	// Always: where the whole folder went, nothing of it was removed by its author.
	if v.failed.place = v.w.reopen(); v.failed.place != nil {
		return nil, false
	}
	if v.w.reader == nil { // another folder
		s.all, s.theme = true, true
	}
	if s.theme {
		before := v.w.look
		v.failed.theme = v.w.readTheme()
		v.state.reload = v.state.reload || v.w.look.Behaviour() != before.Behaviour()
		something = true
	}
	if !s.all && len(s.texts) == 0 {
		return nil, something
	}
	if !s.all {
		folder, diags, changed, ok := v.w.reader.Reload(s.texts)
		if ok {
			if len(changed) > 0 {
				v.w.folder, v.w.said.folder = folder, diags
			}
			return changed, something || len(changed) > 0
		}
	}
	return s.texts, v.readAll() || something
}

// readAll reads the settings and the whole folder. The settings too, whatever
// it was that changed: they depend on which folders there are, and may be taken
// from files of other tools.
func (v *live) readAll() (something bool) {
	before := v.w.parts
	v.failed.settings = v.w.readSettings()
	if v.w.config.Theme != before.config.Theme {
		v.failed.theme = v.w.readTheme()
	}
	v.failed.folder = v.w.readFolder()
	v.w.readOwn()
	return v.w.folder != before.folder || v.w.look != before.look || !reflect.DeepEqual(v.w.config, before.config) ||
		!slices.Equal(v.w.said.config, before.said.config) || !slices.Equal(v.w.said.folder, before.said.folder)
}

package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"publish/internal/pattern"
	"publish/internal/postmortem"
)

// noCollection is why Jekyll makes no pages of a folder's texts.
const noCollection = "no collection with `output: true` in _config.yml"

// jekyllFolders hold parts of Jekyll's, never texts.
var jekyllFolders = map[string]bool{"_includes": true, "_layouts": true, "_sass": true, "_data": true, "_plugins": true}

// passedByJekyll says why Jekyll would make no page of a file or folder.
func (w *walker) passedByJekyll(name, base string, isDir bool) string {
	rel := relative(w.folder.Root, name)
	switch {
	case slices.ContainsFunc(w.cfg.Exclude, func(pattern string) bool { return jekyllMatch(pattern, rel) }):
		return "excluded by _config.yml"
	case !strings.HasPrefix(base, "_") || base == "_posts" || base == "_drafts":
		return ""
	case slices.ContainsFunc(w.cfg.Include, func(pattern string) bool { return jekyllMatch(pattern, rel) }):
		return ""
	case isDir && jekyllFolders[base]:
		return "a folder of Jekyll's"
	case !isDir && inCollection(rel):
		return ""
	case isDir && slices.ContainsFunc(w.cfg.Collections, func(c string) bool {
		return rel == path.Join(w.cfg.CollectionsDir, "_"+c)
	}):
		return ""
	case isDir:
		return noCollection
	}
	return "its name begins with _"
}

// undatedPost is why Jekyll passes over a file of a folder of posts.
const undatedPost = "Jekyll reads only posts whose names begin with a date"

// datedName is how the name of a post begins in Jekyll.
var datedName = pattern.New(`^\d{2,4}-\d{1,2}-\d{1,2}[-.]`)

// isUndatedPost says whether a text lies among Jekyll's posts and Jekyll passes
// over it.
func (w *walker) isUndatedPost(name string) bool {
	return w.folder.Jekyll && inFolder(relative(w.folder.Root, name), "_posts") && !datedName.MatchString(path.Base(name))
}

// holdsDated says whether a folder holds a text with a date in its name: what
// somebody may miss.
func (w *walker) holdsDated(dir string) bool {
	found := false
	// What cannot be read is not missed either.
	_ = fs.WalkDir(w.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if stem, isText := textName(path.Base(name)); err == nil && isText {
			_, _, found = postmortem.DateInPath(path.Dir(name), stem)
		}
		if found {
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// jekyllMatch follows Jekyll's patterns of `exclude` and `include`: a path, a
// folder with all in it, or a pattern of names, whose star crosses slashes
// (Ruby's File.fnmatch without flags).
func jekyllMatch(pattern, rel string) bool {
	pattern = strings.Trim(strings.TrimPrefix(pattern, "./"), "/")
	if pattern == "" {
		return false
	}
	if below(pattern, rel) || matchName(pattern, path.Base(rel)) || matchName(pattern, rel) {
		return true
	}
	return matchSegments(strings.Split(pattern, "/"), strings.Split(rel, "/"))
}

// inFolder says whether a folder of that name stands somewhere above a file.
func inFolder(name, folder string) bool {
	return slices.Contains(strings.Split(path.Dir(name), "/"), folder)
}

// inCollection says whether a path lies in a folder that begins with _; the
// walk has decided already that the folder is read.
func inCollection(rel string) bool {
	for part := range strings.SplitSeq(path.Dir(rel), "/") {
		if strings.HasPrefix(part, "_") {
			return true
		}
	}
	return false
}

// folderCategories are the folders above _posts, which Jekyll takes for
// categories.
func folderCategories(rel string) []string {
	before, _, found := strings.Cut("/"+path.Dir(rel)+"/", "/_posts/")
	if !found || before == "" {
		return nil
	}
	return strings.Split(strings.Trim(before, "/"), "/")
}

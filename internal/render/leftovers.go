package render

import (
	"path"
	"slices"
)

// leftovers are the names of what editors and systems put beside the files that
// somebody works on: locks, swap files, copies, how a folder is shown. They may hold
// what was not saved yet, or was taken out again.
var leftovers = []string{".#*", "#*#", "*~", ".*.sw?", "4913", ".DS_Store", "._*", "Thumbs.db", "desktop.ini"}

// Leftover says that a file of the theme is none of the site's by its name.
func Leftover(file string) bool {
	base := path.Base(file)
	return slices.ContainsFunc(leftovers, func(pattern string) bool {
		is, err := path.Match(pattern, base)
		return is && err == nil
	})
}

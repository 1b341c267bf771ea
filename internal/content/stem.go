package content

import "strings"

// Stem is a path without the extensions of a text, or without the .html that
// it has once published: what two names of one text have in common.
func Stem(file string) string {
	stem, ok := textName(file)
	if !ok {
		return strings.TrimSuffix(file, ".html")
	}
	return stem
}

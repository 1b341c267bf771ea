package watch

import (
	_ "embed"
	"strings"
	"sync"
)

// helpers.txt lists the files that editors write beside the text and remove
// again.
//
//go:embed helpers.txt
var helpersText string

// pattern is a name in which * stands for anything, at most once.
type pattern struct {
	before, after string
	star          bool
}

var helpers = sync.OnceValue(func() []pattern { return readHelpers(helpersText) })

func readHelpers(text string) []pattern {
	var all []pattern
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		var p pattern
		p.before, p.after, p.star = strings.Cut(line, "*")
		all = append(all, p)
	}
	return all
}

// helper says that a file is certainly no content but a lock, a swap file or
// a copy that an editor keeps for itself.
func helper(name string, folder bool) bool {
	if folder {
		return false
	}
	for _, p := range helpers() {
		switch {
		case !p.star && name == p.before:
			return true
		case p.star && len(name) >= len(p.before)+len(p.after) &&
			strings.HasPrefix(name, p.before) && strings.HasSuffix(name, p.after):
			return true
		}
	}
	return false
}

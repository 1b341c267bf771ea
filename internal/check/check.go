// Package check says what is doubtful about a finished site: a table of named
// checks over the model and the route table. What single files get wrong is
// reported where they are read; here stands what shows only in the whole.
package check

import (
	"slices"

	"publish/internal/diag"
	"publish/internal/route"
	"publish/internal/site"
)

// Input is what a check looks at.
type Input struct {
	Site  *site.Site
	Table *route.Table
	Jobs  int // how many pages to render at once
}

// Check is one named check.
type Check struct {
	Name string
	Doc  string // one sentence for people
	Run  func(Input) diag.List
}

// all is the table of checks. A new check is a file of its own and a row here.
var all = []Check{
	{"pages", "every page renders, and every link and anchor in it finds its target", pages},
}

// All lists the checks.
func All() []Check { return slices.Clone(all) }

// Run runs every check.
func Run(in Input) diag.List {
	var list diag.List
	for _, c := range all {
		list = append(list, c.Run(in)...)
	}
	return list
}

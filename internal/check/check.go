// Package check says what is doubtful about a finished site: a table of checks
// over the model and the route table. What single files get wrong is reported
// where they are read; here stands what shows only in the whole.
package check

import (
	"context"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/route"
	"publish/internal/site"
)

// Input is what a check looks at.
type Input struct {
	Site  *site.Site
	Table *route.Table
	Jobs  int // how many pages to render at once
	// Asker asks the addresses of other sites; nil does not.
	Asker *Asker

	rendered []rendered // by the numbers of the table's routes
}

// all is the table of checks. A new check is a file of its own and a row here.
var all = []func(context.Context, Input) diag.List{
	pages,           // every page renders, and every link and anchor in it finds its target
	external,        // every address of another site is there, if they are asked
	doubts,          // every date, duration, share and sum of a report agrees with the others
	hints,           // no report blames anybody, and each tells what readers look for
	countermeasures, // every promise that is open has an owner, and time left
	redactions,      // every redaction hides something
}

// Run runs every check. The error is that of ctx, if it ended before they did.
func Run(ctx context.Context, in Input) (diag.List, error) {
	in.rendered = in.render(ctx)
	var list diag.List
	for _, check := range all {
		list = append(list, check(ctx, in)...)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// each calls look for every number below n, as many at once as there are jobs,
// and returns when all have ended.
func (in Input) each(ctx context.Context, n int, look func(i int)) {
	slots := make(chan struct{}, max(1, in.Jobs))
	var wait bug.Group
	for i := range n {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wait.Go(func() {
			defer func() { <-slots }()
			look(i)
		})
	}
	wait.Wait()
}

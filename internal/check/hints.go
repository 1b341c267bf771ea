package check

import (
	"context"
	"slices"

	"publish/internal/diag"
)

// hints asks every postmortem whether it blames persons, and whether it tells
// what readers look for.
func hints(ctx context.Context, in Input) diag.List {
	posts := in.Site.Posts
	found := make([]diag.List, len(posts))
	in.each(ctx, len(posts), func(i int) { found[i] = in.Site.Hints(posts[i]) })
	return slices.Concat(found...)
}

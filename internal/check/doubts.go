package check

import (
	"context"
	"slices"

	"publish/internal/diag"
)

// doubts asks every postmortem whether its figures and dates agree.
func doubts(ctx context.Context, in Input) diag.List {
	posts := in.Site.Posts
	found := make([]diag.List, len(posts))
	in.each(ctx, len(posts), func(i int) { found[i] = in.Site.Doubts(posts[i]) })
	return slices.Concat(found...)
}

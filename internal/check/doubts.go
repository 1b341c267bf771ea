package check

import (
	"context"

	"publish/internal/diag"
)

// doubts asks every postmortem whether its figures and dates agree.
func doubts(ctx context.Context, in Input) diag.List {
	var list diag.List
	for _, p := range in.Site.Posts {
		if ctx.Err() != nil {
			break
		}
		list = append(list, in.Site.Doubts(p)...)
	}
	return list
}

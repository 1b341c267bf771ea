package main

import (
	"bytes"
	"context"
	"errors"

	"publish/internal/diag"
	"publish/internal/route"
)

// verify renders every route twice and fails if the bytes differ: the proof
// that a page depends on nothing but the site. The mistakes of layouts and
// texts come together, as a *diag.ErrorList.
func verify(ctx context.Context, table *route.Table) error {
	var mistakes diag.List
	for _, r := range table.All() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var first, second bytes.Buffer
		err := r.Write(&first)
		if list, ok := errors.AsType[*diag.ErrorList](err); ok {
			mistakes = append(mistakes, list.List...)
			continue
		}
		if err == nil {
			err = r.Write(&second)
		}
		if err != nil {
			return err
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			return machinef("this is a mistake of publish's: please report it",
				"%s (%s) is not the same when rendered twice", r.Path, r.Source)
		}
	}
	if len(mistakes) > 0 {
		return &diag.ErrorList{List: mistakes}
	}
	return nil
}

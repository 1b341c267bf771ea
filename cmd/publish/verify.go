package main

import (
	"bytes"
	"fmt"

	"publish/internal/route"
)

// verify renders every route twice and fails if the bytes differ: the proof
// that a page depends on nothing but the site.
func verify(table *route.Table) error {
	for _, r := range table.All() {
		var first, second bytes.Buffer
		if err := r.Write(&first); err != nil {
			return err
		}
		if err := r.Write(&second); err != nil {
			return err
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			return &failure{exitMachine, fmt.Errorf("%s (%s) is not the same when rendered twice", r.Path, r.Source),
				"this is a mistake of publish's: please report it"}
		}
	}
	return nil
}

package main

import (
	"testing"

	"publish/internal/diag"
)

func TestOnlyFiles(t *testing.T) {
	l := &loaded{dir: "testdata/golden"}
	list := diag.List{
		{Pos: diag.Pos{File: "home page", Line: 2}, Message: "lost"},
		{Pos: diag.Pos{File: "publish.yaml", Line: 2}, Message: "kept"},
		{Message: "of the whole site"},
	}
	l.onlyFiles(list)
	want := []string{"/home page:2: lost", "publish.yaml/kept", "/of the whole site"}
	for i, d := range list {
		if got := d.File + "/" + d.Message; got != want[i] {
			t.Errorf("got %q, want %q", got, want[i])
		}
	}
}

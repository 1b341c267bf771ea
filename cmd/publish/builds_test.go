package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// everything is the whole of a folder: path → mode, and hash of the bytes.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil || e.IsDir() {
			all[rel] = info.Mode().String()
			return err
		}
		data, err := os.ReadFile(file)
		all[rel] = fmt.Sprintf("%v %x", info.Mode(), sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// compareBuilds says which files of two folders differ.
func compareBuilds(t *testing.T, want, got map[string]string) {
	t.Helper()
	var different []string
	for name, is := range got {
		if want[name] != is {
			different = append(different, fmt.Sprintf("%s is %q, and %q elsewhere", name, is, want[name]))
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			different = append(different, name+" is missing")
		}
	}
	slices.Sort(different)
	if len(different) > 0 {
		t.Errorf("%d of %d files are others:\n%s", len(different), len(want), strings.Join(different[:min(len(different), 10)], "\n"))
	}
}

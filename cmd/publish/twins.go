package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
)

// Names that differ only in their Unicode form are two to most disks, and one to
// whoever reads them: programs of macOS write é as a letter and an accent, others as
// one sign. Messages have one form alone, so they tell of both where there are two.

// tellTwins says in the hints which files look like the one that is meant.
func (l *loaded) tellTwins(list diag.List) diag.List {
	entries := map[string][]os.DirEntry{}
	for i := range list {
		d := &list[i]
		if names := l.lookalikes(d.File, entries); len(names) > 1 {
			if d.Hint != "" {
				d.Hint += "; "
			}
			d.Hint += "two names look the same: " + strings.Join(names, " and ")
		}
	}
	return slices.Compact(list) // of both the same is said
}

// lookalikes are the paths of the site folder that a path may mean, in letters that
// tell them apart; none of a path of plain letters.
func (l *loaded) lookalikes(file string, entries map[string][]os.DirEntry) (quoted []string) {
	if strings.IndexFunc(file, func(r rune) bool { return r > '~' }) < 0 {
		return nil
	}
	found := []string{"."}
	for part := range strings.SplitSeq(norm.NFC.String(file), "/") {
		var further []string
		for _, dir := range found {
			if _, known := entries[dir]; !known {
				entries[dir], _ = os.ReadDir(filepath.Join(l.dir, filepath.FromSlash(dir))) // what cannot be read holds none
			}
			for _, e := range entries[dir] {
				if norm.NFC.String(e.Name()) == part {
					further = append(further, path.Join(dir, e.Name()))
				}
			}
		}
		found = further
	}
	for _, name := range found {
		quoted = append(quoted, strconv.QuoteToASCII(name))
	}
	return quoted
}

// Package licence finds out under which licences a module may be used.
package licence

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed licences.txt
var list string

// Of gives the SPDX ids of the texts in the top folder of a module that are called
// licences, sorted. A text that is none of those in the list is an error, as is a
// module without one: a person must read it, and add a line or do without the
// module.
func Of(dir string) ([]string, error) {
	files, err := files(dir)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		id := identify(string(text))
		if id == "" {
			return nil, fmt.Errorf("%s is no licence that is allowed", file)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Texts gives the texts themselves, and what a module asks to be told with them.
func Texts(dir string) (string, error) {
	files, err := files(dir)
	if err != nil {
		return "", err
	}
	if notice := filepath.Join(dir, "NOTICE"); isFile(notice) {
		files = append(files, notice)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		all.Write(text)
		all.WriteString("\n")
	}
	return all.String(), nil
}

// files are the licences of a module; none is an error.
func files(dir string) (found []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if !e.IsDir() && (strings.HasPrefix(name, "LICEN") || strings.HasPrefix(name, "COPYING")) {
			found = append(found, filepath.Join(dir, e.Name()))
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no licence stands in %s", dir)
	}
	return found, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// identify gives the id of a licence, "" if it is not in the list.
func identify(text string) string {
	text = " " + strings.Join(strings.Fields(text), " ")
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		id, words, _ := strings.Cut(line, " | ")
		fits := true
		for w := range strings.SplitSeq(words, " | ") {
			w, not := strings.CutPrefix(w, "!")
			fits = fits && strings.Contains(text, w) != not
		}
		if fits {
			return id
		}
	}
	return ""
}

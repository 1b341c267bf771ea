package main

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	theme "publish"
	"publish/internal/locale"
	"publish/internal/search"
)

var aWord = regexp.MustCompile(`[\p{L}\p{N}]+`)

var unescaped = strings.NewReplacer(`\n`, " ", `\t`, " ", `\u`, " ")

// addWords adds the words of a text that a proof may take for telling ones.
func addWords(words map[string]bool, text string) {
	for _, word := range aWord.FindAllString(strings.ToLower(text), -1) {
		if len(word) >= 5 && strings.ContainsFunc(word, isVowel) && !strings.ContainsAny(word, "0123456789") {
			words[word] = true
		}
	}
}

// isVowel tells words from ids, which have none.
func isVowel(r rune) bool { return r >= utf8.RuneSelf || strings.ContainsRune("aeiouy", r) }

func addFiles(t *testing.T, words map[string]bool, fsys fs.FS, dir string) {
	t.Helper()
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		addWords(words, string(data)+" "+name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOwnWords holds that every word of sites that use everything stands in
// their sources, in the theme, among the words of a language, or in
// ownwords.txt: an internal text may have it too, without being found where the
// program alone wrote it. `make golden` rewrites the list.
func TestOwnWords(t *testing.T) {
	own, known := map[string]bool{}, map[string]bool{}
	addFiles(t, known, theme.Theme, ".")
	addFiles(t, known, locale.Files(), ".")
	for _, dir := range []string{"testdata/golden", "../..", statusDesk(t).dir} {
		written, said := map[string]bool{}, map[string]bool{}
		p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock}
		l, err := p.loadUntil(t.Context(), &flags{site: dir, baseURL: "https://example.com/reports/", jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range l.table.All() {
			var page bytes.Buffer
			if err := r.Render(&page); err != nil {
				t.Fatal(err)
			}
			if _, shard := search.ShardWords(page.Bytes()); !shard && utf8.Valid(page.Bytes()) {
				addWords(written, unescaped.Replace(page.String())+" "+r.Path)
			}
		}
		for _, d := range l.folder.Documents {
			if l.site.PageOf(d.Path) != nil {
				addWords(said, d.Path)
				d.Said(l.config.DataExtra, func(text string) { addWords(said, text) })
			}
		}
		addFiles(t, said, os.DirFS(dir), "publish.yaml")
		for word := range written {
			if !known[word] && !said[word] {
				own[word] = true
			}
		}
	}
	const file = "ownwords.txt"
	if *update {
		list := strings.Join(slices.Sorted(maps.Keys(own)), "\n") + "\n"
		if err := os.WriteFile(file, []byte(list), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for word := range strings.FieldsSeq(string(list)) {
		known[word] = true
	}
	for _, word := range slices.Sorted(maps.Keys(own)) {
		if !known[word] {
			t.Errorf("%q stands in a site, in no source and not in %s: run `make golden`", word, file)
		}
	}
}

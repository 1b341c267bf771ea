package config

import (
	_ "embed"
	"strings"
	"sync"

	"publish/internal/jsonschema"
)

// schema is the schema of a part of the settings.
type schema = jsonschema.Schema

// Schema gives the JSON Schema (draft 2020-12) of publish.yaml, made from the
// tables by which it is read. It is for editors: it suggests keys and words, and
// refuses keys that do not exist. It takes everything that Load takes without a
// remark, so it cannot know every fault that Load does: whether a time zone or a
// folder exists, or a pattern can be read.
func Schema() ([]byte, error) {
	return jsonschema.Document(schema{
		Title:       "Settings of publish",
		Description: "What `publish` reads in publish.yaml.",
		Type:        []string{"object", "null"},
		Properties:  properties(keys, ""),
		Others:      false,
	})
}

// keysText has a line for each key: its path, a tab, and what it is for. `make
// golden` takes it from docs/configuration.md.
//
//go:embed keys.txt
var keysText string

var keyWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(keysText) {
		name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		words[name] = text
	}
	return words
})

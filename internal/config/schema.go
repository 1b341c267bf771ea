package config

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// schema is a JSON Schema, as far as settings need it.
type schema struct {
	Dialect           string             `json:"$schema,omitempty"`
	Title             string             `json:"title,omitempty"`
	Description       string             `json:"description,omitempty"`
	Type              []string           `json:"type,omitempty"`
	Enum              []any              `json:"enum,omitempty"`
	Pattern           string             `json:"pattern,omitempty"`
	Minimum           *int               `json:"minimum,omitempty"`
	AnyOf             []*schema          `json:"anyOf,omitempty"`
	Items             *schema            `json:"items,omitempty"`
	Properties        map[string]*schema `json:"properties,omitempty"`
	PatternProperties map[string]*schema `json:"patternProperties,omitempty"`
	Required          []string           `json:"required,omitempty"`
	// Others is false, or the schema of what stands behind keys of the author's.
	Others any `json:"additionalProperties,omitempty"`
}

// Schema gives the JSON Schema (draft 2020-12) of publish.yaml, made from the
// tables by which it is read. It is for editors: it suggests keys and words, and
// refuses keys that do not exist. It takes everything that Load takes without a
// remark, so it cannot know every fault that Load does: whether a time zone or a
// folder exists, or a pattern can be read.
func Schema() ([]byte, error) {
	root := &schema{
		Dialect:     "https://json-schema.org/draft/2020-12/schema",
		Title:       "Settings of publish",
		Description: "What `publish` reads in publish.yaml.",
		Type:        []string{"object", "null"},
		Properties:  properties(keys, ""),
		Others:      false,
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(root)
	return text.Bytes(), err
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

// Package jsonschema is what publish writes of JSON Schema (draft 2020-12): the
// schemas of front matter and of settings, which editors read.
package jsonschema

import (
	"bytes"
	"encoding/json"
)

// Schema is a schema, or a part of one. Its keys are written in the order of the
// fields.
type Schema struct {
	Dialect           string             `json:"$schema,omitempty"`
	Title             string             `json:"title,omitempty"`
	Description       string             `json:"description,omitempty"`
	Ref               string             `json:"$ref,omitempty"`
	Type              []string           `json:"type,omitempty"`
	Enum              []any              `json:"enum,omitempty"`
	Pattern           string             `json:"pattern,omitempty"`
	Minimum           *int               `json:"minimum,omitempty"`
	AnyOf             []*Schema          `json:"anyOf,omitempty"`
	Items             *Schema            `json:"items,omitempty"`
	Properties        map[string]*Schema `json:"properties,omitempty"`
	PatternProperties map[string]*Schema `json:"patternProperties,omitempty"`
	Required          []string           `json:"required,omitempty"`
	// Others is false, true, or the schema of what stands behind keys of the author's.
	Others      any                `json:"additionalProperties,omitempty"`
	Definitions map[string]*Schema `json:"$defs,omitempty"`
}

// Document writes a schema as a file of its own.
func Document(root Schema) ([]byte, error) {
	root.Dialect = "https://json-schema.org/draft/2020-12/schema"
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(root)
	return text.Bytes(), err
}

// Words are texts as the values of an enumeration.
func Words(texts []string) []any {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return values
}

package postmortem

import (
	"maps"
	"slices"
	"strings"

	"publish/internal/jsonschema"
)

// schema is the schema of a part of front matter.
type schema = jsonschema.Schema

// Schema gives the JSON Schema (draft 2020-12) of the front matter, made from
// the field table. It is for editors: it suggests names and values, and takes
// everything that Decode takes without a remark, so it cannot know every fault
// that Decode does. Enumerations take other texts beside the values that they
// suggest, since common words in English and French mean the same.
func Schema() ([]byte, error) {
	fields := Fields()
	root := schema{
		Title:       "Front matter of a postmortem",
		Description: "What `publish` reads at the top of a Markdown file. Case, accents, - _ and blanks in the names of fields do not count.",
		Type:        []string{"object", "null"},
		Properties:  propertiesOf(fields, "#/properties/"),
		Others:      true,
		Definitions: map[string]*schema{},
	}
	for _, f := range fields {
		if f.Fields != nil {
			root.Definitions[f.Name] = mappingOf(f)
		}
	}
	return jsonschema.Document(root)
}

// mappingOf is the schema of an item of a list, or of the mapping that a field
// is.
func mappingOf(f FieldInfo) *schema {
	return &schema{
		Description: f.Doc,
		Type:        []string{"object"},
		Properties:  propertiesOf(f.Fields, definition(f)+"/properties/"),
		Others:      true,
	}
}

func definition(f FieldInfo) string { return "#/$defs/" + f.Name }

// propertiesOf describes fields, and their other names by reference. Where is
// where the properties stand in the schema.
func propertiesOf(fields []FieldInfo, where string) map[string]*schema {
	properties := map[string]*schema{}
	for _, f := range fields {
		s := shapeOf(f)
		s.Description = f.Doc
		if f.Example != "" {
			s.Description += " Example: `" + f.Example + "`"
		}
		properties[f.Name] = s
		for _, alias := range f.Aliases {
			properties[alias] = sameAs(f, alias, where)
		}
	}
	return properties
}

// sameAs refers to a field from another name of it. A field that is a mapping
// may have names of the fields inside it: `what_went_well` is `well` in
// `lessons`.
func sameAs(f FieldInfo, alias, where string) *schema {
	if f.isMapping() {
		for _, inner := range f.Fields {
			if slices.Contains(inner.Aliases, alias) {
				return &schema{
					Description: "Same as `" + inner.Name + "` in `" + f.Name + "`.",
					Ref:         definition(f) + "/properties/" + inner.Name,
				}
			}
		}
	}
	return &schema{Description: "Same as `" + f.Name + "`.", Ref: where + f.Name}
}

// isMapping says that the field is one mapping, and no list of them.
func (f FieldInfo) isMapping() bool { return strings.HasPrefix(f.Type, "mapping") }

// shapeOf is the schema of what a field may hold.
func shapeOf(f FieldInfo) *schema {
	s := shapeOfType(f.Type)
	switch {
	case f.isMapping():
		s = schema{AnyOf: []*schema{{Ref: definition(f)}, {Type: []string{"null"}}}}
	case f.Fields != nil:
		s = listOf(&schema{Ref: definition(f)})
	case len(f.Values) > 0:
		s = schema{AnyOf: []*schema{{Enum: jsonschema.Words(f.Values)}, {Type: []string{"string", "boolean", "null"}}}}
	}
	return &s
}

// shapeOfType is the schema of a type that has no fields or values of its own.
// Everything may be empty, which counts as absent.
func shapeOfType(kind string) schema {
	switch kind {
	case kindText:
		return schema{Type: []string{"string", "number", "boolean", "null"}}
	case kindDate:
		return schema{Type: []string{"string", "null"}}
	case kindDateOrFlag:
		return schema{Type: []string{"string", "boolean", "null"}}
	case kindDateOrMapping:
		return schema{Type: []string{"string", "object", "null"}}
	case kindNumber, kindShare:
		return schema{Type: []string{"number", "string", "null"}}
	case kindLength:
		return schema{Type: []string{"string", "number", "null"}}
	case kindFlag:
		return schema{AnyOf: []*schema{{Type: []string{"boolean", "null"}}, {Enum: jsonschema.Words(switchWords())}}}
	case kindNames:
		return listOf(&schema{Type: []string{"object"}})
	}
	return schema{}
}

// listOf is a list whose items are mappings or texts, or one of them without
// the list.
func listOf(mapping *schema) schema {
	item := []*schema{{Type: []string{"string", "number", "boolean", "null"}}, mapping}
	list := &schema{Type: []string{"array"}, Items: &schema{AnyOf: item}}
	return schema{AnyOf: append([]*schema{list}, item...)}
}

// switchWords are the words for true and false, as they are usually written.
func switchWords() []string {
	var words []string
	for _, word := range slices.Sorted(maps.Keys(values()["switch"])) {
		words = append(words, word, strings.ToUpper(word[:1])+word[1:], strings.ToUpper(word))
	}
	return words
}

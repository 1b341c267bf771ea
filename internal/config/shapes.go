package config

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"publish/internal/jsonschema"
	"publish/internal/locale"
)

// shape makes the schema of what stands behind a key, whose path it gets
// ("feed.limit"). It takes everything that the key's reader takes without a
// remark: a false alarm in an editor would be worse than a mistake that
// `publish check` finds a moment later. So a text may be any scalar, a number may
// stand in quotes, and all may be empty, which counts as absent.
type shape func(path string) *schema

// plainText is any scalar.
func plainText(string) *schema {
	return &schema{Type: []string{"string", "number", "boolean", "null"}}
}

// matching are texts of a pattern, which both Go and ECMA-262 read.
func matching(pattern string) shape {
	return func(string) *schema { return &schema{Type: []string{"string", "null"}, Pattern: pattern} }
}

// anyCase is a pattern of a word whose case does not count: schemas know no flags.
func anyCase(word string) string {
	var b strings.Builder
	for _, r := range word {
		if lower, upper := unicode.ToLower(r), unicode.ToUpper(r); lower != upper {
			b.WriteString("[" + string(upper) + string(lower) + "]")
		} else {
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return b.String()
}

// anyOfWords is a pattern of one of a few words.
func anyOfWords(words []string) string {
	patterns := make([]string, len(words))
	for i, w := range words {
		patterns[i] = anyCase(w)
	}
	return "(?:" + strings.Join(patterns, "|") + ")"
}

// oneOf suggests words as they are usually written, and takes them in any case.
func oneOf(words ...string) shape {
	return func(string) *schema {
		usual := make([]any, len(words))
		for i, w := range words {
			if usual[i] = w; w == "true" || w == "false" {
				usual[i] = w == "true"
			}
		}
		return &schema{AnyOf: []*schema{{Enum: usual}, {Type: []string{"string", "null"}, Pattern: `^\s*` + anyOfWords(words) + `\s*$`}}}
	}
}

// numberFrom is a whole number of at least least.
func numberFrom(least int) shape {
	return func(string) *schema {
		return &schema{AnyOf: []*schema{{Type: []string{"integer"}, Minimum: &least}, {Type: []string{"string", "null"}, Pattern: `^\s*\+?[0-9]+\s*$`}}}
	}
}

// addressOf is an address with one of the schemes.
func addressOf(schemes ...string) shape {
	return func(path string) *schema { return matching(`^\s*` + anyOfWords(schemes) + ":")(path) }
}

func repositoryShape(path string) *schema {
	return matching(`^\s*` + anyOfWords([]string{"https", "http"}) + `:|^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$`)(path)
}

func folderShape(path string) *schema {
	s := plainText(path)
	s.Pattern = `^(?:[^/\\:][^:]*)?$`
	return s
}

func permalinkShape(string) *schema {
	styles := jsonschema.Words(slices.Sorted(maps.Keys(permalinkStyles)))
	return &schema{AnyOf: []*schema{{Enum: styles}, {Type: []string{"string", "null"}, Pattern: "[:/]"}}}
}

// colourShape takes no nothing: behind a bare # it was meant to be a colour.
func colourShape(string) *schema {
	return &schema{Type: []string{"string"}, Pattern: `^\s*(?:#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})|[A-Za-z]+|` + anyOfWords([]string{"rgb", "hsl"}) + `\(.*\))\s*$`}
}

func widthShape(path string) *schema {
	return matching(`^\s*[0-9]{1,4}(?:\.[0-9]{1,3})?` + anyOfWords([]string{"rem", "px"}) + `\s*$`)(path)
}

func logoShape(path string) *schema { return matching(anyOfWords(logoTypes) + `\s*$`)(path) }

// manyOf is a list, or one without the list.
func manyOf(one shape) shape {
	return func(path string) *schema {
		return &schema{AnyOf: []*schema{{Type: []string{"array"}, Items: one(path)}, one(path)}}
	}
}

// pairsOf is a mapping whose keys are the author's.
func pairsOf(one shape) shape {
	return func(path string) *schema {
		return &schema{Type: []string{"object", "null"}, Others: one(path)}
	}
}

// mappingOf is a mapping that knows its keys.
func mappingOf[T any](table []key[T]) shape {
	return func(path string) *schema {
		return &schema{Type: []string{"object", "null"}, Properties: properties(table, path+"."), Others: false}
	}
}

// listOf is a list of such mappings; plain, if an item may be just a text.
func listOf[T any](table []key[T], plain bool, required ...string) shape {
	return func(path string) *schema {
		item := &schema{Type: []string{"object"}, Properties: properties(table, path+"."), Required: required, Others: false}
		if plain {
			item = &schema{AnyOf: []*schema{item, {Type: []string{"string", "number", "boolean"}}}}
		}
		return &schema{Type: []string{"array", "null"}, Items: item}
	}
}

// properties are the schemas of the keys of a table, with what the documentation
// says of them.
func properties[T any](table []key[T], prefix string) map[string]*schema {
	all := make(map[string]*schema, len(table))
	for _, k := range table {
		s := k.shape(prefix + k.name)
		s.Description = keyWords()[prefix+k.name]
		all[k.name] = s
	}
	return all
}

// headingsShape suggests the roles, and takes them in any case.
func headingsShape(path string) *schema {
	s := &schema{Type: []string{"object", "null"}, Properties: map[string]*schema{}, Others: false}
	words := make([]string, len(locale.Roles))
	for i, role := range locale.Roles {
		words[i] = string(role)
		s.Properties[words[i]] = manyOf(plainText)(path)
	}
	s.PatternProperties = map[string]*schema{"^" + anyOfWords(words) + "$": manyOf(plainText)(path)}
	return s
}

// checksShape knows every code, and which levels it may have.
func checksShape(path string) *schema {
	s := &schema{Type: []string{"object", "null"}, Properties: map[string]*schema{}, Others: false}
	for _, code := range checkable() {
		level := oneOf("error", "warning", "note", "off")
		if fixed[code] != "" {
			level = oneOf("error")
		}
		one := level(path)
		s.Properties[string(code)] = &schema{
			Description: code.Means(),
			AnyOf:       append(one.AnyOf, &schema{Type: []string{"object"}, Others: one}),
		}
	}
	return s
}

package tree

import (
	"strings"
	"testing"
)

var jsonCases = []treeCase{
	{name: "empty", text: " \n", want: "{}@2:1"},
	{
		name: "object", text: "{\n\t\"a\": 1.50, \"b\": [true, null],\n\t\"é\": {\"c\": \"NO\"}}\n",
		want: `{a@3:2:1.50@3:7 b@3:13:[true@3:19 null@3:25]@3:18 é@4:2:{c@4:8:"NO"@4:13}@4:7}@2:1`,
	},
	{name: "surrogate pair", text: `{"a": "\ud83d\ude00", "b": 1}`, want: `{a@2:2:"😀"@2:7 b@2:23:1@2:28}@2:1`},
	{
		name: "duplicate", text: `{"a": 1, "a": 2}`, want: `{a@2:2:1@2:7}@2:1`,
		told: `f:2:10 field-duplicate: "a" is written twice, in columns 2 and 10 of line 2 (keep one of them)`,
	},
	{
		name: "comma at the end", text: "{\"a\": 1,\n}", want: `{}@2:1`,
		told: `f:3:1 front-matter-syntax: a comma stands before the closing "}" (delete the comma before it)`,
	},
	{
		name: "single quotes", text: "{'a': 1}", want: `{}@2:1`,
		told: `f:2:2 front-matter-syntax: JSON does not know single quotes (use double quotes)`,
	},
	{
		name: "comment", text: "{\n// x\n\"a\": 1}", want: `{}@2:1`,
		told: `f:3:1 front-matter-syntax: JSON does not know comments (delete the comment, or write the front matter as YAML)`,
	},
	{
		name: "comma missing", text: "{\"a\": 1\n\"b\": 2}", want: `{}@2:1`,
		told: `f:3:1 front-matter-syntax: a comma is missing before this text, or its quotation mark is never closed (put a comma between two values, and close every quotation mark)`,
	},
	{
		name: "never closed", text: "{\"a\": 1\n", want: `{}@2:1`,
		told: `f:3:1 front-matter-syntax: the JSON ends too early (close every { with }, every [ with ] and every quotation mark)`,
	},
	{
		name: "two objects", text: "{}\n{}", want: `{}@2:1`,
		told: `f:3:1 front-matter-syntax: there is text after the end of the JSON (keep one pair of braces around everything)`,
	},
	{
		name: "too deep", text: `{"a": ` + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "}", want: `{}@2:1`,
		told: `f:2:56 front-matter-syntax: values are nested more than 50 levels deep (flatten the value)`,
	},
}

func TestParseJSON(t *testing.T) { run(t, ParseJSON, jsonCases) }

func FuzzParseJSON(f *testing.F) { fuzz(f, ParseJSON, jsonCases) }

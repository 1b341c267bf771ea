package tree

import "publish/internal/diag"

// ParseYAML reads one YAML document. Line is the line in the file of the first
// byte of src, from 1. An empty or comment-only text is an empty mapping.
// Syntax errors (front-matter-syntax) and duplicate keys (field-duplicate,
// naming both lines) are reported under the codes that the caller asks for.
func ParseYAML(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	panic("contract")
}

// ParseTOML reads a TOML document into the same tree. Dates keep their text.
func ParseTOML(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	panic("contract")
}

// ParseJSON reads a JSON object into the same tree.
func ParseJSON(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	panic("contract")
}

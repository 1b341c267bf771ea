package render

import _ "embed"

// dataSchema is the JSON Schema of /postmortems.json, published beside it. A
// test holds it and the types of data.go together; docs/data.md is made of it.
//
//go:embed postmortems.schema.json
var dataSchema []byte

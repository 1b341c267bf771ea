package postmortem

import "publish/internal/diag"

// Format is the language of a front matter.
type Format uint8

// The formats.
const (
	NoFrontMatter Format = iota
	YAML
	TOML
	JSON
)

// Parts is a file cut into front matter and body. Matter and Body are parts of
// the source.
type Parts struct {
	Format     Format
	Matter     []byte // without its fences
	MatterLine int    // line of the matter's first byte, from 1
	Body       []byte
	BodyLine   int // line of the body's first byte, from 1
}

// Split finds the front matter of a source that has no byte-order mark and
// only \n line ends. What cannot be split is reported, and the whole source is
// given as body.
func Split(file string, source []byte) (Parts, diag.List) {
	panic("contract")
}

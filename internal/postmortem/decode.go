package postmortem

import (
	"publish/internal/diag"
	"publish/internal/tree"
)

// Options are what a site decides about reading.
type Options struct {
	// Internal keeps items marked `internal: true`; otherwise they are cut
	// here, where they are decoded.
	Internal bool
	// Extra lists keys that a site uses on purpose (`data.extra`): they are
	// not reported as unknown.
	Extra []string
}

// Decode reads front matter into a Postmortem and reports every mistake. Root
// may be nil (a file without front matter).
func Decode(root *tree.Node, o Options) (*Postmortem, diag.List) {
	panic("contract: see fields.go")
}

package content

import (
	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// refuseDefaults reports front matter that Jekyll would give to many files and
// that keeps them back: it is not applied here, and they would be published.
func refuseDefaults(entries []tree.Entry, diags *diag.List) {
	for _, e := range entries {
		if postmortem.Hides(e) {
			diags.Report(diag.Config, e.Key.Pos, "write it into the front matter of each file, and take it out here",
				"%q under `defaults` is not read, and may be what keeps texts back", e.Key.Value)
		}
	}
}

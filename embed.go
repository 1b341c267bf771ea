// Package publish embeds the default theme, so that one binary is enough:
// the templates of layouts/ and the files of static/. It holds nothing else;
// the program is in cmd/publish.
package publish

import "embed"

// Theme holds layouts/ and static/ as they stand in the repository. A site's
// own files of the same name replace them one by one.
//
//go:embed all:layouts all:static
var Theme embed.FS

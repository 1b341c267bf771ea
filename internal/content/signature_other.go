//go:build !linux && !darwin

package content

import "io/fs"

// identity is empty where the system tells no more of a file than its size and
// its date.
type identity struct {
	changed int64
}

func identityOf(fs.FileInfo) identity { return identity{} }

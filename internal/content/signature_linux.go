package content

import (
	"io/fs"
	"syscall"
)

// listingsStat says that what the listing of a folder says of its files is what
// they say themselves.
const listingsStat = true

// identity tells a file from another of the same size and date: one that was
// renamed to its place, or whose date was set back.
type identity struct {
	inode   uint64
	changed int64 // when anything about the file changed, nanoseconds
}

func identityOf(info fs.FileInfo) identity {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{}
	}
	return identity{stat.Ino, stat.Ctim.Nano()}
}

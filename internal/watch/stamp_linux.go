package watch

import (
	"io/fs"
	"syscall"
)

// stamp reads what fs.FileInfo does not show.
func stamp(info fs.FileInfo) (ctime int64, id ident) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, ident{}
	}
	return s.Ctim.Nano(), ident{uint64(s.Dev), s.Ino}
}

//go:build unix

package output

import "golang.org/x/sys/unix"

// openFiles is how many files the program may have open at once.
func openFiles() uint64 {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return uint64(limit.Cur)
}

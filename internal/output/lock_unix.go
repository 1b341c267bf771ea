//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"publish/internal/plainfile"
)

// locksFolders says whether a folder can be locked.
const locksFolders = true

func openLock(path string) (*os.File, error) { return plainfile.Open(os.OpenFile, path) }

// tryLock fails only if another process has the lock.
func tryLock(f *os.File) error {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrBusy
		default:
			return nil // locked, or a file system without locks
		}
	}
}

func removeLock(*os.File) {}

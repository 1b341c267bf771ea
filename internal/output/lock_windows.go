package output

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// locksFolders says whether a folder can be locked.
const locksFolders = false

func openLock(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
}

// tryLock fails only if another process has the lock.
func tryLock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrBusy
	}
	return nil
}

// removeLock fails, as it should, while another build has the file open.
func removeLock(f *os.File) { _ = os.Remove(f.Name()) }

//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package output

import (
	"os"

	"publish/internal/plainfile"
)

// locksFolders says whether a folder can be locked.
const locksFolders = true

func openLock(path string) (*os.File, error) { return plainfile.Open(os.OpenFile, path) }

// tryLock does nothing: these systems have no advisory locks to use.
func tryLock(*os.File) error { return nil }

func removeLock(*os.File) {}

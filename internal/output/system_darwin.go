package output

import (
	"os"

	"golang.org/x/sys/unix"
)

// exchangeFolders lets two folders change places in one step (APFS).
func exchangeFolders(a, b string) error {
	if err := unix.RenamexNp(a, b, unix.RENAME_SWAP); err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// flush and flushFolder do nothing: see the package's promises.
func flush(string) error { return nil }

func flushFolder(string) error { return nil }

// mounted leaves it to the exchange to fail.
func mounted(string) string { return "" }

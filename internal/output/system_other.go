//go:build !linux && !darwin

package output

import "errors"

// exchangeFolders is what these systems do not have.
func exchangeFolders(string, string) error { return errors.ErrUnsupported }

// flush and flushFolder do nothing: see the package's promises.
func flush(string) error { return nil }

func flushFolder(string) error { return nil }

// mounted leaves it to the exchange to fail.
func mounted(string) string { return "" }

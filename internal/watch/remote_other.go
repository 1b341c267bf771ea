//go:build !linux

package watch

// remote names the kind of file system of a folder where others may write
// without the system's noticing. Here that is left to the sweep.
func remote(string) string { return "" }

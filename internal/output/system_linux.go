package output

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// exchangeFolders lets two folders change places in one step.
func exchangeFolders(a, b string) error {
	if err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE); err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// flush brings everything written to the folder's file system to the disk.
func flush(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

// flushFolder brings the names in one folder to the disk.
func flushFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return nil // it may be written to and not read: there is no way
	}
	defer f.Close()
	return f.Sync()
}

// mounted says why a folder cannot be exchanged: it is a mount point or one is
// below it. Where the system does not tell, the exchange itself will fail.
func mounted(folder string) string {
	folder = resolve(folder)
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	for _, point := range mountPoints(mounts) {
		if point == folder {
			return "it is a mount point"
		}
		if rel, err := filepath.Rel(folder, point); err == nil && filepath.IsLocal(rel) {
			return "something is mounted in it"
		}
	}
	return ""
}

// mountPoints reads the fifth field of each line of proc(5)'s mountinfo, in
// which space, tab, newline and backslash are written as octal numbers.
func mountPoints(mounts []byte) []string {
	var points []string
	plain := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
	for line := range bytes.Lines(mounts) {
		if fields := bytes.Fields(line); len(fields) > 4 {
			points = append(points, plain.Replace(string(fields[4])))
		}
	}
	return points
}

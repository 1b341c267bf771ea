package render

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/plainfile"
)

// unreadable reports a file of the theme that cannot be read. It gives the error
// back if the fault is the machine's and no file's.
func unreadable(name string, err error, diags *diag.List) error {
	if content.Exhausted(err) {
		return fmt.Errorf("read the theme: %w", err)
	}
	why, hint := content.PlainError(err), "give yourself the right to read it, or remove it"
	if strings.Contains(why, "path escapes") { // what os.Root says, which has no error to compare with
		why, hint = "it is a link that leads out of the site folder", "put the file itself there"
	}
	switch {
	case errors.Is(err, errFolderLink):
		hint = "put the folder itself there"
	case errors.Is(err, plainfile.ErrNoFile):
		hint = "remove it"
	}
	diags.Report(diag.Encoding, diag.Pos{File: name}, hint, "it cannot be read: %s", why)
	return nil
}

// errFolderLink is the error of what is found as a link and is no file.
var errFolderLink = errors.New("it is a link to a folder")

// noFile says why something is no file of the theme, nil if it is one.
func noFile(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errFolderLink
	case !info.Mode().IsRegular():
		return plainfile.ErrNoFile
	}
	return nil
}

// skip leaves a folder out.
func skip(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// isText says that a layout may be one: bytes that are no text would stand in
// every page.
func isText(name string, text []byte, diags *diag.List) bool {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	at, column := 0, 1
	for lines := 1; at < len(text); column++ {
		r, size := utf8.DecodeRune(text[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			diags.Report(diag.Encoding, diag.Pos{File: name, Line: lines, Column: column}, "save it as UTF-8", "the byte 0x%02x is not UTF-8", text[at])
			return false
		case r == 0:
			diags.Report(diag.Encoding, diag.Pos{File: name, Line: lines, Column: column}, "save it as UTF-8", "the file holds a NUL byte: it is no text")
			return false
		case r == '\n':
			lines, column = lines+1, 0
		}
		at += size
	}
	return true
}

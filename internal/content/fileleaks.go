package content

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
)

// maxLooked is how many bytes of a file that pages refer to are looked at.
const maxLooked = 8 << 20

// fileLeaks is what was found in a file, by the settings of a folder.
type fileLeaks struct {
	settings [32]byte
	list     diag.List
}

// packed are the endings of files that are no text, whatever their first bytes
// look like.
var packed = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".avif": true, ".heic": true, ".ico": true, ".pdf": true, ".zip": true,
	".gz": true, ".tgz": true, ".xz": true, ".zst": true, ".bz2": true, ".mp4": true, ".webm": true, ".mov": true, ".mp3": true, ".woff": true, ".woff2": true,
}

// Leaks is what must not be published of a file of the folder: of a text, a log,
// a drawing. It is found once for every settings, since a File outlives models.
func (f *Folder) Leaks(file *File) diag.List {
	if f.scanner == nil || packed[strings.ToLower(path.Ext(file.Path))] {
		return nil
	}
	if known := file.leaks.Load(); known != nil && known.settings == f.Settings {
		return known.list
	}
	raw, err := file.Read()
	if err != nil {
		return nil
	}
	if file.shape.Load() == nil && strings.EqualFold(path.Ext(file.Path), ".svg") {
		file.raw.Store(&raw)
	}
	found := &fileLeaks{settings: f.Settings}
	if raw = raw[:min(len(raw), maxLooked)]; isPlainText(raw) {
		sheet := f.scanner.Sheet(file.Path)
		sheet.Text(raw, 1)
		found.list = sheet.Diags()
	}
	file.leaks.Store(found)
	return found.list
}

// isPlainText judges the first bytes of a file.
func isPlainText(raw []byte) bool {
	head := raw[:min(len(raw), 1024)]
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	bad := 0
	for at := 0; at < len(head); {
		r, n := utf8.DecodeRune(head[at:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		at += n
	}
	return bad*8 <= len(head) // Latin-1 is text too
}

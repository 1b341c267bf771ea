package content

import (
	"bytes"
	"encoding/binary"
	"html"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"publish/internal/diag"
)

// maxLooked is how many bytes of a file that pages refer to are looked at in
// one piece.
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
	if f.settings == nil || packed[strings.ToLower(path.Ext(file.Path))] {
		return nil
	}
	if known := file.leaks.Load(); known != nil && known.settings == f.settings.hash {
		return known.list
	}
	raw, err := file.Read()
	if err != nil {
		return nil
	}
	if file.shape.Load() == nil && strings.EqualFold(path.Ext(file.Path), ".svg") {
		file.raw.Store(&raw)
	}
	found := &fileLeaks{settings: f.settings.hash}
	if text := fromUTF16(raw); isPlainText(text) {
		sheet := f.settings.scanner.Sheet(file.Path)
		for line := 1; len(text) > 0; {
			part := text[:pieceOf(text)]
			sheet.Text(part, line)
			f.settings.patternsIn(file.Path, part, line, &found.list)
			line += bytes.Count(part, []byte{'\n'})
			text = text[len(part):]
		}
		found.list = append(found.list, sheet.Diags()...)
	}
	file.leaks.Store(found)
	return found.list
}

// pieceOf is how many bytes of a long text to look at next: up to the end of a
// line.
func pieceOf(text []byte) int {
	if len(text) <= maxLooked {
		return len(text)
	}
	if end := bytes.LastIndexByte(text[:maxLooked], '\n'); end >= 0 {
		return end + 1
	}
	return maxLooked
}

// patternsIn reports what the site's patterns match in a part of a file. A file
// is published as it is, so nothing can be redacted in it.
func (s *settings) patternsIn(file string, part []byte, line int, list *diag.List) {
	if len(s.redactions) == 0 && len(s.patterns) == 0 {
		return
	}
	readable := seen(html.UnescapeString(string(part)))
	place := func(pattern *regexp.Regexp) (diag.Pos, bool) {
		if at := pattern.FindIndex(part); at != nil {
			return linePos(file, part, at[0], line), true
		}
		return diag.Pos{File: file, Line: line, Column: 1}, pattern.MatchString(readable)
	}
	for _, r := range s.redactions {
		pos, found := place(r.pattern)
		if found || r.seen.MatchString(readable) {
			list.Report(diag.LeakInternal, pos, "take it out of the file, which is published as it is, or do not refer to the file",
				"the file says what `redact` hides for the reason %q", r.reason)
		}
	}
	for _, pattern := range s.patterns {
		if pos, found := place(pattern); found {
			list.Report(diag.LeakSecret, pos, "take it out of the file, or do not refer to the file", "this matches %q, which the site forbids", pattern)
		}
	}
}

// fromUTF16 is a text in UTF-8 that begins with the mark of UTF-16, as the
// shells of Windows write it. Anything else stays as it is.
func fromUTF16(raw []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return raw
	}
	units := make([]uint16, 0, len(raw)/2)
	for at := 2; at+1 < len(raw); at += 2 {
		units = append(units, order.Uint16(raw[at:]))
	}
	return []byte(string(utf16.Decode(units)))
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

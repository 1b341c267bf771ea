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
	"publish/internal/leak"
)

// maxLooked is how many bytes of a file that pages refer to are looked at in
// one piece.
const maxLooked = 8 << 20

// fileLeaks is what was found in a file, by the settings of a folder.
type fileLeaks struct {
	settings [32]byte
	list     diag.List
	closed   bool
}

// media are the endings of pictures, sounds, films and fonts, in which there is
// no text to look for, whatever their first bytes look like.
var media = endings("png jpg jpeg gif webp avif heic ico bmp tif tiff mp4 webm mov mp3 ogg wav woff woff2 ttf otf")

// closed are the endings of files whose texts are packed.
var closed = endings("pdf zip gz tgz bz2 xz zst 7z rar tar jar docx xlsx pptx odt ods odp epub svgz")

func endings(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set["."+name] = true
	}
	return set
}

// Leaks is what must not be published of a file of the folder: of a text, a log,
// a drawing. It is found once for every settings, since a File outlives models.
func (f *Folder) Leaks(file *File) diag.List {
	if found := f.leaksIn(file); found != nil {
		return found.list
	}
	return nil
}

// Closed says that a file is published without having been looked into, since
// its texts are packed or it is of no known kind.
func (f *Folder) Closed(file *File) bool {
	found := f.leaksIn(file)
	return found != nil && found.closed
}

func (f *Folder) leaksIn(file *File) *fileLeaks {
	ext := strings.ToLower(path.Ext(file.Path))
	if f.settings == nil || media[ext] {
		return nil
	}
	if closed[ext] {
		return &fileLeaks{closed: true}
	}
	if known := file.leaks.Load(); known != nil && known.settings == f.settings.hash {
		return known
	}
	raw, err := file.Read()
	if err != nil {
		return nil
	}
	if file.shape.Load() == nil && ext == ".svg" {
		file.raw.Store(&raw)
	}
	found := &fileLeaks{settings: f.settings.hash}
	if text := fromUTF16(raw); isPlainText(text) {
		found.list = f.settings.leaksOf(file.Path, text)
	} else {
		found.closed = true
	}
	file.leaks.Store(found)
	return found
}

// leaksOf is what must not be published of a file that is no text of the site.
func (s *settings) leaksOf(file string, text []byte) (list diag.List) {
	sheet := s.scanner.Sheet(file, commentIn(file))
	for line := 1; len(text) > 0; {
		part := text[:pieceOf(text)]
		sheet.Text(part, line)
		s.patternsIn(file, part, line, &list)
		line += bytes.Count(part, []byte{'\n'})
		text = text[len(part):]
	}
	return append(list, sheet.Diags()...)
}

// commentIn is how a comment is written in a file.
func commentIn(file string) leak.Comment {
	switch strings.ToLower(path.Ext(file)) {
	case ".svg", ".html", ".htm", ".xml", ".md":
		return leak.Markdown
	case ".css":
		return leak.Stars
	case ".js", ".mjs", ".ts", ".go", ".c", ".java":
		return leak.Slashes
	}
	return leak.Hash
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

package content

import (
	"bytes"
	"unicode/utf8"

	"publish/internal/diag"
)

// maxText is the size, in bytes, above which a file is no text that a person
// wrote. The longest real postmortem that we know has 72 KB; one with its logs
// pasted in may have some megabytes.
const maxText = 6 << 20

// clean makes a source of a file's bytes: UTF-8 without a byte-order mark, with
// \n as the only line end. What cannot be one is reported with its first place.
// Other control characters stay, since logs are pasted with their colours:
// pages show them as signs and feeds leave them out.
func clean(file string, raw []byte) ([]byte, diag.List) {
	var diags diag.List
	report := func(at int, hint, format string, args ...any) ([]byte, diag.List) {
		pos := diag.Pos{File: file}
		if at >= 0 {
			pos = position(file, raw, at)
		}
		diags.Report(diag.Encoding, pos, hint, format, args...)
		return nil, diags
	}
	if len(raw) > maxText {
		return report(-1, "split it, or link to it as a file", "the text is longer than the %d MiB that are read", maxText>>20)
	}
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		return report(-1, "save it as UTF-8, for instance with `iconv -f UTF-16 -t UTF-8`", "the text is in UTF-16, not in UTF-8")
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return report(at, "save it as UTF-8, or give it a name that does not end like a text", "the file holds a NUL byte: it is no text")
	}
	if at := firstInvalid(raw); at >= 0 {
		return report(at, "save it as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`",
			"the byte 0x%02x is not UTF-8", raw[at])
	}
	if bytes.IndexByte(raw, '\r') < 0 {
		return raw, nil
	}
	text := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte("\n")), nil
}

func firstInvalid(raw []byte) int {
	if utf8.Valid(raw) {
		return -1
	}
	for at := 0; at < len(raw); {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}

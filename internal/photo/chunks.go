package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// shownPNG are the chunks that decide how a PNG looks (PNG, third edition, §11),
// APNG's among them. Chunks that begin with a capital are needed to decode it.
var shownPNG = map[string]bool{
	"tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "iCCP": true, "sBIT": true, "pHYs": true, "bKGD": true, "hIST": true, "sPLT": true,
	"cICP": true, "mDCV": true, "cLLI": true, "acTL": true, "fcTL": true, "fdAT": true,
}

// toldPNG are the ones that tell of something else.
var toldPNG = map[string]bool{"tEXt": true, "zTXt": true, "iTXt": true, "eXIf": true}

// ofProgram says that the text of a PNG is what a program writes into every
// picture, and tells nothing of anybody: "Software: x", and when the file was made.
func ofProgram(body []byte) bool {
	key, _, _ := bytes.Cut(body, []byte{0})
	return string(key) == "Software" || bytes.HasPrefix(key, []byte("date:"))
}

// png copies a PNG without its texts, its time and what else is not shown, and
// without what stands behind its end.
func (c *cutter) png(raw []byte) bool {
	const magic, around = 8, 12 // of the file; length, name and sum of a chunk
	c.keep(raw[:magic])
	for at := magic; ; {
		if at+around > len(raw) {
			return false
		}
		size := uint64(binary.BigEndian.Uint32(raw[at:]))
		if size > uint64(len(raw)-at-around) {
			return false
		}
		end := at + around + int(size)
		chunk, name, body := raw[at:end], string(raw[at+4:at+8]), raw[at+8:end-4]
		switch {
		case name == "eXIf":
			if block := c.exif(body); block != nil {
				c.chunkPNG(name, block)
			}
		case name[0]&0x20 == 0 || shownPNG[name]:
			c.keep(chunk)
		default:
			c.report.Told = c.report.Told || toldPNG[name] && !ofProgram(body)
		}
		if at = end; name == "IEND" {
			return true
		}
	}
}

func (c *cutter) chunkPNG(name string, body []byte) {
	c.out = binary.BigEndian.AppendUint32(c.out, uint32(len(body)))
	from := len(c.out)
	c.keep([]byte(name))
	c.keep(body)
	c.out = binary.BigEndian.AppendUint32(c.out, crc32.ChecksumIEEE(c.out[from:]))
}

// shownWebP are the chunks of a WebP that are shown (RFC 9649, §2).
var shownWebP = map[string]bool{"VP8 ": true, "VP8L": true, "VP8X": true, "ALPH": true, "ANIM": true, "ANMF": true, "ICCP": true}

// Flags of the first chunk of an extended WebP: what it says to hold.
const (
	flagXMP  = 1 << 2
	flagEXIF = 1 << 3
)

// webp copies a WebP without EXIF, XMP and what it does not know.
func (c *cutter) webp(raw []byte) bool {
	const head = 12
	if len(raw) < head || string(raw[8:head]) != "WEBP" {
		return false
	}
	end := uint64(binary.LittleEndian.Uint32(raw[4:])) + 8
	if end > uint64(len(raw)) {
		return false
	}
	c.keep(raw[:head])
	flags := -1 // where they stand
	for at := head; at+8 <= int(end); {
		name, size := string(raw[at:at+4]), uint64(binary.LittleEndian.Uint32(raw[at+4:]))
		if size > end-uint64(at)-8 {
			return false
		}
		next := min(at+8+int(size+size&1), int(end))
		body := raw[at+8 : at+8+int(size)]
		switch {
		case shownWebP[name]:
			if name == "VP8X" && len(body) > 0 && flags < 0 {
				flags = len(c.out) + 8
			}
			c.keep(raw[at:next])
		case name == "EXIF":
			if block := c.exif(bytes.TrimPrefix(body, []byte("Exif\x00\x00"))); block != nil && flags >= 0 {
				c.keep([]byte(name))
				c.out = binary.LittleEndian.AppendUint32(c.out, uint32(len(block)))
				c.keep(block)
			}
		default:
			c.report.Told = c.report.Told || name == "XMP "
		}
		at = next
	}
	if len(c.out)%2 == 1 { // the last chunk ended with the file, unpadded
		c.out = append(c.out, 0)
	}
	if flags >= 0 {
		c.out[flags] &^= flagXMP | flagEXIF
		if c.report.Turned > 1 {
			c.out[flags] |= flagEXIF
		}
	}
	binary.LittleEndian.PutUint32(c.out[4:], uint32(len(c.out)-8))
	return true
}

// shownGIF are the applications whose blocks decide how a GIF looks.
var shownGIF = map[string]bool{"NETSCAPE2.0": true, "ANIMEXTS1.0": true, "ICCRGBG1012": true}

// gif copies a GIF without comments and without what other applications put
// into it (GIF89a, §24 and §26).
func (c *cutter) gif(raw []byte) bool {
	const head = 13
	if len(raw) < head {
		return false
	}
	at := head + colours(raw[10])
	if at > len(raw) {
		return false
	}
	c.keep(raw[:at])
	for {
		if at >= len(raw) {
			return false
		}
		from := at
		shown := true
		switch raw[at] {
		case 0x3b: // the end
			c.keep(raw[at : at+1])
			return true
		case 0x2c: // a picture
			if at+10 > len(raw) {
				return false
			}
			at += 10 + colours(raw[at+9]) + 1
		case 0x21: // an extension
			if at+2 > len(raw) {
				return false
			}
			switch raw[at+1] {
			case 0xfe:
				shown = false
			case 0xff:
				shown = at+14 <= len(raw) && shownGIF[string(raw[at+3:at+14])]
				c.report.Told = c.report.Told || at+14 <= len(raw) && string(raw[at+3:at+14]) == "XMP DataXMP"
			}
			at += 2
		default:
			return false
		}
		for { // blocks of data, to the empty one
			if at >= len(raw) {
				return false
			}
			size := int(raw[at])
			at += 1 + size
			if size == 0 {
				break
			}
		}
		if at > len(raw) {
			return false
		}
		if shown {
			c.keep(raw[from:at])
		}
	}
}

// colours is the length of the table of colours that flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

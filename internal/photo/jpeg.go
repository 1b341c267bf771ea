package photo

import (
	"bytes"
	"encoding/binary"
)

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	markTEM  = 0x01
	markRST0 = 0xd0
	markRST7 = 0xd7
	markEOI  = 0xd9
	markSOS  = 0xda
	markAPP0 = 0xe0
	markAPPF = 0xef
	markCOM  = 0xfe
)

// jpeg copies a JPEG without its application segments and comments, but for
// JFIF, the profile of colours and Adobe's note on the colours. What stands
// behind its end (a second picture, a film, a map of light) is left out too:
// phones put it there, with the place once more.
func (c *cutter) jpeg(raw []byte) bool {
	c.keep(raw[:2])
	for at := 2; ; {
		for at+1 < len(raw) && raw[at] == 0xff && raw[at+1] == 0xff { // fill
			at++
		}
		if at+2 > len(raw) || raw[at] != 0xff {
			return false
		}
		mark := raw[at+1]
		switch {
		case mark == markEOI:
			c.keep(raw[at : at+2])
			return true
		case mark == markTEM || mark >= markRST0 && mark <= markRST7:
			c.keep(raw[at : at+2])
			at += 2
			continue
		}
		if at+4 > len(raw) {
			return false
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
		if end < at+4 || end > len(raw) {
			return false
		}
		segment := raw[at:end]
		if mark >= markAPP0 && mark <= markAPPF || mark == markCOM {
			c.application(mark, segment)
		} else {
			c.keep(segment)
		}
		at = end
		if mark == markSOS {
			if at = scanEnd(raw, end); at == len(raw) {
				c.keep(raw[end:]) // cut short; browsers show what is there
				return true
			}
			c.keep(raw[end:at])
		}
	}
}

// scanEnd is where the coded picture ends that begins at a place: before a
// marker that does not belong to it.
func scanEnd(raw []byte, at int) int {
	for {
		next := bytes.IndexByte(raw[at:], 0xff)
		if next < 0 || at+next+1 >= len(raw) {
			return len(raw)
		}
		at += next
		if m := raw[at+1]; m == 0xff {
			at++
		} else if m != 0 && (m < markRST0 || m > markRST7) {
			return at
		} else {
			at += 2
		}
	}
}

// application keeps what is needed of an application's segment or a comment.
func (c *cutter) application(mark byte, segment []byte) {
	body := segment[4:]
	switch {
	case mark == markAPP0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 14:
		c.segment(mark, append(bytes.Clone(body[:12]), 0, 0)) // without its thumbnail
	case mark == markAPP0+2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")),
		mark == markAPP0+14 && bytes.HasPrefix(body, []byte("Adobe")):
		c.keep(segment)
	case mark == markAPP0+1 && bytes.HasPrefix(body, []byte("Exif\x00")) && len(body) >= 6:
		if block := c.exif(body[6:]); block != nil {
			c.segment(mark, append([]byte("Exif\x00\x00"), block...))
		}
	case mark == markAPP0 || mark == markCOM:
	default:
		c.report.Told = true // XMP, IPTC, maker's notes
	}
}

func (c *cutter) segment(mark byte, body []byte) {
	c.keep([]byte{0xff, mark})
	c.out = binary.BigEndian.AppendUint16(c.out, uint16(len(body)+2))
	c.keep(body)
}

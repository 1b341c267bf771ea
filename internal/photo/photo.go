// Package photo takes out of pictures what their files say besides the picture:
// where it was taken, when, with which camera, by whom, with which program. The
// picture itself keeps every bit: segments are cut, nothing is encoded anew.
//
// What decides how a picture looks stays: its profile of colours, its density,
// its animation, and the one entry of EXIF that says how it is turned. All else
// that a format allows to be added is left out, known or not.
package photo

import (
	"bytes"
	"encoding/binary"
)

// Version changes whenever Strip gives other bytes for the same picture.
const Version = 1

// Report says what Strip found.
type Report struct {
	// Told says that the file told of place, camera, time or persons (EXIF,
	// XMP, IPTC and their like), and does not any more.
	Told bool
	// Place says that the file tells where it was taken, and still does: it is
	// of a format that Strip leaves alone, or is broken.
	Place bool
	// Turned is EXIF's orientation, 1 to 8; 0 if none is stated.
	Turned int
}

// Strip gives a picture without what is said besides it. What is no picture, or
// one of which it does not know the format or cannot follow the parts, stays as
// it is.
func Strip(raw []byte) ([]byte, Report) {
	for _, f := range []struct {
		magic string
		strip func(*cutter, []byte) bool
	}{
		{"\xff\xd8\xff", (*cutter).jpeg},
		{"\x89PNG\r\n\x1a\n", (*cutter).png},
		{"RIFF", (*cutter).webp},
		{"GIF8", (*cutter).gif},
	} {
		if !bytes.HasPrefix(raw, []byte(f.magic)) {
			continue
		}
		c := &cutter{out: make([]byte, 0, len(raw))}
		if f.strip(c, raw) {
			return c.out, c.report
		}
	}
	return raw, Report{Place: holdsPlace(raw)}
}

// cutter writes a picture anew, without some of its parts.
type cutter struct {
	out    []byte
	report Report
}

func (c *cutter) keep(part []byte) { c.out = append(c.out, part...) }

// exif notes what a block of EXIF says, and gives the block that says how the
// picture is turned and nothing else; nil if it stands upright.
func (c *cutter) exif(block []byte) []byte {
	c.report.Told = true
	if c.report.Turned > 0 {
		return nil // the first one counts
	}
	c.report.Turned = readTIFF(block).turned
	if c.report.Turned <= 1 {
		return nil
	}
	return turned(c.report.Turned)
}

// turned is a block of EXIF with the orientation as its one entry: TIFF 6.0,
// and EXIF 2.32 §4.6.4.
func turned(orientation int) []byte {
	return []byte{
		'M', 'M', 0, 42, 0, 0, 0, 8, // big endian, the first directory at 8
		0, 1, // one entry
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, // 0x0112, one SHORT
		0, 0, 0, 0, // no other directory
	}
}

// directory is what is asked of a TIFF's first directory.
type directory struct {
	ok     bool
	turned int
	place  bool
}

// Tags of TIFF and EXIF.
const (
	tagOrientation = 0x0112
	tagPlace       = 0x8825
)

// readTIFF reads the first directory of a block of EXIF. Whatever lies beyond the
// block is not there.
func readTIFF(b []byte) (d directory) {
	if len(b) < 8 {
		return d
	}
	var order binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return d
	}
	at := uint64(order.Uint32(b[4:]))
	if at < 8 || at+2 > uint64(len(b)) {
		return d
	}
	d.ok = true
	n := uint64(order.Uint16(b[at:]))
	for i := range n {
		entry := at + 2 + 12*i
		if entry+12 > uint64(len(b)) {
			return d
		}
		switch order.Uint16(b[entry:]) {
		case tagOrientation:
			if v := int(order.Uint16(b[entry+8:])); v >= 1 && v <= 8 {
				d.turned = v
			}
		case tagPlace:
			d.place = true
		}
	}
	return d
}

// holdsPlace says whether EXIF or XMP somewhere in a file of any format tells
// where it was taken.
func holdsPlace(raw []byte) bool {
	for _, magic := range []string{"II*\x00", "MM\x00*"} {
		for at := 0; ; {
			next := bytes.Index(raw[at:], []byte(magic))
			if next < 0 {
				break
			}
			at += next
			if d := readTIFF(raw[at:]); d.ok && d.place {
				return true
			}
			at += len(magic)
		}
	}
	return bytes.Contains(raw, []byte("exif:GPSLatitude"))
}

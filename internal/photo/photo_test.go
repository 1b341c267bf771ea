package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// secret stands for all that a file says of a place or a person.
const secret = "48.8583701 Jane Roe"

// exifBlock is EXIF with a place, a camera and an orientation.
func exifBlock(orientation byte) []byte {
	b := []byte{'I', 'I', '*', 0, 8, 0, 0, 0, 3, 0}
	entry := func(tag, kind uint16, value uint32) {
		b = binary.LittleEndian.AppendUint16(b, tag)
		b = binary.LittleEndian.AppendUint16(b, kind)
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(b, value)
	}
	entry(0x010f, 2, 60)
	entry(tagOrientation, 3, uint32(orientation))
	entry(tagPlace, 4, 60)
	b = append(b, 0, 0, 0, 0)
	return append(b, strings.Repeat(secret, 4)...)
}

func picture() image.Image {
	m := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White, color.RGBA{200, 30, 40, 255}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i % 3)
	}
	return m
}

func segment(mark byte, body string) []byte {
	b := []byte{0xff, mark}
	b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
	return append(b, body...)
}

// jpegWith is a JPEG with all that cameras and programs add.
func jpegWith(orientation byte) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture(), nil)
	raw := b.Bytes()
	out := bytes.Clone(raw[:2])
	out = append(out, segment(0xe0, "JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x01\x01abc")...)
	out = append(out, segment(0xe1, "Exif\x00\x00"+string(exifBlock(orientation)))...)
	out = append(out, segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x exif:GPSLatitude='"+secret+"'/>")...)
	out = append(out, segment(0xe2, "ICC_PROFILE\x00\x01\x01profile")...)
	out = append(out, segment(0xe2, "MPF\x00"+secret)...)
	out = append(out, segment(0xed, "Photoshop 3.0\x008BIM"+secret)...)
	out = append(out, segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x01")...)
	out = append(out, segment(0xfe, secret)...)
	out = append(out, raw[2:]...)
	return append(out, "a film behind the end "+secret...)
}

func chunk(name, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, name+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngWith(orientation byte) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, picture())
	raw := b.Bytes()
	out := bytes.Clone(raw[:33]) // the head and IHDR
	out = append(out, chunk("tEXt", "Author\x00"+secret)...)
	out = append(out, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret)...)
	out = append(out, chunk("zTXt", "Comment\x00\x00"+secret)...)
	out = append(out, chunk("eXIf", string(exifBlock(orientation)))...)
	out = append(out, chunk("tIME", "\x07\xe8\x01\x01\x00\x00\x00")...)
	out = append(out, chunk("gAMA", "\x00\x00\xb1\x8f")...)
	out = append(out, chunk("prVt", secret)...)
	out = append(out, raw[33:]...)
	return append(out, secret...)
}

// tinyWebP is a lossless picture of one pixel.
const tinyWebP = "VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func webpWith(orientation byte) []byte {
	riff := func(name string, body []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
		b = append(b, body...)
		if len(body)%2 == 1 {
			b = append(b, 0)
		}
		return b
	}
	body := []byte("WEBP")
	body = append(body, riff("VP8X", []byte{flagEXIF | flagXMP, 0, 0, 0, 0, 0, 0, 0, 0, 0})...)
	body = append(body, tinyWebP...)
	body = append(body, riff("EXIF", exifBlock(orientation))...)
	body = append(body, riff("XMP ", []byte("<x exif:GPSLatitude='"+secret+"'/>"))...)
	body = append(body, riff("ODD ", []byte(secret))...)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)))
	return append(append(out, body...), secret...)
}

func gifWith() []byte {
	var b bytes.Buffer
	frame := picture().(*image.Paletted)
	_ = gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}})
	raw := b.Bytes()
	at := 13 + colours(raw[10])
	out := bytes.Clone(raw[:at])
	out = append(out, "\x21\xfe"+string(rune(len(secret)))+secret+"\x00"...)
	out = append(out, "\x21\xff\x0bXMP DataXMP"+string(rune(len(secret)))+secret+"\x00"...)
	return append(append(out, raw[at:]...), secret...)
}

func TestNothingIsToldAndThePictureStays(t *testing.T) {
	decode := func(name string, raw []byte) any {
		if name == "gif" {
			all, err := gif.DecodeAll(bytes.NewReader(raw))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return all
		}
		m, _, err := image.Decode(bytes.NewReader(raw))
		if name == "webp" {
			m, err = webp.Decode(bytes.NewReader(raw))
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return m
	}
	for _, test := range []struct {
		name   string
		raw    []byte
		turned int
		kept   []string
	}{
		{"jpeg", jpegWith(6), 6, []string{"ICC_PROFILE", "Adobe", "JFIF", "Exif\x00\x00MM"}},
		{"jpeg upright", jpegWith(1), 1, []string{"ICC_PROFILE"}},
		{"png", pngWith(8), 8, []string{"gAMA", "eXIfMM"}},
		{"png upright", pngWith(1), 1, nil},
		{"webp", webpWith(3), 3, []string{"EXIF\x1a\x00\x00\x00MM"}},
		{"webp upright", webpWith(1), 1, nil},
		{"gif", gifWith(), 0, []string{"NETSCAPE2.0"}},
	} {
		out, report := Strip(test.raw)
		if bytes.Contains(out, []byte(secret[:8])) || bytes.Contains(out, []byte("GPS")) || holdsPlace(out) {
			t.Errorf("%s: something is told still: %q", test.name, out)
		}
		if want := (Report{Told: true, Turned: test.turned}); report != want {
			t.Errorf("%s: got %+v, want %+v", test.name, report, want)
		}
		for _, part := range test.kept {
			if !bytes.Contains(out, []byte(part)) {
				t.Errorf("%s: lost %q", test.name, part)
			}
		}
		if test.turned == 1 && bytes.Contains(bytes.ToLower(out), []byte("exif")) {
			t.Errorf("%s: holds EXIF, although it stands upright", test.name)
		}
		kind, _, _ := strings.Cut(test.name, " ")
		if !reflect.DeepEqual(decode(kind, out), decode(kind, test.raw)) {
			t.Errorf("%s: another picture", test.name)
		}
		again, second := Strip(out)
		if !bytes.Equal(again, out) || second.Turned > 1 && second.Turned != test.turned {
			t.Errorf("%s: twice is not once", test.name)
		}
	}
}

// TestOthersStay: what is no picture, or is broken, keeps its bytes; where a place
// is in it that is said.
func TestOthersStay(t *testing.T) {
	for _, test := range []struct {
		name, raw string
		place     bool
	}{
		{"nothing", "", false},
		{"a text", "GPS is a system", false},
		{"a HEIC", "\x00\x00\x00\x18ftypheic" + string(exifBlock(1)), true},
		{"a HEIC without a place", "\x00\x00\x00\x18ftypheic", false},
		{"a JPEG with a length that lies", "\xff\xd8\xff\xe1\xff\xffExif\x00\x00" + string(exifBlock(1)), true},
		{"a JPEG of two bytes and a half", "\xff\xd8\xff", false},
		{"a PNG with a length that lies", "\x89PNG\r\n\x1a\n\xff\xff\xff\xffeXIf" + string(exifBlock(1)), true},
		{"a WebP that is cut short", string(webpWith(1)[:60]), false},
		{"another RIFF", "RIFF\x04\x00\x00\x00WAVE", false},
		{"a GIF that is cut short", string(gifWith()[:40]), false},
	} {
		out, report := Strip([]byte(test.raw))
		if string(out) != test.raw || report != (Report{Place: test.place}) {
			t.Errorf("%s: got %q, %+v", test.name, out, report)
		}
	}
}

// TestCutShort: a JPEG whose end is missing is cut all the same.
func TestCutShort(t *testing.T) {
	raw := jpegWith(6)
	end := bytes.LastIndex(raw, []byte("\xff\xd9"))
	out, report := Strip(raw[:end-10])
	if !report.Told || bytes.Contains(out, []byte(secret[:8])) {
		t.Errorf("got %+v", report)
	}
}

func FuzzStrip(f *testing.F) {
	for _, raw := range [][]byte{jpegWith(6), pngWith(8), webpWith(3), gifWith(), []byte("\x00\x00\x00\x18ftypheic"), exifBlock(2)} {
		f.Add(raw)
		f.Add(raw[:len(raw)/2])
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		out, _ := Strip(raw)
		if !bytes.Equal(raw, before) {
			t.Error("the file itself was changed")
		}
		if len(out) > len(raw)+64 {
			t.Errorf("%d bytes became %d", len(raw), len(out))
		}
		if again, _ := Strip(out); !bytes.Equal(again, out) {
			t.Error("twice is not once")
		}
	})
}

// What each program writes into every picture tells nothing; a name does.
func TestTextsOfPNG(t *testing.T) {
	var b bytes.Buffer
	_ = png.Encode(&b, picture())
	raw := b.Bytes()
	for text, want := range map[string]bool{
		"Software\x00Draw 3": false, "date:create\x002024-01-01": false, "Author\x00Jane Roe": true, "Comment\x00at home": true,
	} {
		out, report := Strip(append(append(bytes.Clone(raw[:33]), chunk("tEXt", text)...), raw[33:]...))
		if report.Told != want || !bytes.Equal(out, raw) {
			t.Errorf("%q: told %v, and %d bytes of %d", text, report.Told, len(out), len(raw))
		}
	}
}

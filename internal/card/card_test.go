package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var samples = []struct {
	name, pixels string
	card         Card
}{
	{"report", "4aa8f82df526c4d4", Card{Title: "Le moteur d’optimisation a servi des pages vides pendant 49 minutes", Site: "Carnet d’incidents", Date: "28 mars 2024", Severity: "SEV 1", Rank: 0, Mark: true}},
	{"short", "d5f651d35d8045e4", Card{Title: "Checkout outage", Site: "Example reports", Date: "1 January 2024", Severity: "Major", Rank: 1, Mark: true}},
	{"long", "bdd862bc8d8202aa", Card{Title: strings.Repeat("The primary database of the billing service ran out of disk while it was being moved, and ", 5), Site: strings.Repeat("A very long name of a site ", 6), Date: "2 May 2022", Severity: "sev3", Rank: 2}},
	{"greek", "8bd93c6525bb095a", Card{Title: "Διακοπή υπηρεσίας / Сбой в работе сервиса", Site: "Δ", Date: "5 мая 2024", Severity: "sev4", Rank: 3}},
	{"chinese", "b96fe98fa180c7f3", Card{Title: "支付服务中断", Site: "Example", Date: "5 May 2024", Severity: "SEV2", Rank: 1, Mark: true}},
	{"nothing", "c625e57cd61711c0", Card{Title: "支付服务中断", Site: "支付", Mark: true}},
	{"site", "58bd900b1cae24a6", Card{Title: "Carnet d’incidents", Note: "Cinq postmortems publics, racontés à nouveau pour montrer ce que fait publish.", Mark: true}},
}

// TestSamePixelsEverywhere holds the pixels, not the bytes of the file, which a
// newer compressor may write otherwise. CARD_DIR keeps the pictures, to look at.
func TestSamePixelsEverywhere(t *testing.T) {
	for _, s := range samples {
		var b bytes.Buffer
		if err := s.card.WritePNG(&b); err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("CARD_DIR"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, s.name+".png"), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if b.Len() > 64<<10 {
			t.Errorf("%s has %d bytes", s.name, b.Len())
		}
		if got := pixels(t, b.Bytes()); got != s.pixels {
			t.Errorf("%s: pixels are %s, want %s", s.name, got, s.pixels)
		}
	}
}

func pixels(t *testing.T, file []byte) string {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	p, ok := picture.(*image.Paletted)
	if !ok || p.Rect.Dx() != Width || p.Rect.Dy() != Height {
		t.Fatalf("it is a %T of %v", picture, picture.Bounds())
	}
	sum := sha256.Sum256(p.Pix)
	return hex.EncodeToString(sum[:8])
}

func TestFit(t *testing.T) {
	for text, want := range map[string]string{
		"Une panne\u202f: 1\u00a0h":  "Une panne\u00a0: 1\u00a0h",
		" two\n lines\t":             "two lines",
		"cafe\u0301":                 "café", // composed
		"Fire 🔥 in Paris 🇫🇷":         "Fire in Paris",
		"a non\u2011breaking hyphen": "a non-breaking hyphen",
		"Ελληνικά, русский, Ænglisc, Łódź": "Ελληνικά, русский, Ænglisc, Łódź",
		"支付服务中断":        "",
		"انقطاع الخدمة": "",
		"Outage of 支付":  "",
		"שירות":         "",
		"x\u0323\u0301": "",
	} {
		if got := bold().fit(text); got != want {
			t.Errorf("fit(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	f := bold()
	for _, text := range []string{strings.Repeat("word ", 60), strings.Repeat("x", 300), "é", ""} {
		lines := f.lines(text, 60, 400)
		for _, line := range lines {
			if f.width(line, 60) > 400 {
				t.Errorf("%q is longer than 400 px", line)
			}
		}
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Errorf("lines of %q lose letters: %q", text, got)
		}
	}
	cut := f.wrap(strings.Repeat("word ", 60), 60, 400, 2)
	if len(cut) != 2 || !strings.HasSuffix(cut[1], "word…") || f.width(cut[1], 60) > 400 {
		t.Errorf("a long text is cut to %q", cut)
	}
}

func TestIcon(t *testing.T) {
	var b bytes.Buffer
	if err := WriteIcon(&b, 180); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&b)
	if err != nil || picture.Bounds() != image.Rect(0, 0, 180, 180) {
		t.Fatalf("%v, %v", picture.Bounds(), err)
	}
	sum := sha256.Sum256(picture.(*image.Paletted).Pix)
	if got, want := hex.EncodeToString(sum[:8]), "92be2023e33ebd26"; got != want {
		t.Errorf("its pixels are %s, want %s", got, want)
	}
	if r, _, _, _ := picture.At(90, 90).RGBA(); r > 0x4000 {
		t.Errorf("nothing is drawn in its middle")
	}
}

func BenchmarkCard(b *testing.B) {
	b.ReportAllocs()
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := samples[0].card.WritePNG(&out); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(out.Len()), "file-bytes")
}

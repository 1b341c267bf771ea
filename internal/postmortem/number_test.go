package postmortem

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"
)

var numberCases = []struct {
	text  string
	want  float64
	about bool
	known bool
}{
	{"8000", 8000, false, true},
	{"8 000", 8000, false, true},
	{"8\u00A0000", 8000, false, true},
	{"8\u202F000,5", 8000.5, false, true},
	{"8,000", 8000, false, true},
	{"8,000,000.5", 8000000.5, false, true},
	{"8.000.000", 8000000, false, true},
	{"8.000,5", 8000.5, false, true},
	{"8'000", 8000, false, true},
	{"21,91 %", 21.91, false, true},
	{"17.7%", 17.7, false, true},
	{"0,9 %", 0.9, false, true},
	{"0,125", 0.125, false, true},
	{"~8k", 8000, true, true},
	{"about 7 000", 7000, true, true},
	{"environ 8 000 dossiers", 8000, true, true},
	{"1.2M", 1.2e6, false, true},
	{"3 millions", 3e6, false, true},
	{"76 sessions", 76, false, true},
	{"-5", -5, false, true},
	{"", 0, false, false},
	{"many", 0, false, false},
	{"5–10 %", 0, false, false},
	{"12 of 500", 0, false, false},
	{"x100", 0, false, false},
	{"<1%", 0, false, false},
	{"1 2 3", 0, false, false},
	{"\xbc", 0, false, false},
	{"8 000 users in Europe", 0, false, false},
}

func TestParseNumber(t *testing.T) {
	for _, c := range numberCases {
		n := ParseNumber(c.text)
		if n.Known != c.known || math.Abs(n.Value-c.want) > 1e-9 || n.Known && n.Approximate != c.about || n.Written != c.text {
			t.Errorf("ParseNumber(%q) = %+v, want %v, approximate %v, known %v", c.text, n, c.want, c.about, c.known)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, c := range numberCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n := ParseNumber(text); math.IsNaN(n.Value) || math.IsInf(n.Value, 0) || !n.Known && n.Value != 0 {
			t.Errorf("ParseNumber(%q) = %+v", text, n)
		}
	})
}

var durationCases = []struct {
	text  string
	want  time.Duration
	known bool
}{
	{"48h", 48 * time.Hour, true},
	{"48 h", 48 * time.Hour, true},
	{"4h50min", 4*time.Hour + 50*time.Minute, true},
	{"4 h 50", 4*time.Hour + 50*time.Minute, true},
	{"4h50", 4*time.Hour + 50*time.Minute, true},
	{"5h 09m", 5*time.Hour + 9*time.Minute, true},
	{"1d2h", 26 * time.Hour, true},
	{"PT4H50M", 4*time.Hour + 50*time.Minute, true},
	{"P1DT2H", 26 * time.Hour, true},
	{"90 min", 90 * time.Minute, true},
	{"1.5 hours", 90 * time.Minute, true},
	{"1,5 h", 90 * time.Minute, true},
	{"2 jours", 48 * time.Hour, true},
	{"2 jours et 3 heures", 51 * time.Hour, true},
	{"2 days, 3 hours", 51 * time.Hour, true},
	{"1 hr. 5 min.", 65 * time.Minute, true},
	{"1:05:00", 65 * time.Minute, true},
	{"1:05", 65 * time.Minute, true},
	{"about 3 hours", 3 * time.Hour, true},
	{"0h 30m", 30 * time.Minute, true},
	{"15min", 15 * time.Minute, true},
	{"1 234 s", 1234 * time.Second, true},
	{"90", 0, false},
	{"", 0, false},
	{"a while", 0, false},
	{"\xc2", 0, false},
	{"P1Y", 0, false},
	{"P", 0, false},
	{"5 min 3 h", 0, false},
	{"3 h 4 h", 0, false},
	{"1:65", 0, false},
	{"4h50 and more", 0, false},
	{"999999999999999999 weeks", 0, false},
	{"3時間20分", 200 * time.Minute, true},
	{"约 53 分钟", 53 * time.Minute, true},
	{"2 часа 5 минут", 125 * time.Minute, true},
	{"1 Std. 30 Min.", 90 * time.Minute, true},
	{"2 días y 3 horas", 51 * time.Hour, true},
	{"4:50 min", 4*time.Minute + 50*time.Second, true},
	{"4:50 h", 4*time.Hour + 50*time.Minute, true},
	{"21:45 UTC", 0, false},
}

func TestParseDuration(t *testing.T) {
	for _, c := range durationCases {
		if d := ParseDuration(c.text); d.Value != c.want || d.Known != c.known || d.Written != c.text {
			t.Errorf("ParseDuration(%q) = %+v, want %s, known %v", c.text, d, c.want, c.known)
		}
	}
	if d := ParseDuration("about 3 hours"); !d.Approximate {
		t.Errorf("about 3 hours is not approximate")
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, c := range durationCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := ParseDuration(text)
		if d.Value < 0 || !d.Known && d.Value != 0 {
			t.Errorf("ParseDuration(%q) = %+v", text, d)
		}
		if d.Known && d.Value < 100*time.Hour {
			if again := ParseDuration(d.Value.Truncate(time.Second).String()); again.Known && again.Value != d.Value.Truncate(time.Second) {
				t.Errorf("ParseDuration(%q) = %s, read again %s", text, d.Value, again.Value)
			}
		}
	})
}

// What is formatted reads back as the same value: in Go's form, in ISO 8601, in
// hours and minutes, and as the pages write it in every language.
func FuzzFormattedDuration(f *testing.F) {
	for _, seconds := range []int64{0, 59, 60, 3599, 17400, 86400, 2424840, 60479999} {
		f.Add(seconds)
	}
	f.Fuzz(func(t *testing.T, seconds int64) {
		if seconds < 0 || seconds > 1e9 {
			return
		}
		d := time.Duration(seconds) * time.Second
		hours, minutes := seconds/3600, seconds/60%60
		whole := d.Truncate(time.Minute)
		cases := map[string]time.Duration{
			d.String(): d,
			fmt.Sprintf("PT%dH%dM%dS", hours, minutes, seconds%60): d,
			fmt.Sprintf("%d h %02d", hours, minutes):               whole,
			fmt.Sprintf("%dh%dmin", hours, minutes):                whole,
			fmt.Sprintf("%d小时%d分钟", hours, minutes):                whole,
		}
		if hours < 10000 {
			cases[fmt.Sprintf("%d:%02d:%02d", hours, minutes, seconds%60)] = d
		}
		for text, want := range cases {
			if got := ParseDuration(text); !got.Known || got.Value != want {
				t.Errorf("ParseDuration(%q) = %+v, want %s", text, got, want)
			}
		}
	})
}

// A number reads back as the same value with every separator of thousands.
func FuzzFormattedNumber(f *testing.F) {
	for _, n := range []int64{0, 7, 999, 1000, 8438, 1234567, 1e12} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		if n < 0 || n > 1e15 {
			return
		}
		digits := strconv.FormatInt(n, 10)
		for _, separator := range []string{"", " ", "\u00A0", "\u202F", ",", "'", "’"} {
			text := digits
			for at := len(digits) - 3; at > 0; at -= 3 {
				text = text[:at] + separator + text[at:]
			}
			for _, form := range []string{"%s", "~%s", "%s %%", "%s sessions"} {
				text := fmt.Sprintf(form, text)
				if got := ParseNumber(text); !got.Known || got.Value != float64(n) {
					t.Errorf("ParseNumber(%q) = %+v, want %d", text, got, n)
				}
			}
		}
	})
}

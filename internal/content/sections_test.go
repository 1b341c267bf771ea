package content

import (
	"math/rand/v2"
	"testing"

	"publish/internal/block"
)

func TestTimedLines(t *testing.T) {
	for text, want := range map[string]int{
		"10:05 alarm":                  1,
		"2017-07-25T17:06 ::::: alarm": 1,
		"2017-07-25T17:06:12Z - alarm": 1,
		"25-07-2017 – alarm":           1,
		"2017-07-25: alarm":            1,
		"2017-07-25Tx is a name":       0,
		"The alarm was heard by everybody who was there\n10:05 call\n10:07 over": 2,
		"It was seen that nobody was told":                                       0,
	} {
		if got := timedLines(&block.Block{Kind: block.Paragraph, Text: text}); got != want {
			t.Errorf("%q has %d lines with a time, want %d", text, got, want)
		}
	}
}

// TestBeginsClock holds the quick look for a clock against the pattern for any time.
func TestBeginsClock(t *testing.T) {
	random, clocks := rand.New(rand.NewPCG(7, 8)), 0
	pieces := []string{"1", "23", "456", ":", ":", "0", "x", " ", "h", "-", "alarm", "é"}
	for range 20_000 {
		var text string
		for range random.IntN(6) {
			text += pieces[random.IntN(len(pieces))]
		}
		if beginsClock(text) {
			clocks++
			if !timed.MatchString(text) {
				t.Fatalf("%q begins with a clock, and no time is found in it", text)
			}
		}
	}
	if clocks < 100 {
		t.Errorf("%d clocks", clocks)
	}
}

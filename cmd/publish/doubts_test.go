package main

import (
	"testing"
	"time"
)

func TestPlainDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 90 * time.Second: "1m30s", 35 * time.Minute: "35m", 2 * time.Hour: "2h",
		14*time.Hour + 35*time.Minute: "14h35m", 50 * time.Hour: "50h", 10 * time.Minute: "10m",
	} {
		if got := plainDuration(d); got != want {
			t.Errorf("%d: got %q, want %q", d, got, want)
		}
	}
}

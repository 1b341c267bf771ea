package site

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// Length is how long something took in one incident.
type Length struct {
	Page        *Page
	Value       time.Duration
	Approximate bool
}

// Lengths are the lengths of one kind, shortest first.
type Lengths []Length

// fewest is how many lengths a median needs to say anything.
const fewest = 3

// Quartiles are the values below which a quarter, half and three quarters of
// the lengths lie. ok is false where there are fewer than three: they are to be
// listed one by one. There is no mean: one long night would decide it.
//
// The method is linear interpolation between the two nearest of the n lengths,
// at (n−1)·p: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical
// Packages" (1996), which spreadsheets and R use too.
func (l Lengths) Quartiles() (first, median, third time.Duration, ok bool) {
	if len(l) < fewest {
		return 0, 0, 0, false
	}
	return l.quarter(1), l.quarter(2), l.quarter(3), true
}

// quarter is the quantile at k/4, in whole numbers: the same on every machine.
func (l Lengths) quarter(k int) time.Duration {
	at := (len(l) - 1) * k
	i, rest := at/4, time.Duration(at%4)
	if rest == 0 {
		return l[i].Value
	}
	apart := l[i+1].Value - l[i].Value
	return l[i].Value + apart/4*rest + apart%4*rest/4
}

// Total is the sum of all lengths, or the longest time that can be counted.
func (l Lengths) Total() time.Duration {
	var total time.Duration
	for _, length := range l {
		if length.Value > math.MaxInt64-total {
			return math.MaxInt64
		}
		total += length.Value
	}
	return total
}

// Approximate says that one of the lengths is.
func (l Lengths) Approximate() bool {
	return slices.ContainsFunc(l, func(x Length) bool { return x.Approximate })
}

func (l Lengths) sort() {
	slices.SortFunc(l, func(x, y Length) int {
		if x.Value != y.Value {
			return cmp.Compare(x.Value, y.Value)
		}
		return strings.Compare(x.Page.Document.Path, y.Page.Document.Path)
	})
}

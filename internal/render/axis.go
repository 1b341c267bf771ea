package render

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// axis maps instants to places on a line: to scale, but for the long silences
// that are broken out of it. Instants are Unix seconds and places whole
// pixels, so that a drawing has the same bytes on every machine.
type axis struct {
	pieces []piece // in order; between two of them the axis is broken
	// length seconds of all pieces take width pixels.
	length int64
	width  int
}

// piece is a part of the axis that is drawn to scale.
type piece struct {
	from, to int64
	x        int // where it begins
}

// interval is a stretch of time, in Unix seconds.
type interval struct{ from, to int64 }

const (
	breakWidth = 100 // of a break: its length is written into it
	maxBreaks  = 4
	// A silence is broken out if it is an hour at least, several times the
	// usual distance of two events, and wider to scale than as a break. A night
	// need only be twice the usual distance.
	shortestBreak  = 60 * 60
	unusual        = 6
	shortestNight  = 8 * 60 * 60
	unusualNight   = 2
	shortestBroken = 10 * 60 // what remains has to be worth a scale
)

// newAxis lays the points out from the place left over width pixels. Stretches
// that are busy, which come in order, are never broken. There are at least two
// different points; they are put in order.
func newAxis(points []int64, busy []interval, left, width int) axis {
	slices.Sort(points)
	points = slices.Compact(points)
	broken := breaks(points, busy)
	a := axis{pieces: make([]piece, 0, len(broken)+1), width: width - breakWidth*len(broken)}
	p := piece{from: points[0]}
	for i, at := range points {
		if slices.Contains(broken, i) {
			p.to = points[i-1]
			a.pieces = append(a.pieces, p)
			p = piece{from: at}
		}
	}
	p.to = points[len(points)-1]
	a.pieces = append(a.pieces, p)
	for _, p := range a.pieces {
		a.length += p.to - p.from
	}
	var before int64
	for i := range a.pieces {
		p := &a.pieces[i]
		p.x = left + i*breakWidth + int(before*int64(a.width)/a.length)
		before += p.to - p.from
	}
	return a
}

// breaks chooses the silences to break out: the indices of the points that end
// them, in order.
func breaks(points []int64, busy []interval) []int {
	var silent []int
	lengths := make([]int64, 0, len(points)-1)
	busyUntil := points[0]
	for i := 1; i < len(points); i++ {
		lengths = append(lengths, points[i]-points[i-1])
		for len(busy) > 0 && busy[0].from <= points[i-1] {
			busyUntil = max(busyUntil, busy[0].to)
			busy = busy[1:]
		}
		if busyUntil < points[i] {
			silent = append(silent, i)
		}
	}
	slices.Sort(lengths)
	usual := lengths[(len(lengths)-1)/2]
	length := func(i int) int64 { return points[i] - points[i-1] }
	slices.SortStableFunc(silent, func(i, j int) int { return cmp.Compare(length(j), length(i)) })
	rest := points[len(points)-1] - points[0]
	var chosen []int
	for _, i := range silent {
		d, times := length(i), int64(unusual)
		if d >= shortestNight {
			times = unusualNight
		}
		// An eighth of the line is what a break takes of it.
		if len(chosen) == maxBreaks || d < shortestBreak || d/times < usual || d < rest/8 || rest-d < shortestBroken {
			break
		}
		chosen = append(chosen, i)
		rest -= d
	}
	slices.Sort(chosen)
	return chosen
}

// x is the place of an instant; one in a break, or outside of the axis, goes to
// the nearest end of a piece.
func (a axis) x(at int64) int {
	i := sort.Search(len(a.pieces), func(i int) bool { return a.pieces[i].from > at })
	p := a.pieces[max(i-1, 0)]
	at = min(max(at, p.from), p.to)
	return p.x + int((at-p.from)*int64(a.width)/a.length)
}

// end is the last place of a piece.
func (a axis) end(p piece) int { return p.x + int((p.to-p.from)*int64(a.width)/a.length) }

// tickSteps are the distances of ticks, in seconds.
var tickSteps = []int64{
	1, 5, 10, 30, 60, 5 * 60, 10 * 60, 15 * 60, 30 * 60, 60 * 60, 2 * 60 * 60, 3 * 60 * 60, 6 * 60 * 60, 12 * 60 * 60,
	secondsOfDay, 2 * secondsOfDay, 7 * secondsOfDay, 14 * secondsOfDay, 28 * secondsOfDay, 91 * secondsOfDay,
	182 * secondsOfDay, 365 * secondsOfDay, 5 * 365 * secondsOfDay, 50 * 365 * secondsOfDay, 500 * 365 * secondsOfDay,
	10000 * 365 * secondsOfDay,
}

const secondsOfDay = 24 * 60 * 60

// step is the smallest distance of ticks that keeps their labels apart.
func (a axis) step(apart int) int64 {
	i := sort.Search(len(tickSteps)-1, func(i int) bool { return tickSteps[i]*int64(a.width) >= int64(apart)*a.length })
	return tickSteps[i]
}

// ticks are the round times of the clocks in a zone at which the axis has a
// tick; a piece without one has its beginning instead. They are found on the clock's face, not by adding hours: a day on which
// the clocks change has its ticks at round times too, at unequal distances.
func (a axis) ticks(step int64, zone *time.Location) []time.Time {
	var list []time.Time
	for _, p := range a.pieces {
		first := time.Unix(p.from, 0).In(zone)
		year, month, day := first.Date()
		face := int64(first.Hour())*3600 + int64(first.Minute())*60 + int64(first.Second())
		before := len(list)
		for n := int64(0); ; n++ {
			var at time.Time
			if step >= secondsOfDay {
				at = time.Date(year, month, day+int(n*(step/secondsOfDay)), 0, 0, 0, 0, zone)
			} else {
				seconds := (face/step + n) * step
				at = time.Date(year, month, day, 0, 0, int(seconds), 0, zone)
				if clock := int64(at.Hour())*3600 + int64(at.Minute())*60 + int64(at.Second()); clock != seconds%secondsOfDay {
					continue // a time that this day's clocks skip
				}
			}
			if at.Unix() > p.to {
				break
			}
			if at.Unix() >= p.from {
				list = append(list, at)
			}
		}
		if len(list) == before && step < secondsOfDay {
			list = append(list, first)
		}
	}
	return list
}

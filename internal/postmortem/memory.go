package postmortem

// textMemory is what a Reading reads texts in, one after the other.
type textMemory struct {
	entries pile[entryTime]
	flags   pile[bool]
	numbers pile[int]
	parts   pile[part]
}

// done takes back all lists: their text has been read.
func (m *textMemory) done() {
	m.entries.done()
	m.flags.done()
	m.numbers.done()
	m.parts.done()
}

// pile is memory for lists that nobody needs any more when a text has been read.
type pile[T any] struct {
	all []T // those that are taken; behind them all is zero
}

// mostPiled is how many values are kept for the next text. A usual one takes dozens.
const mostPiled = 1 << 10

// take gives a list of n zero values, with no room behind them.
func (p *pile[T]) take(n int) []T {
	from := len(p.all)
	if from+n > cap(p.all) { // the lists that were given keep the memory from before
		p.all, from = make([]T, 0, max(n, 2*cap(p.all), 32)), 0
	}
	p.all = p.all[:from+n]
	return p.all[from : from+n : from+n]
}

func (p *pile[T]) done() {
	if cap(p.all) > mostPiled {
		p.all = nil
		return
	}
	clear(p.all)
	p.all = p.all[:0]
}

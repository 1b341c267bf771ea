package card

import "image"

// fill covers a rectangle.
func (d *canvas) fill(r image.Rectangle, i ink) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			d.put(x, y, i, 255)
		}
	}
}

// fine is how many parts a pixel has in each direction where a round edge is
// drawn.
const fine = 16

// stroke draws a line with round ends. Coordinates and radius are in parts of a
// pixel (fine); the line is upright or level.
func (d *canvas) stroke(x0, y0, x1, y1, radius int, i ink) {
	for y := (y0 - radius) / fine; y <= (y1+radius)/fine; y++ {
		for x := (x0 - radius) / fine; x <= (x1+radius)/fine; x++ {
			d.put(x, y, i, covered(x*fine, y*fine, x0, y0, x1, y1, radius)*255/(fine*fine))
		}
	}
}

// covered counts the parts of the pixel that begins at px, py that lie in a stroke:
// all or none, of most pixels, since the nearest part and the farthest do.
func covered(px, py, x0, y0, x1, y1, radius int) int {
	nearX, farX := distances(px, x0, x1)
	nearY, farY := distances(py, y0, y1)
	switch square := radius * radius; {
	case farX*farX+farY*farY <= square:
		return fine * fine
	case nearX*nearX+nearY*nearY > square:
		return 0
	}
	inside := 0
	for part := range fine * fine {
		dx, dy := distance(px+part%fine, x0, x1), distance(py+part/fine, y0, y1)
		if dx*dx+dy*dy <= radius*radius {
			inside++
		}
	}
	return inside
}

// distance is how far a coordinate is from those between two.
func distance(at, from, to int) int { return max(from-at, at-to, 0) }

// distances are those of the nearest and the farthest part of a pixel.
func distances(pixel, from, to int) (near, far int) {
	first, last := distance(pixel, from, to), distance(pixel+fine-1, from, to)
	if pixel <= to && from < pixel+fine {
		return 0, max(first, last)
	}
	return min(first, last), max(first, last)
}

// mark draws the site's mark, a line of time that is broken by an event, as
// static/favicon.svg has it on 32 × 32.
func (d *canvas) mark(left, top, size int) {
	at := func(origin, n int) int { return origin*fine + n*size*fine/32 }
	radius := 2 * size * fine / 32
	for _, l := range [][4]int{{4, 20, 12, 20}, {20, 20, 28, 20}, {16, 4, 16, 28}} {
		d.stroke(at(left, l[0]), at(top, l[1]), at(left, l[2]), at(top, l[3]), radius, black)
	}
}

// severity draws the mark of a rank as static/style.css has it: a full square,
// a half one, an empty one, a dot.
func (d *canvas) severity(left, top, size, rank int) {
	if rank > 2 || rank < 0 {
		middle, radius := size*fine/2, size*fine*3/8
		d.stroke(left*fine+middle, top*fine+middle, left*fine+middle, top*fine+middle, radius, loud)
		return
	}
	full := image.Rect(left, top, left+size, top+size)
	if rank == 0 {
		d.fill(full, loud)
		return
	}
	const border = 4
	d.fill(image.Rect(left, top, left+size, top+border), loud)
	d.fill(image.Rect(left, top+size-border, left+size, top+size), loud)
	d.fill(image.Rect(left+size-border, top, left+size, top+size), loud)
	filled := border
	if rank == 1 {
		filled = size / 2
	}
	d.fill(image.Rect(left, top, left+filled, top+size), loud)
}

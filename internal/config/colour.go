package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"publish/internal/pattern"
)

// Colour is an opaque colour of sRGB as "#0a4f96": six small digits and nothing
// else, whatever the author wrote, so that it may stand in a stylesheet. It is
// "" where none is stated.
type Colour string

var (
	hexColour = pattern.New(`^#([0-9a-f]{3}|[0-9a-f]{6})$`)
	// rgb(10, 79, 150), rgb(10 79 150), hsl(210deg 88% 31%)
	functionColour = pattern.New(`^(rgb|hsl)\(\s*([0-9.]+)(?:deg)?\s*[ ,]\s*([0-9.]+)(%?)\s*[ ,]\s*([0-9.]+)(%?)\s*\)$`)
)

// ParseColour reads a colour as CSS writes it: `#rgb`, `#rrggbb`, `rgb()`,
// `hsl()` or a name. What can be seen through is none.
func ParseColour(text string) (Colour, bool) {
	s := strings.ToLower(strings.TrimSpace(text))
	if hexColour.MatchString(s) {
		if len(s) == 4 {
			s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
		}
		return Colour(s), true
	}
	if s == "rebeccapurple" { // of CSS Color 4; the list is that of SVG 1.1
		return "#663399", true
	}
	if c, ok := colornames.Map[s]; ok {
		return colourOf(c.R, c.G, c.B), true
	}
	m := functionColour.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	a, ok1 := within(m[2], 255, 360, m[1] == "hsl")
	b, ok2 := within(m[3], 255, 100, m[1] == "hsl")
	c, ok3 := within(m[5], 255, 100, m[1] == "hsl")
	percent := m[4] == "%" && m[6] == "%"
	switch {
	case !ok1 || !ok2 || !ok3 || percent != (m[1] == "hsl") || m[4] != m[6]:
		return "", false
	case m[1] == "rgb":
		return colourOf(uint8(math.Round(a)), uint8(math.Round(b)), uint8(math.Round(c))), true
	}
	return ofHue(a, b/100, c/100), true
}

// within reads a number from 0 to one of two limits.
func within(text string, first, second float64, useSecond bool) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	if useSecond {
		first = second
	}
	return v, err == nil && v <= first
}

// ofHue is hsl() of CSS Color 4, §7.1.
func ofHue(hue, saturation, lightness float64) Colour {
	part := func(n float64) uint8 {
		k := math.Mod(n+hue/30, 12)
		a := saturation * min(lightness, 1-lightness)
		return uint8(math.Round(255 * (lightness - a*max(-1, min(k-3, 9-k, 1)))))
	}
	return colourOf(part(0), part(8), part(4))
}

func colourOf(r, g, b uint8) Colour { return Colour(fmt.Sprintf("#%02x%02x%02x", r, g, b)) }

// parts are red, green and blue, from 0 to 255; of no colour those of black.
func (c Colour) parts() (parts [3]uint8) {
	v, _ := strconv.ParseUint(strings.TrimPrefix(string(c), "#"), 16, 32)
	return [3]uint8{uint8(v >> 16), uint8(v >> 8), uint8(v)}
}

// Contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21.
func (c Colour) Contrast(other Colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func (c Colour) luminance() float64 {
	sum, parts := 0.0, c.parts()
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(parts[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// Least is the least contrast with any of the grounds.
func (c Colour) Least(grounds []Colour) float64 {
	least := 21.0
	for _, g := range grounds {
		least = min(least, c.Contrast(g))
	}
	return least
}

// Legible is the nearest colour that has at least the contrast with all the
// grounds: the colour itself, or else with as little black or white mixed in as
// will do. It is "" where neither does.
func (c Colour) Legible(contrast float64, grounds []Colour) Colour {
	const steps = 256
	for i := range steps + 1 {
		for _, to := range []float64{0, 255} {
			var mixed [3]uint8
			for j, v := range c.parts() {
				mixed[j] = uint8(math.Round(float64(v) + (to-float64(v))*float64(i)/steps))
			}
			if m := colourOf(mixed[0], mixed[1], mixed[2]); m.Least(grounds) >= contrast {
				return m
			}
		}
	}
	return ""
}

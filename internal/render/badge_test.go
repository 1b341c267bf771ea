package render

import (
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// badgeOfTest is what a reader of the drawing finds in it.
type badgeOfTest struct {
	Role  string `xml:"role,attr"`
	Label string `xml:"aria-label,attr"`
	Width int    `xml:"width,attr"`
	Title string `xml:"title"`
	Rect  struct {
		Fill string `xml:"fill,attr"`
	} `xml:"rect"`
	Texts []string `xml:"g>text"`
}

func TestBadges(t *testing.T) {
	files := map[string]string{}
	for name, text := range statusFilesOfTest {
		files[name] = strings.Replace(text, "  - {name: Mail}\n", "  - {name: Mail}\n  - {name: \"A <very> long & curious name of a service, to be cut\"}\n  - {name: Status}\n", 1)
	}
	routes := statusTestRoutes(t, files)
	read := func(path string) (b badgeOfTest) {
		if err := xml.Unmarshal(renderRoute(t, routes, path), &b); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return b
	}
	for path, want := range map[string]string{
		"/badges/status.svg": "Example: degraded", "/badges/api.svg": "API: partial outage", "/badges/mail.svg": "Mail: under maintenance",
		"/badges/web.svg": "Web: operational", "/badges/search.svg": "Search: partial outage",
		"/badges/a-very-long-and-curious-name-of-a-service-to-be-cut.svg": "A <very> long & curious name of a service, to be cut: operational",
	} {
		b := read(path)
		if b.Role != "img" || b.Label != want || b.Title != want {
			t.Errorf("%s says %q to those who do not see it, want %q", path, b.Label, want)
		}
		if got := strings.Join(b.Texts, ": "); got != want && !strings.Contains(got, "…: ") || b.Width > 400 {
			t.Errorf("%s shows %q on %d pixels", path, got, b.Width)
		}
	}
	if !slices.ContainsFunc(routePaths(routes), func(p string) bool { return strings.HasPrefix(p, "/badges/status-") }) {
		t.Error("the service of the name Status has no badge")
	}
	files["publish.yaml"] = "language: fr\n" + files["publish.yaml"]
	routes = statusTestRoutes(t, files)
	if got := read("/badges/mail.svg").Label; got != "Mail: en maintenance" {
		t.Errorf("in French: %q", got)
	}
}

// TestBadgeContrast: white on each ground is read by people who see little
// (WCAG 2.2, 1.4.3; relative luminance as defined there).
func TestBadgeContrast(t *testing.T) {
	luminance := func(colour string) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	for _, state := range componentStates {
		colour, ok := badgeColours[state]
		if !ok {
			t.Errorf("%s has no ground", state)
		} else if contrast := 1.05 / (luminance(colour) + 0.05); contrast < 4.5 {
			t.Errorf("white on %s (%s): %.2f", colour, state, contrast)
		}
	}
}

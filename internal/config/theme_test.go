package config

import (
	"fmt"
	"strings"
	"testing"

	"publish/internal/diag"
)

func TestColours(t *testing.T) {
	for written, want := range map[string]Colour{
		"#0a4f96": "#0a4f96", "#ABC": "#aabbcc", " RebeccaPurple ": "#663399", "ultramarine": "", "Tomato": "#ff6347",
		"rgb(10, 79, 150)": "#0a4f96", "rgb(10 79 150)": "#0a4f96", "rgb(256 0 0)": "", "rgb(1% 2% 3%)": "",
		"hsl(210 88% 31%)": "#094f95", "hsl(210deg, 88%, 31%)": "#094f95", "hsl(0 0% 100%)": "#ffffff", "hsl(120 101% 50%)": "",
		"#12345": "", "#0a4f9680": "", "0a4f96": "", "url(x)": "", "": "", "red;}body{display:none": "", "#fff}": "", "rgb(1 2 3);": "",
		"transparent": "", "var(--x)": "", "inherit": "",
	} {
		if got, ok := ParseColour(written); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t, want %q", written, got, ok, want)
		}
	}
}

// The figures are those of WCAG's own formula for well-known pairs.
func TestContrast(t *testing.T) {
	for _, test := range []struct {
		a, b Colour
		want string
	}{
		{"#000000", "#ffffff", "21.00"}, {"#777777", "#ffffff", "4.48"}, {"#767676", "#ffffff", "4.54"}, {"#ff0000", "#ffffff", "4.00"}, {"#0000ff", "#ffffff", "8.59"},
	} {
		if got := fmt.Sprintf("%.2f", test.a.Contrast(test.b)); got != test.want || test.b.Contrast(test.a) != test.a.Contrast(test.b) {
			t.Errorf("%s on %s: %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

func TestLegible(t *testing.T) {
	for _, grounds := range [][]Colour{{"#ffffff"}, {"#fdfdfc", "#f3f4f3"}, {"#131619", "#1c2024"}, nil} {
		for _, c := range []Colour{"#ff9900", "#0a4f96", "#ffffff", "#000000", "#777777"} {
			got := c.Legible(4.5, grounds)
			if got.Least(grounds) < 4.5 {
				t.Errorf("%s on %s: %s has a contrast of %f", c, grounds, got, got.Least(grounds))
			}
			if c.Least(grounds) >= 4.5 && got != c {
				t.Errorf("%s on %s is good and became %s", c, grounds, got)
			}
		}
	}
	if got := Colour("#123456").Legible(4.5, []Colour{"#ffffff", "#000000", "#777777"}); got != "" {
		t.Errorf("nothing is legible on all greys, got %s", got)
	}
}

func TestTheme(t *testing.T) {
	c, diags := load(t, map[string]string{"publish.yaml": `
theme:
  accent: "#B00"
  accent_dark: hsl(0 100% 80%)
  width: 1100PX
  font: Serif
  logo: /static/logo.svg
`})
	got := c.Theme
	if got.AccentPos.Line != 3 || got.AccentDarkPos.Line != 4 || got.LogoPos.Line != 7 {
		t.Errorf("places: %+v", got)
	}
	got.AccentPos, got.AccentDarkPos, got.LogoPos = diag.Pos{}, diag.Pos{}, diag.Pos{}
	if want := (Theme{Accent: "#bb0000", AccentDark: "#ff9999", Width: "1100px", Font: "serif", Logo: "static/logo.svg"}); got != want || len(diags) > 0 {
		t.Errorf("got %+v %v, want %+v", got, diags, want)
	}
}

func TestThemeMistakes(t *testing.T) {
	for written, want := range map[string]string{
		"accent: #0a4f96":                    "2:3: `theme.accent` is empty | put it in quotes, `accent: \"#0a4f96\"`: what follows a bare # is a comment",
		"accent: 0a4f96":                     "2:11: `theme.accent` must be a colour, not \"0a4f96\" | did you mean \"#0a4f96\", in quotes?",
		"accent: blu":                        "2:11: `theme.accent` must be a colour, not \"blu\" | write it as \"#0a4f96\" in quotes, rgb(10 79 150), hsl(210 88% 31%) or a name of CSS",
		"accent: 'red;}body{display:none'":   "2:11: `theme.accent` must be a colour, not \"red;}body{display:none\" | write it as \"#0a4f96\" in quotes, rgb(10 79 150), hsl(210 88% 31%) or a name of CSS",
		"acent: red":                         "2:3: unknown key \"theme.acent\" | did you mean `accent`?",
		"width: wide":                        "2:10: `theme.width` must be a length in rem or px, not \"wide\" | write it as 72rem or 1100px",
		"width: 72":                          "2:10: `theme.width` must be a length in rem or px, not \"72\" | write it as 72rem or 1100px",
		"width: 20rem":                       "2:10: `theme.width` must be from 48rem to 120rem (768px to 1920px), not \"20rem\" | the width of lines of text is not changed by it",
		"font: Comic":                        "2:9: `theme.font` must be one of serif, sans, not the text \"Comic\" | ",
		"logo: https://example.org/logo.svg": "2:9: `theme.logo` must be a file of the site, not \"https://example.org/logo.svg\" | write `static/logo.svg`, or the path of a file in the content folder",
		"logo: ../logo.svg":                  "2:9: `theme.logo` must be a file of the site, not \"../logo.svg\" | write `static/logo.svg`, or the path of a file in the content folder",
		"logo: logo.pdf":                     "2:9: `theme.logo` must be an image, not \"logo.pdf\" | its name ends in one of .svg .png .webp .jpg .jpeg .gif",
		"accent: [red]":                      "2:11: `theme.accent` must be a text, not a list | ",
	} {
		c, diags := load(t, map[string]string{"publish.yaml": "theme:\n  " + written + "\n"})
		if len(diags) != 1 {
			t.Errorf("%s: %v", written, diags)
			continue
		}
		d := diags[0]
		if got := strings.TrimPrefix(d.Pos.String(), "publish.yaml:") + ": " + d.Message + " | " + d.Hint; got != want || d.Level != diag.Error || c.Theme != (Theme{}) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

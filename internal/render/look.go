package render

import (
	"fmt"
	"math"
	"strings"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/site"
)

// What `theme:` of publish.yaml changes is written behind the style sheet as
// the values of its variables: no file more to load, a name with another hash
// when a value is another, and nothing in the page that its policy refuses.

const (
	styleSheet = "style.css"
	// legible is the least contrast of text, WCAG 2.2, 1.4.3.
	legible = 4.5
)

// tail is what the settings add to the style sheet. A colour that is hard to
// read is a warning.
func tail(f *staticFile, settings config.Theme, diags *diag.List) ([]byte, error) {
	text, err := f.read()
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	light, dark := grounds(string(text))
	warn := func(name string, c config.Colour, pos diag.Pos, behind []config.Colour, where string) {
		if found := c.Least(behind); c != "" && found < legible {
			diags.Report(diag.ContrastLow, pos, fmt.Sprintf("the nearest colour that has it is \"%s\"", c.Legible(legible, behind)),
				"`theme.%s` is hard to read %s: \"%s\" has a contrast of %.2f to 1 there, and text needs %.1f", name, where, c, math.Floor(found*100)/100, legible)
		}
	}
	warn("accent", settings.Accent, settings.AccentPos, light, "on light paper")
	warn("accent_dark", settings.AccentDark, settings.AccentDarkPos, dark, "in the dark")
	return []byte(styles(settings, dark)), nil
}

// styles are the rules for a site's settings. Paper keeps its own colours:
// links are black there. Without a colour for the dark, the one for the light
// is made bright enough.
func styles(settings config.Theme, dark []config.Colour) string {
	var b strings.Builder
	b.WriteString("\n/* theme, of publish.yaml */\n")
	bright := settings.AccentDark
	if settings.Accent != "" {
		fmt.Fprintf(&b, "@media screen { :root { --accent: %s; } }\n", settings.Accent)
		if bright == "" {
			bright = settings.Accent.Legible(legible, dark)
		}
	}
	if bright != "" {
		fmt.Fprintf(&b, "@media screen and (prefers-color-scheme: dark) { :root { --accent: %s; } }\n", bright)
	}
	if settings.Width != "" {
		fmt.Fprintf(&b, ":root { --width: %s; }\n", settings.Width)
	}
	if settings.Font != "" {
		fmt.Fprintf(&b, ":root { --reading: var(--%s); }\n", settings.Font)
	}
	return b.String()
}

// variable matches a variable of the style sheet with its value, and the
// remark behind it.
var variable = pattern.New(`--([a-z0-9-]+):\s*([^;{}]+);(?:[ \t]*/\*\s*(.*?)\s*\*/)?`)

// grounds are the colours behind links that a style sheet names, in the light
// and in the dark; none where it has no such variables.
func grounds(style string) (light, dark []config.Colour) {
	bright, rest, _ := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	night, _, _ := strings.Cut(rest, "@media")
	for _, of := range []struct {
		text string
		into *[]config.Colour
	}{{bright, &light}, {night, &dark}} {
		for _, m := range variable.FindAllStringSubmatch(of.text, -1) {
			if c, ok := config.ParseColour(m[2]); ok && (m[1] == "paper" || m[1] == "wash") {
				*of.into = append(*of.into, c)
			}
		}
	}
	return light, dark
}

// findLogo finds the image of static/ that the settings name, with its size.
func (t *Theme) findLogo(settings config.Theme, diags *diag.List) error {
	name, ok := strings.CutPrefix(settings.Logo, "static/")
	if !ok {
		return nil
	}
	f := t.byName[name]
	if f == nil {
		diags.Report(diag.Config, settings.LogoPos, "put the image there, or write the path of a file in the content folder",
			"`theme.logo` names %q, which does not exist", settings.Logo)
		return nil
	}
	content, err := f.read()
	if err != nil {
		return fmt.Errorf("read the theme: %w", err)
	}
	shape := site.ImageShape(f.path, content)
	if shape.Fault != "" {
		diags.Report(diag.AssetMissing, settings.LogoPos, "put the image there; until then browsers show a broken one",
			"`theme.logo` names %q, which %s", settings.Logo, shape.Fault)
	}
	t.logo = scaled(f.path, shape.Width, shape.Height)
	return nil
}

const logoHeight = 28 // pixels

// scaled is an image as high as a line of the header. One whose size is not
// known is taken for a square.
func scaled(route string, width, height int) *Image {
	if width == 0 || height == 0 {
		width, height = 1, 1
	}
	return &Image{URL: route, Width: max(1, (width*logoHeight+height/2)/height), Height: logoHeight}
}

// logo is the site's logo as seen from a page; nil if it has none.
func (b *builder) logo(link func(string) string) *Image {
	i := b.theme.logo
	if a := b.site.Logo; a != nil {
		i = scaled(a.Route, a.Width, a.Height)
	}
	if i == nil {
		return nil
	}
	return &Image{URL: link(i.URL), Width: i.Width, Height: i.Height}
}

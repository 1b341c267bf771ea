package config

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// Theme is what a site changes of its looks without a file of its own. Each
// value is safe to be written into a stylesheet: it was read and written anew.
type Theme struct {
	// Accent is the colour of links and of the focus, AccentDark the one in the
	// dark.
	Accent, AccentDark Colour
	// Width is that of the page, "72rem" or "1100px".
	Width string
	// Font is that of the texts: serif or sans.
	Font string
	// Logo is an image beside the site's title: "static/logo.svg", or a file of
	// the content folder.
	Logo string

	AccentPos, AccentDarkPos, LogoPos diag.Pos
}

// Styles says whether anything of it stands in the stylesheet.
func (t Theme) Styles() bool {
	return t.Accent != "" || t.AccentDark != "" || t.Width != "" || t.Font != ""
}

var themeKeys = []key[*Config]{
	{"accent", colour("accent", func(t *Theme) (*Colour, *diag.Pos) { return &t.Accent, &t.AccentPos })},
	{"accent_dark", colour("accent_dark", func(t *Theme) (*Colour, *diag.Pos) { return &t.AccentDark, &t.AccentDarkPos })},
	{"width", value[*Config]{readWidth, widthShape}},
	{"font", choice("font", func(c *Config) *string { return &c.Theme.Font }, "serif", "sans")},
	{"logo", value[*Config]{readLogo, logoShape}},
}

// readTheme reads `theme`. A colour that is not quoted is a comment for YAML:
// what is empty there was meant to be one.
func readTheme(d *decoder, n *tree.Node, c *Config) {
	for _, e := range n.Entries {
		if name := e.Key.Value; e.Value.Kind == tree.Null && (name == "accent" || name == "accent_dark") {
			d.wrong(e.Key, "put it in quotes, `"+name+": \"#0a4f96\"`: what follows a bare # is a comment", "`theme.%s` is empty", name)
		}
	}
	readMapping(d, n, "theme", themeKeys, c)
}

func colour(name string, field func(*Theme) (*Colour, *diag.Pos)) value[*Config] {
	return value[*Config]{func(d *decoder, n *tree.Node, c *Config) {
		text, ok := d.text(n, name)
		if !ok {
			return
		}
		read, ok := ParseColour(text)
		if !ok {
			hint := "write it as \"#0a4f96\" in quotes, rgb(10 79 150), hsl(210 88% 31%) or a name of CSS"
			if near, ok := ParseColour("#" + text); ok {
				hint = "did you mean \"" + string(near) + "\", in quotes?"
			}
			d.wrong(n, hint, "`%s%s` must be a colour, not %q", d.path, name, text)
			return
		}
		value, pos := field(&c.Theme)
		*value, *pos = read, n.Pos
	}, colourShape}
}

// Limits of `width`, in rem: below, a report's text and its table of contents
// have no room side by side; above, lines of lists are too long to be followed.
const (
	leastWidth = 48
	mostWidth  = 120
	pixelsARem = 16
)

var lengthText = pattern.New(`^([0-9]{1,4}(?:\.[0-9]{1,3})?)(rem|px)$`)

func readWidth(d *decoder, n *tree.Node, c *Config) {
	text, ok := d.text(n, "width")
	if !ok {
		return
	}
	m := lengthText.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		d.wrong(n, "write it as 72rem or 1100px", "`%swidth` must be a length in rem or px, not %q", d.path, text)
		return
	}
	rem, _ := strconv.ParseFloat(m[1], 64)
	if m[2] == "px" {
		rem /= pixelsARem
	}
	if rem < leastWidth || rem > mostWidth {
		d.wrong(n, "the width of lines of text is not changed by it", "`%swidth` must be from %drem to %drem (%dpx to %dpx), not %q",
			d.path, leastWidth, mostWidth, leastWidth*pixelsARem, mostWidth*pixelsARem, text)
		return
	}
	c.Theme.Width = m[1] + m[2]
}

// logoTypes are the endings of images that browsers show.
var logoTypes = []string{".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif"}

func readLogo(d *decoder, n *tree.Node, c *Config) {
	text, ok := d.text(n, "logo")
	if !ok {
		return
	}
	clean := path.Clean(strings.TrimPrefix(strings.ReplaceAll(text, `\`, "/"), "/"))
	switch {
	case strings.Contains(text, ":") || clean == ".." || strings.HasPrefix(clean, "../"):
		d.wrong(n, "write `static/logo.svg`, or the path of a file in the content folder", "`%slogo` must be a file of the site, not %q", d.path, text)
	case !slices.Contains(logoTypes, strings.ToLower(path.Ext(clean))):
		d.wrong(n, "its name ends in one of "+strings.Join(logoTypes, " "), "`%slogo` must be an image, not %q", d.path, text)
	default:
		c.Theme.Logo, c.Theme.LogoPos = clean, n.Pos
	}
}

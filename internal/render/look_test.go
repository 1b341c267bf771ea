package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"publish/internal/config"
	"publish/internal/diag"
)

// dressed is the built-in theme with a site's settings, and what it says.
func dressed(t *testing.T, settings config.Theme, files fstest.MapFS) (*Theme, diag.List) {
	t.Helper()
	theme, diags, err := LoadTheme(files, repository, settings)
	if err != nil {
		t.Fatal(err)
	}
	return theme, diags
}

// styleOf is the style sheet that pages link.
func styleOf(t *testing.T, theme *Theme) (address, text string) {
	t.Helper()
	address, err := theme.asset(styleSheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range theme.staticRoutes() {
		var b strings.Builder
		if r.Path == address {
			if err := r.Render(&b); err != nil {
				t.Fatal(err)
			}
			return address, b.String()
		}
	}
	t.Fatalf("there is no route %s", address)
	return "", ""
}

func TestSettingsAreWrittenBehindTheStyles(t *testing.T) {
	plain, _ := dressed(t, config.Theme{}, nil)
	address, base := styleOf(t, plain)
	for _, test := range []struct {
		settings config.Theme
		want     string
	}{
		{config.Theme{Accent: "#8a1538"}, "@media screen { :root { --accent: #8a1538; } }\n@media screen and (prefers-color-scheme: dark) { :root { --accent: #b97287; } }\n"},
		{config.Theme{Accent: "#8a1538", AccentDark: "#ffb3c6"}, "@media screen { :root { --accent: #8a1538; } }\n@media screen and (prefers-color-scheme: dark) { :root { --accent: #ffb3c6; } }\n"},
		{config.Theme{AccentDark: "#ffb3c6"}, "@media screen and (prefers-color-scheme: dark) { :root { --accent: #ffb3c6; } }\n"},
		{config.Theme{Width: "72rem", Font: "serif"}, ":root { --width: 72rem; }\n:root { --reading: var(--serif); }\n"},
	} {
		theme, diags := dressed(t, test.settings, nil)
		got, text := styleOf(t, theme)
		if text != base+"\n/* theme, of publish.yaml */\n"+test.want || len(diags) > 0 {
			t.Errorf("%+v: %v, added\n%swant\n%s", test.settings, diags, strings.TrimPrefix(text, base), test.want)
		}
		if got == address {
			t.Errorf("%+v: the styles keep their address %s", test.settings, got)
		}
	}
}

// Every variable that the settings change is one that the styles use.
func TestSettingsChangeVariables(t *testing.T) {
	theme, _ := dressed(t, config.Theme{Accent: "#8a1538", Width: "72rem", Font: "serif"}, nil)
	_, text := styleOf(t, theme)
	base, added, _ := strings.Cut(text, "/* theme, of publish.yaml */")
	for _, m := range variable.FindAllStringSubmatch(added, -1) {
		if !strings.Contains(base, "--"+m[1]+": ") || !strings.Contains(base, "var(--"+m[1]+")") {
			t.Errorf("the style sheet has no variable --%s", m[1])
		}
	}
}

func TestColoursThatAreHardToRead(t *testing.T) {
	_, diags := dressed(t, config.Theme{
		Accent: "#ff9900", AccentPos: diag.Pos{File: "publish.yaml", Line: 2, Column: 11},
		AccentDark: "#333399", AccentDarkPos: diag.Pos{File: "publish.yaml", Line: 3, Column: 16},
	}, nil)
	want := []string{
		"publish.yaml:2:11: `theme.accent` is hard to read on light paper: \"#ff9900\" has a contrast of 1.94 to 1 there, and text needs 4.5 | the nearest colour that has it is \"#a16100\"",
		"publish.yaml:3:16: `theme.accent_dark` is hard to read in the dark: \"#333399\" has a contrast of 1.61 to 1 there, and text needs 4.5 | the nearest colour that has it is \"#8080c0\"",
	}
	for i, d := range diags {
		if got := d.Pos.String() + ": " + d.Message + " | " + d.Hint; i >= len(want) || got != want[i] || d.Level != diag.Warning || d.Code != diag.ContrastLow {
			t.Errorf("got %s", got)
		}
	}
	if len(diags) != len(want) {
		t.Errorf("%d warnings, want %d", len(diags), len(want))
	}
	// A style sheet of the site's own is judged by its own paper.
	_, diags = dressed(t, config.Theme{Accent: "#ff9900"}, fstest.MapFS{"static/style.css": file(":root { --paper: #000; } a { color: var(--accent) }")})
	if len(diags) > 0 {
		t.Errorf("on black: %v", diags)
	}
}

func TestLogoOfStatic(t *testing.T) {
	files := fstest.MapFS{"static/logo.svg": file(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"/>`), "static/odd.svg": file("<svg/>")}
	for name, want := range map[string]Image{
		"static/logo.svg": {URL: "/logo.svg", Width: 84, Height: 28}, "static/odd.svg": {URL: "/odd.svg", Width: 28, Height: 28},
	} {
		theme, diags := dressed(t, config.Theme{Logo: name}, files)
		if theme.logo == nil || *theme.logo != want || len(diags) > 0 {
			t.Errorf("%s: %+v %v, want %+v", name, theme.logo, diags, want)
		}
	}
	broken := fstest.MapFS{"static/a.svg": file(""), "static/b.png": file("hello"), "static/c.png": file("\x89PNG\r\n\x1a\n\x00"), "static/d.svg": file("hello")}
	for name, want := range map[string]string{"static/a.svg": "is empty", "static/b.png": "holds text and no image", "static/c.png": "is cut off", "static/d.svg": "holds no drawing"} {
		_, diags := dressed(t, config.Theme{Logo: name, LogoPos: diag.Pos{File: "publish.yaml", Line: 2}}, broken)
		if len(diags) != 1 || diags[0].Code != diag.AssetMissing || diags[0].Line != 2 || !strings.HasSuffix(diags[0].Message, "which "+want) {
			t.Errorf("%s: %v, want %q", name, diags, want)
		}
	}
	_, diags := dressed(t, config.Theme{Logo: "static/lost.svg", LogoPos: diag.Pos{File: "publish.yaml", Line: 2}}, files)
	if len(diags) != 1 || diags[0].Code != diag.Config || diags[0].Line != 2 {
		t.Errorf("a logo that is not there: %v", diags)
	}
}

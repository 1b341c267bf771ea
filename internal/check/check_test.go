package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/route"
	"publish/internal/site"
)

// input is a small site: pages by their path, made from what sources says of
// the path, else from a "home page" of publish's own.
func input(t *testing.T, base string, pages, sources map[string]string) Input {
	t.Helper()
	var routes []*route.Route
	for path, text := range pages {
		source := sources[path]
		if source == "" {
			source = "home page"
		}
		routes = append(routes, &route.Route{Path: path, Source: source, Render: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	table, diags := route.New(routes)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	cfg := &config.Config{}
	if base != "" {
		cfg.BaseURL, _ = url.Parse("https://example.org" + base)
	}
	model, _ := site.New(cfg, &content.Folder{Root: "content"}, site.Options{})
	for _, source := range sources {
		model.Assets = append(model.Assets, &site.Asset{File: &content.File{Path: source}})
	}
	return Input{Site: model, Table: table, Jobs: 2}
}

func run(t *testing.T, in Input) (found []string) {
	t.Helper()
	list, err := Run(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		found = append(found, strings.TrimSpace(fmt.Sprintf("%s [%s] %s", d.Pos, d.Code, d.Message)))
	}
	return found
}

func TestLinks(t *testing.T) {
	tests := []struct {
		name, base, link string
		want             string // of the message; "" if the link is well
	}{
		{"from the page", "", "../b/", ""},
		{"to the folder above", "", "..", ""},
		{"to the page itself", "", "", ""},
		{"to its own file", "", "index.html", ""},
		{"to the file of another", "", "../b/index.html", ""},
		{"to a page without its ending", "", "../c", ""},
		{"escaped", "", "../caf%C3%A9/", ""},
		{"with a question", "", "../b/?page=2", ""},
		{"from the top", "", "/b/", ""},
		{"to another site", "", "https://example.com/x/#y", ""},
		{"to another site, by any scheme", "", "//example.com/x", ""},
		{"by mail", "", "mailto:a@example.org", ""},
		{"from the top, under a base path", "/repo/", "/repo/b/", ""},
		{"to a page that is not there", "", "../d/", `links to "../d/", which does not exist`},
		{"to a folder without its page", "", "../images/", "which does not exist"},
		{"from the top, outside the base path", "/repo/", "/b/", "outside the site's base path /repo/"},
		{"no address", "", "http://[::1", "which is no address"},
		{"to a place", "", "#here", ""},
		{"to a place of another page", "", "../b/#there", ""},
		{"to a place in French", "", "../b/#caf%C3%A9", ""},
		{"to a place that is not there", "", "../b/#gone", `links to "../b/#gone", where there is no such place`},
		{"to no place of its own page", "", "#gone", "no such place"},
		{"to a place of what is no page", "", "../images/a.svg#part", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := run(t, input(t, test.base, map[string]string{
				"/":             "<p>home",
				"/a/":           `<p id="here"><a href="` + test.link + `">x</a>`,
				"/b/":           `<p id=there><p id="café">`,
				"/c.html":       "<p>c",
				"/café/":        "<p>",
				"/images/a.svg": "<svg/>",
			}, nil))
			switch {
			case test.want == "" && len(found) > 0:
				t.Errorf("got %q, want nothing", found)
			case test.want != "" && (len(found) != 1 || !strings.Contains(found[0], test.want)):
				t.Errorf("got %q, want %q", found, test.want)
			}
		})
	}
}

// A file is named only if it is one: "home page" would send an annotation to
// nowhere.
func TestDiagnosticsNameFiles(t *testing.T) {
	found := run(t, input(t, "", map[string]string{
		"/": `<a href="x/">`, "/a/": `<img src="y.png"><script src="y.png"></script>`,
	}, map[string]string{"/a/": "content/a.md"}))
	slices.Sort(found)
	want := []string{
		`[link-broken] the page / links to "x/", which does not exist`,
		`content/a.md [link-broken] the page /a/ links to "y.png", which does not exist`,
	}
	if !slices.Equal(found, want) {
		t.Errorf("got %q, want %q", found, want)
	}
}

func TestPagesThatCannotBeMade(t *testing.T) {
	mistake := &diag.ErrorList{}
	mistake.List.Report(diag.TemplateError, diag.Pos{File: "layouts/home.html", Line: 3}, "", "unknown field")
	for _, test := range []struct {
		name   string
		render func(io.Writer) error
		want   string
	}{
		{"by a layout", func(io.Writer) error { return mistake }, "layouts/home.html:3 [template-error] unknown field"},
		{"by a disk", func(io.Writer) error { return errors.New("no such disk") }, `[template-error] the page / cannot be made: /, made from "home page": no such disk`},
		{"by a panic", func(io.Writer) error { panic("out of range") }, "[bug] the page / cannot be made: out of range (internal/check/check_test.go:137)"},
	} {
		in := input(t, "", nil, nil)
		in.Table, _ = route.New([]*route.Route{{Path: "/", Source: "home page", Render: test.render}})
		if found := run(t, in); !slices.Equal(found, []string{test.want}) {
			t.Errorf("%s: got %q, want %q", test.name, found, test.want)
		}
	}
}

func TestRunStopsWhenTold(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var routes []*route.Route
	rendered := 0
	for i := range 50 {
		routes = append(routes, &route.Route{Path: fmt.Sprintf("/%d/", i), Render: func(io.Writer) error {
			rendered++
			stop()
			return nil
		}})
	}
	in := input(t, "", nil, nil)
	in.Table, _ = route.New(routes)
	in.Jobs = 1
	if list, err := Run(ctx, in); !errors.Is(err, context.Canceled) || len(list) > 0 || rendered > 2 {
		t.Errorf("got %v, %v after %d pages, want the context's error at once", list, err, rendered)
	}
}

// TestDrawn: pictures that the program draws cost much and tell nothing.
func TestDrawn(t *testing.T) {
	for _, drawn := range []bool{true, false} {
		asked := 0
		table, _ := route.New([]*route.Route{{Path: "/card.png", Source: "card", Drawn: drawn, Render: func(io.Writer) error {
			asked++
			return nil
		}}})
		in := input(t, "", nil, nil)
		in.Table = table
		if found := run(t, in); len(found) > 0 || asked > 0 == drawn {
			t.Errorf("drawn: %v: it was asked for %d times; %q", drawn, asked, found)
		}
	}
}

package preview

import (
	"io"
	"strings"
	"testing"

	"publish/internal/route"
)

func TestTagStandsWhereBrowsersPutItIntoTheHead(t *testing.T) {
	for page, want := range map[string]string{
		"<!doctype html>\n<html lang=en><head>\n<meta charset=utf-8>": "<!doctype html>\n<html lang=en><head>^\n<meta charset=utf-8>",
		`<HTML data-x="a > b"><HEAD class='>'><title>`:                `<HTML data-x="a > b"><HEAD class='>'>^<title>`,
		"<!-- <head> --><head><title>":                                "<!-- <head> --><head>^<title>",
		"<!doctype html><title>x</title><p><head>":                    "<!doctype html>^<title>x</title><p><head>",
		"<header>x</header><head>":                                    "^<header>x</header><head>",
		"<html><body>":                                                "<html>^<body>",
		"only text":                                                   "^only text",
		"":                                                            "^",
		"<!-- never closed":                                           "^<!-- never closed",
		"<head":                                                       "^<head",
		"<p>1 < 2</p>":                                                "^<p>1 < 2</p>",
	} {
		slot := tagSlot([]byte(page))
		if got := page[:slot] + "^" + page[slot:]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzTagSlot(f *testing.F) {
	f.Add([]byte("<!doctype html><html><!-- x --><head>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		if slot := tagSlot(page); slot < 0 || slot > len(page) {
			t.Errorf("%d in %d bytes", slot, len(page))
		}
	})
}

// What is not HTML is never touched, and what a path says cannot leave its
// attribute.
func TestTagOnlyInPages(t *testing.T) {
	write := func(w io.Writer) error {
		_, err := io.WriteString(w, "<html><head><title>x</title>")
		return err
	}
	made, _ := route.New([]*route.Route{
		{Path: "/feed.xml", Render: write}, {Path: "/x.svg", Render: write}, {Path: "/old.txt", Type: "TEXT/HTML", Render: write},
		{Path: `/"><script>/`, Render: write},
	})
	h := showing(made, Options{})
	for target, tags := range map[string]int{"/feed.xml": 0, "/x.svg": 0, "/old.txt": 1, "/%22%3E%3Cscript%3E/": 1} {
		got := whole(t, ask(h, "GET", target))
		if strings.Count(got, "<script") != tags {
			t.Errorf("%s: got %q, want %d tags", target, got, tags)
		}
	}
	if got := whole(t, ask(h, "GET", "/%22%3E%3Cscript%3E/")); !strings.Contains(got, `<head><script src="/-publish/live.js" data-path="/&#34;&gt;&lt;script&gt;/" data-version="`) {
		t.Errorf("got %q", got)
	}
}

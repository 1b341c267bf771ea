package output

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"publish/internal/route"
)

// slow is a table in which one page waits until the build is told to stop.
func slow(t *testing.T, ctx context.Context, stop func()) *route.Table {
	t.Helper()
	var routes []*route.Route
	for _, path := range []string{"/", "/a/", "/b/", "/c/"} {
		routes = append(routes, &route.Route{Path: path, Render: func(w io.Writer) error {
			if path == "/a/" {
				stop()
				<-ctx.Done()
			}
			_, err := io.WriteString(w, "new "+path)
			return err
		}})
	}
	table, diags := route.New(routes)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return table
}

func TestWriteStopsWhenTold(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o.Dir = filepath.Join(t.TempDir(), "public")
			write(t, first, Options{Dir: o.Dir})
			ctx, stop := context.WithCancel(t.Context())
			rendered := 0
			o.Jobs, o.Progress = 1, func(done, _ int) { rendered = done }
			if _, err := Write(ctx, slow(t, ctx, stop), o); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want the context's error", err)
			}
			if rendered > 2 {
				t.Errorf("%d pages were rendered, want none after the one that was under way", rendered)
			}
			expect(t, o.Dir, firstFiles)
		})
	}
}

// What an error says of the folder must be so.
func TestWriteSaysWhenTheFolderHasChanged(t *testing.T) {
	full := syscall.ENOSPC
	tests := []struct {
		name    string
		options func(dir string) Options
		changed string // in Changed.State; "" for an error after which nothing has
		now     string // the home page
	}{
		{"no links, before the exchange", func(string) Options {
			return Options{seams: seams{fail: failing("exchange", full)}}
		}, "", "home"},
		{"the disk does not confirm the exchange", func(string) Options {
			return Options{seams: seams{fail: failing("sync folder", full)}}
		}, "new site is in place", "home 2"},
		{"a staged page vanishes before the first is placed", func(dir string) Options {
			return Options{InPlace: true, seams: seams{reached: func(step string) {
				if step == "announced" {
					os.Remove(filepath.Join(dir, stagingName, "feed.xml"))
				}
			}}}
		}, "pages of the old site and of the new", "home 2"},
		{"the way back is barred", func(dir string) Options {
			return Options{seams: seams{fail: failing("exchange", syscall.EINVAL), reached: func(step string) {
				if step == "aside" {
					put(t, filepath.Join(dir, "index.html"), "somebody's")
				}
			}}}
		}, "the old site now stands in", "somebody's"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			write(t, first, Options{Dir: dir})
			o := test.options(dir)
			o.Dir = dir
			_, err := Write(t.Context(), site(t, second), o)
			if err == nil {
				t.Fatal("got no error")
			}
			changed, ok := errors.AsType[*Changed](err)
			if ok != (test.changed != "") || ok && !strings.Contains(changed.State, test.changed) {
				t.Errorf("got %v, want %q in what it says of the folder", err, test.changed)
			}
			if got := texts(t, dir)["index.html"]; got != test.now {
				t.Errorf("the home page is %q, want %q", got, test.now)
			}
		})
	}
}

// A disk that does not tell letter case apart has one file for both spellings. Here
// they are two names of one file, which is as much of it as this system can show:
// the new spelling must not go with the old.
func TestWriteInPlaceWithoutLetterCase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	write(t, map[string]string{"/": "home", "/A/": "old", "/Gone/": "gone"}, Options{Dir: dir})
	old, now := filepath.Join(dir, "A", "index.html"), filepath.Join(dir, "a", "index.html")
	o := Options{Dir: dir, InPlace: true, seams: seams{reached: func(step string) {
		if step == "placed a/index.html" {
			if err := errors.Join(os.Remove(old), os.Link(now, old)); err != nil {
				t.Error(err)
			}
		}
	}}}
	write(t, map[string]string{"/": "home", "/a/": "new"}, o)
	for _, file := range []string{old, now} {
		if data, err := os.ReadFile(file); string(data) != "new" {
			t.Errorf("%s has %q, %v", file, data, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "Gone")); err == nil {
		t.Error("what was withdrawn is still there")
	}
}

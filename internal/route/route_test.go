package route

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/spill"
)

func TestFileAndMediaType(t *testing.T) {
	tests := []struct {
		route     Route
		file, typ string
	}{
		{Route{Path: "/"}, "index.html", "text/html; charset=utf-8"},
		{Route{Path: "/a/b/"}, "a/b/index.html", "text/html; charset=utf-8"},
		{Route{Path: "/feed.xml"}, "feed.xml", "application/xml"},
		{Route{Path: "/feed.xml", Type: "application/atom+xml"}, "feed.xml", "application/atom+xml"},
		{Route{Path: "/a/PHOTO.JPG"}, "a/PHOTO.JPG", "image/jpeg"},
		{Route{Path: "/CNAME"}, "CNAME", "application/octet-stream"},
	}
	for _, test := range tests {
		if got := test.route.File(); got != test.file {
			t.Errorf("%s: got the file %q, want %q", test.route.Path, got, test.file)
		}
		if got := test.route.MediaType(); got != test.typ {
			t.Errorf("%s: got the type %q, want %q", test.route.Path, got, test.typ)
		}
	}
}

func TestWriteTurnsAPanicIntoADiagnostic(t *testing.T) {
	r := &Route{Path: "/x/", Source: "content/x.md", Render: func(io.Writer) error {
		panic("index out of range\nand a stack")
	}}
	list, ok := errors.AsType[*diag.ErrorList](r.Write(io.Discard))
	if !ok || len(list.List) != 1 {
		t.Fatalf("got %v, want one diagnostic", list)
	}
	d := list.List[0]
	if d.Code != diag.Bug || d.File != "content/x.md" ||
		!strings.HasPrefix(d.Message, "the page /x/ cannot be made: index out of range (internal/route/route_test.go:") || !strings.Contains(d.Hint, "report") {
		t.Errorf("got %+v", d)
	}
}

func TestWriteNamesTheRouteOfAFailure(t *testing.T) {
	r := &Route{Path: "/x/", Source: "content/x.md", Render: func(io.Writer) error { return io.ErrUnexpectedEOF }}
	err := r.Write(io.Discard)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), `/x/, made from "content/x.md"`) {
		t.Errorf("got %v", err)
	}
}

// TestWriteLost: what the disk does not give back is the machine's failure, and no
// mistake of publish's.
func TestWriteLost(t *testing.T) {
	texts := spill.New(0)
	text := texts.Put("a text")
	if err := texts.Close(); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func(){
		"at once": func() { text.Bytes() },
		"in a goroutine": func() {
			var g bug.Group
			g.Go(func() { text.Bytes() })
			g.Wait()
		},
	} {
		r := &Route{Path: "/x/", Source: "content/x.md", Render: func(w io.Writer) error {
			read()
			return nil
		}}
		err := r.Write(io.Discard)
		if _, mistake := errors.AsType[*diag.ErrorList](err); mistake || !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

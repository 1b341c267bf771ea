package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const aPost = "---\ntitle: A\n---\n\nText.\n"

// packed packs files, a name and its text after the other, and gives the path.
func packed(t *testing.T, files ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "site.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for i := 0; i < len(files); i += 2 {
		part, err := w.Create(files[i])
		if err == nil {
			_, err = part.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestArchiveRefused: what no folder can hold is refused before anything is
// read, and nothing of an archive is left out in silence.
func TestArchiveRefused(t *testing.T) {
	for _, test := range []struct {
		name string
		more []string
		want string
	}{
		{"climbs", []string{"../../evil.md", aPost}, `"../../evil.md", which is no name`},
		{"climbs and returns", []string{"_posts/../_posts/2024-01-02-b.md", aPost}, "which is no name"},
		{"climbs on Windows", []string{`_posts\..\..\evil.md`, aPost}, "which is no name"},
		{"absolute", []string{"/etc/evil.md", aPost}, `"/etc/evil.md", which is no name`},
		{"not UTF-8", []string{"caf\xe9.md", aPost}, "which is no name"},
		{"twice", []string{"_posts/2024-01-01-a.md", aPost}, `holds "_posts/2024-01-01-a.md" twice`},
		{"twice, in two spellings", []string{`_posts\2024-01-01-a.md`, aPost}, `holds "_posts/2024-01-01-a.md" twice`},
		{"file and folder", []string{"_posts/2024-01-01-a.md/b.md", aPost}, "as a file and as a folder"},
		{"a device of Windows", []string{"con.md", aPost}, `"con.md" cannot be a file on every disk`},
		{"a line break", []string{"_posts/2024-01-02-a\nb.md", aPost}, "has a control character"},
		{"a long name", []string{"_posts/2024-01-02-" + strings.Repeat("é", 200) + ".md", aPost}, "a name may have 255"},
		{"deep", []string{strings.Repeat("d/", 600) + "a.md", aPost}, "a path may have 1024"},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := packed(t, append([]string{"_config.yml", "title: X\n", "_posts/2024-01-01-a.md", aPost}, test.more...)...)
			_, err := Read(context.Background(), Options{Source: name, Content: "content"})
			var f *Failure
			if !errors.As(err, &f) || !strings.Contains(f.Message, test.want) {
				t.Errorf("error %v, want one of whoever packed it, with %q", err, test.want)
			}
		})
	}
}

// TestArchiveFolderByMode: an entry can be a folder by its attributes alone. One
// that has a text nevertheless would be left out without a word.
func TestArchiveFolderByMode(t *testing.T) {
	for text, want := range map[string]string{"": "", aPost: `"_posts/2024-01-02-b.md" as a folder, with a text in it`} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		h := &zip.FileHeader{Name: "_posts/2024-01-02-b.md"}
		h.SetMode(fs.ModeDir | 0o755)
		part, err := w.CreateHeader(h)
		if err == nil {
			_, err = part.Write([]byte(text))
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if err := plainArchive(archive.File); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("with the text %q: %v, want %q", text, err, want)
		}
	}
}

// TestArchiveOfWindows reads an archive with the separators of Windows, as old
// programs wrote it, and one that a Mac packed.
func TestArchiveOfWindows(t *testing.T) {
	for _, files := range [][]string{
		{`site\_config.yml`, "title: X\n", `site\_posts\2024-01-01-a.md`, aPost},
		{"site/_config.yml", "title: X\n", "site/_posts/2024-01-01-a.md", aPost, "__MACOSX/site/_posts/._2024-01-01-a.md", "\x00\x05\x16\x07"},
	} {
		r, err := Read(context.Background(), Options{Source: packed(t, files...), Content: "content"})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Files, func(f File) bool { return f.Path == "content/2024-01-01-a.md" }) || len(r.Passed) > 0 {
			t.Errorf("files %v, passed over %v", r.Files, r.Passed)
		}
	}
}

package importer

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"testing"
)

// FuzzZip: every entry of an archive that is taken has the name of a file in a
// folder, and can be listed.
func FuzzZip(f *testing.F) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range names {
			to, err := w.Create(name)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := to.Write([]byte("text")); err != nil {
				f.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			f.Fatal(err)
		}
		return b.Bytes()
	}
	for _, names := range [][]string{{"a.md"}, {"book/SUMMARY.md", "book/a.md"}, {"../x"}, {"/x"}, {`a\b`}, {"a", "a/b"}, {"a", "a"}, {"."}, {"a/../b"}, {"C:/x"}, {"a\x00b"}} {
		f.Add(pack(names...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		archive.File = withoutRoot(archive.File)
		if plainArchive(archive.File) != nil {
			return
		}
		err = fs.WalkDir(archive, ".", func(name string, _ fs.DirEntry, err error) error {
			if err == nil && !fs.ValidPath(name) {
				t.Errorf("%q is no name of a file", name)
			}
			return err
		})
		if err != nil {
			t.Errorf("what was taken cannot be listed: %v", err)
		}
	})
}

package importer

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// openZip reads an archive as a folder. One folder that holds everything, as
// forges pack them, is stepped into.
func (s *source) openZip(file io.ReaderAt, size int64) error {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
			return failf("pack the folder again", "%q is no zip archive, or is cut off", s.name)
		}
		return failf("pack the folder again", "%q cannot be read as a zip archive: %s", s.name, strings.TrimPrefix(err.Error(), "zip: "))
	}
	s.FS = archive
	archive.File = withoutRoot(archive.File)
	if err := plainArchive(archive.File); err != nil {
		return err
	}
	return s.stepInto()
}

// withoutRoot leaves out the entry of the folder itself, which some programs pack
// and the standard library cannot list.
func withoutRoot(files []*zip.File) []*zip.File {
	return slices.DeleteFunc(files, func(f *zip.File) bool {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		return strings.HasSuffix(name, "/") && path.Clean(name) == "."
	})
}

// plainArchive gives the entries of an archive the names that a folder would
// have, and refuses one that no folder could be packed into. The standard
// library would leave files out that come twice, and read others under names
// that nobody gave them.
func plainArchive(files []*zip.File) error {
	const hint = "pack the folder again"
	seen, folders := map[string]bool{}, map[string]bool{}
	var all uint64
	for _, f := range files {
		folder := strings.HasSuffix(f.Name, "/") || strings.HasSuffix(f.Name, `\`)
		name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/")) // as old programs of Windows wrote it
		if !fs.ValidPath(name) || name == "." || strings.Contains(f.Name, "..") && escapes(f.Name) {
			return failf(hint, "the archive holds %q, which is no name of a file in a folder", f.Name)
		}
		byMode := f.Mode().IsDir() && !folder // its name does not say so
		if f.Name = name; folder || byMode && f.UncompressedSize64 == 0 {
			f.Name += "/"
		} else if byMode {
			return failf(hint, "the archive holds %q as a folder, with a text in it", name)
		} else if seen[name] {
			return failf(hint, "the archive holds %q twice", name)
		} else {
			seen[name] = true
		}
		for dir := path.Dir(name); !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
		if all += f.UncompressedSize64; all > maxAll || len(files) > maxEntries {
			return failf("name the folder of the site itself", "the archive unpacks to more than %d GB, or %d files", maxAll>>30, maxEntries)
		}
	}
	for name := range seen {
		if folders[name] {
			return failf(hint, "the archive holds %q as a file and as a folder", name)
		}
	}
	return nil
}

// maxEntries bounds what an archive may list: files and folders.
const maxEntries = 2 * maxFiles

// escapes says whether a name climbs, even if it comes back.
func escapes(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." {
			return true
		}
	}
	return false
}

func (s *source) stepInto() error {
	entries, err := fs.ReadDir(s.FS, ".")
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return skipped[e.Name()] })
	if err == nil && len(entries) == 1 && entries[0].IsDir() {
		if s.FS, err = fs.Sub(s.FS, entries[0].Name()); err != nil {
			return fmt.Errorf("%w", err)
		}
	}
	return nil
}

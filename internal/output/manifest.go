package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"publish/internal/plainfile"
)

// The manifest is the list of the files that publish wrote: a first line with
// the format's version and the number of files, then one line for each with
// the SHA-256 of its bytes, its size and its path, sorted by path.
//
//	publish-manifest 1 2
//	9f86d081…0a08 4 feed.xml
//	e3b0c442…b855 0 index.html

const manifestHead = "publish-manifest 1 "

// entry is one file of publish's.
type entry struct {
	path string // below the output folder, with slashes
	size int64
	sum  [sha256.Size]byte
}

func formatManifest(entries []entry) []byte {
	sorted, size := make([]*entry, len(entries)), len(manifestHead)+len("123456789\n")
	for i := range entries {
		sorted[i] = &entries[i]
		size += 2*sha256.Size + len(" 123456789 \n") + len(entries[i].path)
	}
	slices.SortFunc(sorted, func(a, b *entry) int { return strings.Compare(a.path, b.path) })
	text := fmt.Appendf(make([]byte, 0, size), "%s%d\n", manifestHead, len(entries))
	for _, e := range sorted {
		text = append(hex.AppendEncode(text, e.sum[:]), ' ')
		text = append(strconv.AppendInt(text, e.size, 10), ' ')
		text = append(append(text, e.path...), '\n')
	}
	return text
}

// parseManifest reads what formatManifest wrote and nothing else: a list that
// was cut short or edited must not decide what is removed.
func parseManifest(data []byte) ([]entry, error) {
	head, rest, whole := strings.Cut(string(data), "\n")
	count, ok := strings.CutPrefix(head, manifestHead)
	if !ok || !whole {
		return nil, errors.New("it does not begin with " + strconv.Quote(manifestHead))
	}
	var entries []entry
	for line := range strings.Lines(rest) {
		e, ok := parseEntry(line)
		if !ok || len(entries) > 0 && entries[len(entries)-1].path >= e.path {
			return nil, fmt.Errorf("its line %d cannot be read", len(entries)+2)
		}
		entries = append(entries, e)
	}
	if count != strconv.Itoa(len(entries)) {
		return nil, fmt.Errorf("it names %d files, not %s", len(entries), strconv.Quote(count))
	}
	return entries, nil
}

func parseEntry(line string) (entry, bool) {
	line, whole := strings.CutSuffix(line, "\n")
	sum, line, _ := strings.Cut(line, " ")
	size, file, _ := strings.Cut(line, " ")
	raw, err := hex.DecodeString(sum)
	if !whole || err != nil || len(raw) != sha256.Size || hex.EncodeToString(raw) != sum {
		return entry{}, false
	}
	e := entry{path: file}
	copy(e.sum[:], raw)
	e.size, err = strconv.ParseInt(size, 10, 64)
	if err != nil || e.size < 0 || strconv.FormatInt(e.size, 10) != size {
		return entry{}, false
	}
	return e, filepath.IsLocal(filepath.FromSlash(file)) && path.Clean(file) == file && file != "." && !reservedFile(file)
}

// reservedFile says whether a path of the site is one that publish keeps for
// its own use.
func reservedFile(file string) bool {
	first, _, _ := strings.Cut(file, "/")
	return strings.EqualFold(first, manifestName) || strings.EqualFold(first, stagingName)
}

// Written lists the files that publish wrote into a folder, by path with
// slashes; none if the folder is not of its making.
func Written(dir string) []string {
	name := filepath.Join(dir, manifestName)
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := plainfile.Read(os.OpenFile, name)
	if err != nil {
		return nil
	}
	entries, err := parseManifest(data)
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.path
	}
	return names
}

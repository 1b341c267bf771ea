package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"publish/internal/route"
)

// The keys of the routes that an output folder holds are remembered in a file of
// their own (Options.Keys), so that the next build need not render what would
// be the same. They stay out of the output: a key is made of the whole source,
// and whoever can read keys could try out what a short internal text says.
//
//	publish-keys 1 5d4e…41
//	0f3a…9c feed.xml
//
// The head holds the SHA-256 of the manifest that the keys belong to: they say
// nothing of any other folder, or of this one after another build. The file is
// disposable, and what cannot be read counts as missing.

const keysHead = "publish-keys 1 "

// keysAge is how long keys of folders that are no longer built are kept.
const keysAge = 60 * 24 * time.Hour

// formatKeys lists the keys that are known, by path.
func formatKeys(manifest []byte, routes []*route.Route) []byte {
	type keyed struct {
		file string
		key  *route.Key
	}
	known, size := make([]keyed, 0, len(routes)), len(keysHead)+2*sha256.Size+len("\n")
	for _, r := range routes {
		if r.Key.Known() {
			known = append(known, keyed{r.File(), &r.Key})
			size += 2*len(r.Key) + len(" \n") + len(r.Path) + len("index.html")
		}
	}
	slices.SortFunc(known, func(a, b keyed) int { return strings.Compare(a.file, b.file) })
	text := fmt.Appendf(make([]byte, 0, size), "%s%x\n", keysHead, sha256.Sum256(manifest))
	for _, k := range known {
		text = append(hex.AppendEncode(text, k.key[:]), ' ')
		text = append(append(text, k.file...), '\n')
	}
	return text
}

// parseKeys reads what formatKeys wrote for a manifest; nil for anything else.
func parseKeys(data, manifest []byte) map[string]route.Key {
	head, rest, _ := strings.Cut(string(data), "\n")
	if head != fmt.Sprintf("%s%x", keysHead, sha256.Sum256(manifest)) {
		return nil
	}
	keys := make(map[string]route.Key)
	for line := range strings.Lines(rest) {
		digits, file, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		var key route.Key
		raw, err := hex.DecodeString(digits)
		if err != nil || len(raw) != len(key) || file == "" || !strings.HasSuffix(line, "\n") {
			return nil
		}
		copy(key[:], raw)
		keys[file] = key
	}
	return keys
}

// recall reads the keys of the files in the output folder.
func (b *build) recall() {
	if b.options.Keys == "" || b.old.manifest == nil {
		return
	}
	if data, err := b.sys.read(b.options.Keys); err == nil {
		b.keys = parseKeys(data, b.old.manifest)
	}
}

// remember writes the keys of the site that stands in the output folder now. It
// is no failure of the build if that cannot be done: the next one renders more.
func (b *build) remember() {
	if b.options.Keys == "" {
		return
	}
	data := formatKeys(b.manifest, b.routes)
	if old, err := b.sys.read(b.options.Keys); err == nil && bytes.Equal(old, data) {
		return
	}
	folder := filepath.Dir(b.options.Keys)
	if b.sys.mkdirAll(folder, 0o700) != nil {
		return
	}
	b.sys.forgetOld(folder, time.Now().Add(-keysAge))
	temporary, err := b.sys.createTemp(folder, ".new-*")
	if err != nil {
		return
	}
	err = b.sys.write(temporary, data)
	if closed := b.sys.closed(temporary); err != nil || closed != nil || b.sys.rename(nil, temporary.Name(), b.options.Keys) != nil {
		_ = b.sys.remove(nil, temporary.Name())
	}
}

// forgetOld removes the keys of folders that were last built before a day.
func (s system) forgetOld(folder string, before time.Time) {
	entries, err := s.list(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().Before(before) {
			_ = s.remove(nil, filepath.Join(folder, e.Name()))
		}
	}
}

// kept says whether a route's file is there already: it was made under the same
// key, and still has the bytes that it had then. They are left in w.page.
func (b *build) kept(w *worker, r *route.Route) (entry, bool) {
	e, ok := b.old.entries[r.File()]
	if !ok || !r.Key.Same(b.keys[r.File()]) || !b.old.ours[r.File()] {
		return entry{}, false
	}
	if !b.disk.read(e, &w.page) || sha256.Sum256(w.page.Bytes()) != e.sum {
		return entry{}, false
	}
	return e, true
}

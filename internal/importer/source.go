package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/tree"
)

// Limits of a source. They keep a mistake (the home folder, an endless answer)
// from filling a disk.
const (
	maxFile  = 64 << 20
	maxFiles = 100_000
	maxAll   = 2 << 30
)

// source is what is imported: a folder, a single file, or an address.
type source struct {
	fs.FS
	name    string   // as it was given
	single  string   // the one file of FS that was named; "" for a folder
	address *url.URL // nil but for an address
	client  *http.Client
	places  func(fs.FS) (map[string]Place, error)
	close   func() error
	ctx     context.Context // of the reading as a whole
	known   []string        // all files, once they were listed
	below   string          // the root of the site, from the folder that was named
	passed  []passed        // what is no file of the source
	read    int64
	answers []blob // of an address
	most    int64  // bytes of them
}

// passed is something in a source that is not read, and why.
type passed struct{ name, why string }

func open(ctx context.Context, o Options) (*source, error) {
	s := &source{name: o.Source, places: o.Places, client: o.Client, most: cmp.Or(o.mostAnswers, maxAnswers), ctx: ctx, close: func() error { return nil }}
	if strings.HasPrefix(o.Source, "http://") || strings.HasPrefix(o.Source, "https://") {
		return s, s.openAddress(ctx)
	}
	info, err := os.Stat(o.Source)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, failf("name a file, a folder or an http address", "there is no file or folder %q", o.Source)
		}
		return nil, fmt.Errorf("%w", err)
	}
	if info.IsDir() {
		root, err := os.OpenRoot(o.Source)
		if err != nil {
			return nil, s.trouble(".", err)
		}
		s.FS, s.close = plainfile.Below(root), root.Close
		return s, nil
	}
	file, err := plainfile.Open(os.OpenFile, o.Source)
	if errors.Is(err, plainfile.ErrNoFile) {
		return nil, failf("name a file, a folder or an http address", "%q is neither a file nor a folder", o.Source)
	}
	if err != nil {
		return nil, s.trouble(".", err)
	}
	if strings.EqualFold(path.Ext(o.Source), ".zip") {
		s.close = file.Close
		return s, s.openZip(file, info.Size())
	}
	defer file.Close() // it is opened again as a file of its folder
	dir, base := path.Split(strings.ReplaceAll(o.Source, string(os.PathSeparator), "/"))
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, s.trouble(".", err)
	}
	s.FS, s.single, s.close = plainfile.Below(root), base, root.Close
	return s, nil
}

// trouble says which file of the source cannot be read, and why.
func (s *source) trouble(name string, err error) error {
	if name = path.Join(strings.ReplaceAll(s.name, string(os.PathSeparator), "/"), s.below, name); s.single != "" {
		name = s.name
	}
	return fmt.Errorf("%q cannot be read: %s", name, plainfile.Why(err))
}

func (s *source) isDir(name string) bool {
	if s.FS == nil {
		return false
	}
	info, err := fs.Stat(s.FS, name)
	return err == nil && info.IsDir()
}

func (s *source) isFile(name string) bool {
	if s.FS == nil || !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(s.FS, name)
	return err == nil && info.Mode().IsRegular()
}

// file reads a file within the limits.
func (s *source) file(name string) ([]byte, error) {
	if s.ctx != nil && s.ctx.Err() != nil {
		return nil, fmt.Errorf("%w", s.ctx.Err())
	}
	f, err := s.Open(name)
	if err != nil {
		return nil, s.trouble(name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, s.trouble(name, err)
	}
	if s.read += int64(len(data)); len(data) > maxFile || s.read > maxAll {
		return nil, failf("leave it out of the source", "%q is too large to be imported", name)
	}
	return data, nil
}

// skipped are folders that hold nothing of a site's own.
var skipped = map[string]bool{
	".git": true, "node_modules": true, "_site": true, ".jekyll-cache": true, ".sass-cache": true, ".github": true,
	"__MACOSX": true, // beside a folder that a Mac packed
}

// files lists the regular files of a folder and of those below, in the order
// of their paths. Links are not followed out of the source.
func (s *source) files() ([]string, error) {
	if s.known != nil || s.FS == nil {
		return s.known, nil
	}
	if s.single != "" {
		s.known = []string{s.single}
		return s.known, nil
	}
	s.passed = nil
	err := fs.WalkDir(s.FS, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return s.trouble(name, err)
		case e.IsDir() && name != "." && skipped[e.Name()]:
			return fs.SkipDir
		case e.IsDir():
		case e.Type().IsRegular() || e.Type()&fs.ModeSymlink != 0 && s.isFile(name):
			s.known = append(s.known, name)
		case e.Type()&fs.ModeSymlink != 0:
			s.passed = append(s.passed, passed{name, "a link that leads to a folder, or out of the source: it is not followed"})
		default:
			s.passed = append(s.passed, passed{name, plainfile.ErrNoFile.Error()})
		}
		if len(s.known) > maxFiles {
			return failf("name the folder of the site itself", "%q holds more than %d files", s.name, maxFiles)
		}
		return nil
	})
	if err != nil {
		s.known = nil // a half is not all
		return nil, fmt.Errorf("%w", err)
	}
	return s.known, nil
}

// describe says what a source of no known format is.
func (s *source) describe() string {
	if problem := s.unreadable(); problem != "" {
		return problem
	}
	switch {
	case s.address != nil:
		return "it answers neither with Statuspage's JSON nor with its history"
	case s.single != "":
		return "it is neither Statuspage's JSON nor its history feed"
	}
	return "no _config.yml, hugo.toml, SUMMARY.md or JSON of incidents was found in it"
}

// settings reads the first of the files that is there, as a tree.
func (s *source) settings(names ...string) (*tree.Node, string, []byte, error) {
	for _, name := range names {
		if !s.isFile(name) {
			continue
		}
		data, err := s.file(name)
		if err != nil {
			return nil, name, nil, err
		}
		root, err := parseSettings(name, data)
		return root, name, data, err
	}
	return nil, "", nil, nil
}

// parseSettings reads YAML, TOML or JSON, by the ending of the name.
func parseSettings(name string, data []byte) (*tree.Node, error) {
	parse := tree.ParseYAML
	switch strings.ToLower(path.Ext(name)) {
	case ".toml":
		parse = tree.ParseTOML
	case ".json":
		parse = tree.ParseJSON
	}
	root, problems := parse(name, 1, normal(data), diag.Config)
	if problems.HasErrors() {
		d := problems[0]
		return nil, failf(d.Hint, "%s: %s", d.Pos, d.Message)
	}
	return root, nil
}

// normal gives text without a byte order mark, with plain line ends.
func normal(data []byte) []byte {
	text := strings.TrimPrefix(string(data), "\ufeff")
	return []byte(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
}

// get finds a key without regard to case, as Hugo does.
func get(n *tree.Node, keys ...string) *tree.Node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		var found *tree.Node
		for _, e := range n.Entries {
			if strings.EqualFold(e.Key.Value, key) {
				found = e.Value
				break
			}
		}
		n = found
	}
	return n
}

// getText is the text of a key, "" where it has none.
func getText(n *tree.Node, keys ...string) string {
	if n = get(n, keys...); n == nil || n.Kind != tree.Scalar {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// hostOf is the host of an address, "" where it is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

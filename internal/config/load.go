package config

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/tree"
)

// Names of the file that is read where --config names none, best first.
var fileNames = []string{"publish.yaml", "publish.yml"}

// Default is the configuration of a site that says nothing.
func Default() *Config {
	return &Config{
		Output:     "public",
		PerPage:    20,
		Outputs:    []string{"html", "feeds", "search", "data"},
		Pages:      Pages{Countermeasures: "public", Insights: "public"},
		Facts:      "stated",
		Feed:       Feed{Limit: 20},
		Audience:   "public",
		Severities: slices.Clone(knownSeverities().scale),
	}
}

// Load reads the configuration of the site folder fsys. Name is the file that
// --config names, from the site folder; if it is empty, publish.yaml is read
// if there is one. What publish.yaml leaves open is taken from Jekyll's
// _config.yml, then title, description and language from the file of another
// tool. There is always a Config; the list says what is wrong with the files.
func Load(fsys fs.FS, name string) (*Config, diag.List) {
	c, diags := loadFiles(fsys, name)
	c.nameScale()
	return c, diags
}

func loadFiles(fsys fs.FS, name string) (*Config, diag.List) {
	c := Default()
	var diags diag.List
	if path.Base(name) != jekyllFile {
		c.readJekyll(fsys, jekyllFile, &diags)
	}
	names := fileNames
	if name != "" {
		names = []string{path.Clean(strings.TrimPrefix(name, "./"))}
	}
	for _, n := range names {
		text, err := readSmall(fsys, n)
		if errors.Is(err, fs.ErrNotExist) && name == "" {
			continue
		}
		if err != nil {
			diags.Report(diag.Config, diag.Pos{File: n}, unreadableHint(err), "%q cannot be read: %s", n, reason(err))
			return c, diags
		}
		if path.Base(n) == jekyllFile {
			c.readJekyll(fsys, n, &diags)
			return c, diags
		}
		c.File = n
		c.readStrictly(fsys, n, text, &diags)
		return c, diags
	}
	if !c.Jekyll {
		c.readOtherTools(fsys)
	}
	return c, diags
}

// maxSettings is the size of a file of settings, in bytes.
const maxSettings = 1 << 20

var errBig = errors.New("settings may have 1 MiB")

// readSmall reads a file of settings.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxSettings+1))
	if err == nil && len(text) > maxSettings {
		err = errBig
	}
	return text, err
}

// readStrictly decodes publish.yaml over what is already known.
func (c *Config) readStrictly(fsys fs.FS, name string, text []byte, diags *diag.List) {
	root, problems := tree.ParseYAML(name, 1, normal(text), diag.Config)
	*diags = append(*diags, problems...)
	if root == nil || problems.HasErrors() && len(root.Entries) == 0 {
		return
	}
	d := &decoder{diags: diags}
	d.mapping(root, "", keys, c)
	d.folders(fsys, root, c)
}

// folders checks what only the disk can tell: that the content folder is
// there, and that the output is not the site itself.
func (d *decoder) folders(fsys fs.FS, root *tree.Node, c *Config) {
	if c.Content != "" {
		if info, err := fs.Stat(fsys, c.Content); err != nil || !info.IsDir() {
			d.wrong(root.Get("content"), "make the folder, or leave the key out", "the content folder %q does not exist", c.Content)
		}
	}
	if n := root.Get("output"); n != nil && (c.Output == "." || c.Output == path.Clean(c.Content)) {
		d.wrong(n, "name a folder of its own, such as `public`", "the output %q would replace the site's own files", c.Output)
	}
}

// normal strips a byte-order mark and Windows line ends.
func normal(text []byte) []byte {
	s := strings.TrimPrefix(string(text), "\ufeff")
	return []byte(strings.ReplaceAll(s, "\r\n", "\n"))
}

// unreadableHint is what to do about a file of settings that cannot be read.
func unreadableHint(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid), errors.Is(err, errBig):
		return ""
	case errors.Is(err, fs.ErrPermission):
		return "give yourself the right to read it"
	}
	return "put the file itself there"
}

// reason says in plain words why a file could not be read.
func reason(err error) string {
	if errors.Is(err, fs.ErrInvalid) {
		return "it is not a path below the site folder"
	}
	return plainfile.Why(err)
}

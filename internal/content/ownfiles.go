package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/leak"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// OwnFiles looks through what a site's owners publish beside its texts: layouts,
// static files, and the settings that pages show. They are trusted not to attack
// readers; but whoever debugs a layout pastes a token as easily as anybody. With
// the doubts it gives the static files that it could not look into.
func (f *Folder) OwnFiles(fsys fs.FS, cfg *config.Config) (list diag.List, unread []string) {
	if f.settings == nil {
		return nil, nil
	}
	list = f.settings.leaksInSettings(fsys, cfg)
	for _, dir := range []string{"layouts", "static"} {
		_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			ext := strings.ToLower(path.Ext(name))
			if err != nil || !d.Type().IsRegular() || media[ext] {
				return nil // the theme says what it cannot read
			}
			raw, err := fs.ReadFile(fsys, name)
			switch {
			case err != nil:
			case closed[ext] || !isPlainText(fromUTF16(raw)):
				unread = append(unread, name)
			default:
				list = append(list, f.settings.leaksOfCode(name, fromUTF16(raw))...)
			}
			return nil
		})
	}
	return list, unread
}

// leaksOfCode is leaksOf but for the addresses of those who wrote a program: its
// licence asks for them.
func (s *settings) leaksOfCode(file string, raw []byte) diag.List {
	list := s.leaksOf(file, raw)
	switch path.Ext(file) {
	case ".js", ".mjs", ".css", ".map":
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.LeakPersonal })
	}
	return list
}

// unshown are the settings that no page shows, or that say what is internal.
var unshown = map[string]bool{"forbidden": true, "redact": true, "internal_hosts": true, "checks": true, "trackers": true}

// leaksInSettings looks through publish.yaml. Of another tool's file only the
// title and the description are shown.
func (s *settings) leaksInSettings(fsys fs.FS, cfg *config.Config) diag.List {
	raw, err := fs.ReadFile(fsys, cfg.File)
	if cfg.File == "" || err != nil {
		return nil
	}
	root, diags := tree.ParseYAML(cfg.File, 1, raw, diag.Config)
	if root == nil || diags.HasErrors() {
		return nil // config has said so
	}
	sheet := s.scanner.Sheet(cfg.File, leak.Hash)
	sheet.Allow(raw, 1)
	f := frontLeaks{reader: &reader{settings: s}, sheet: sheet, lines: newLines(raw), first: 1}
	for _, e := range root.Entries {
		key := e.Key.Value
		if !unshown[key] && (path.Base(cfg.File) != "_config.yml" || key == "title" || key == "description") && !postmortem.IsInternal(e.Value) {
			f.look(e.Value, signed[key])
		}
	}
	return sheet.Diags()
}

package config

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// Settings that are a pipe, or are longer than a person writes, would keep a
// build from ending.
func TestSettingsAreSmallFiles(t *testing.T) {
	for name, file := range map[string]*fstest.MapFile{
		"folder":                  {Mode: fs.ModeDir | 0o755},
		"settings may have 1 MiB": {Data: bytes.Repeat([]byte("# x\n"), maxSettings/4+1), Mode: 0o644},
	} {
		for _, settings := range []string{"publish.yaml", "_config.yml"} {
			_, diags := Load(fstest.MapFS{settings: file}, "")
			if len(diags) != 1 || !strings.Contains(diags[0].Message, name) {
				t.Errorf("%s: said %v, want %q", settings, diags, name)
			}
		}
	}
}

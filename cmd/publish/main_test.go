package main

import (
	"encoding/base64"
	"flag"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// update rewrites what the tests expect: `make golden`.
var update = flag.Bool("update", false, "rewrite the expected output of scripts and golden sites")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"publish": main, "publish-counted": mainCounted})
}

// TestScripts runs the real program on small sites, as a user does. One
// behaviour a file; the file's name is the behaviour.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, ".home"))
			e.Setenv("NO_COLOR", "1")
			e.Setenv("SOURCE_DATE_EPOCH", "1795219200") // 2026-11-21T00:00:00Z
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"decode":  decode,
			"nowhere": nowhere,
			"same":    same,
			"web":     web,
		},
	})
}

// decode FILE FILE: writes the bytes of what stands in the first in base 64.
func decode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: decode from to")
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(ts.ReadFile(args[0])), ""))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), raw, 0o644))
}

// nowhere FOLDER TEXT...: no file below the folder, by name or content, holds
// any of the texts.
func nowhere(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: nowhere folder text...")
	}
	walk(ts, args[0], func(name string, data []byte) {
		for _, text := range args[1:] {
			if contains(name, text) || contains(string(data), text) {
				ts.Fatalf("%s holds %q", name, text)
			}
		}
	})
}

// web FOLDER PATH: serves the folder below the path of a host, whose address
// becomes $WEB, and its host and port $WEBADDR.
func web(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: web folder path")
	}
	host := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(args[1], "/"), http.FileServer(http.Dir(ts.MkAbs(args[0])))))
	ts.Defer(host.Close)
	ts.Setenv("WEB", host.URL+args[1])
	ts.Setenv("WEBADDR", host.Listener.Addr().String())
}

// same FOLDER FOLDER: both hold the same files with the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] same folder folder")
	}
	a, b := map[string]string{}, map[string]string{}
	walk(ts, args[0], func(name string, data []byte) { a[name] = string(data) })
	walk(ts, args[1], func(name string, data []byte) { b[name] = string(data) })
	difference := ""
	for name, data := range a {
		if other, ok := b[name]; !ok || other != data {
			difference = name
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			difference = name
		}
	}
	if (difference != "") != neg {
		ts.Fatalf("%s and %s: differ in %q", args[0], args[1], difference)
	}
}

// walk reads every file below a folder; a folder without files fails.
func walk(ts *testscript.TestScript, dir string, visit func(name string, data []byte)) {
	files := 0
	root := ts.MkAbs(dir)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		visit(filepath.ToSlash(rel), data)
		return err
	})
	ts.Check(err)
	if files == 0 {
		ts.Fatalf("%s is empty", dir)
	}
}

func contains(s, part string) bool { return strings.Contains(s, part) }

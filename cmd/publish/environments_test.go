//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// surroundings are what a build must not depend on.
type surroundings struct {
	name    string
	umask   string // 022 if there is none
	env     []string
	folder  string // where the copy of the site stands, "site" if nowhere else
	arrange func(t *testing.T, site string)
	cwd     func(site string) string // a folder far away if there is none
	args    []string
	nobody  bool   // run by somebody without rights, if the test is root
	shell   string // what starts the command, if not a plain one
}

// environments differ from each other in as many things as may be at once. Nothing
// but what is written here is in the environment of a build.
var environments = []surroundings{
	{name: "plain", env: []string{"LC_ALL=C", "TZ=UTC", "GOMAXPROCS=2", "PATH=/usr/bin:/bin"}},
	{
		name: "French, on the other side of the world, a strict umask", umask: "077",
		env: []string{"LC_ALL=fr_FR.UTF-8", "LANG=fr_FR.UTF-8", "LANGUAGE=fr", "TZ=Pacific/Kiritimati", "GOMAXPROCS=1"},
	},
	{
		name: "Turkish, half an hour off, no umask", umask: "000",
		env: []string{"LC_ALL=tr_TR.UTF-8", "TZ=America/St_Johns", "GOMAXPROCS=8"},
	},
	{
		name: "no locale, a zone that nobody knows, one job", umask: "002",
		env: []string{"TZ=Mars/Olympus"}, args: []string{"--jobs", "1"},
	},
	{
		name: "another path, from inside of the content folder", folder: "été à l’Île #1 %41 'x' & \"y\" \\z/s",
		cwd: func(site string) string { return filepath.Join(site, "content") }, args: []string{"--site", ".."},
	},
	{
		name: "a deep path, from the site folder", folder: strings.Repeat("deep/", 40) + "site",
		cwd: func(site string) string { return site }, args: []string{"--site", "."},
	},
	{
		name: "as nobody, who has no home, from a folder that nobody may write to", folder: "read only/site",
		nobody: true, env: []string{"HOME=/nonexistent", "TZ=Asia/Kathmandu", "USER=nobody"}, arrange: modes(0o555, 0o444),
	},
	{name: "a home that is a file, no other programs", env: []string{"HOME=/dev/null", "XDG_CACHE_HOME=/dev/null", "PATH="}},
	{name: "files of long ago, private", folder: "old", arrange: both(touched(time.Unix(1, 0)), modes(0o700, 0o600))},
	{name: "files of the future, for everybody", folder: "young", arrange: both(touched(time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)), modes(0o777, 0o777))},
	{name: "lines that end as on Windows", folder: "windows", arrange: carriageReturns},
	{name: "behind a link", folder: "linked", arrange: behindLink},
	{name: "nowhere to print to", shell: `exec "$@" <&- >&- 2>&-`},
	{name: "a pipe that nobody reads", shell: `"$@" 2>&1 | true`, env: []string{"PATH=/usr/bin:/bin"}},
	{
		name: "a runner", shell: `"$@" </dev/null 2>&1 | cat >/dev/null`,
		env: []string{"CI=true", "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/reports", "TERM=dumb", "COLUMNS=20", "TZ=America/Los_Angeles", "HOME=relative", "PATH=/usr/bin:/bin"},
	},
	{name: "other zones", env: []string{"ZONEINFO=" + falseZones}},
}

// falseZones is filled by the test: a folder in which Paris is another place.
const falseZones = "FALSE ZONES"

// TestSameBytes builds two demanding sites in every one of the environments: each
// file has the same bytes and the same mode.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	e := newEarth(t)
	for _, site := range []string{"../..", "testdata/golden"} {
		var want map[string]string
		for i, s := range environments {
			t.Run(filepath.Base(site)+", "+s.name, func(t *testing.T) {
				out := e.build(t, site, s)
				got := everything(t, out)
				if i == 0 {
					want = got
				}
				if len(got) < 50 {
					t.Errorf("only %d files were written", len(got))
				}
				compareBuilds(t, want, got)
			})
		}
	}
}

// earth is where builds are made: folders that everybody may enter, on a file
// system in memory where there is one, and the program.
type earth struct {
	dir, program string
	builds       int
}

func newEarth(t *testing.T) *earth {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "publish-earth-")
	if err != nil {
		dir, err = os.MkdirTemp("", "publish-earth-") // those of the test are for its own user alone
	}
	must(t, err)
	t.Cleanup(func() {
		_ = modesOf(dir, 0o755, 0o644) // so that all can be removed
		must(t, os.RemoveAll(dir))
	})
	must(t, os.Chmod(dir, 0o755))
	e := &earth{dir: dir, program: filepath.Join(dir, "publish")}
	self, err := os.Executable()
	must(t, err)
	must(t, copyFile(self, e.program, 0o755)) // by this name it is the program (TestMain)
	zones := filepath.Join(dir, "zones", "Europe")
	must(t, os.MkdirAll(zones, 0o755))
	must(t, copyFile("/usr/share/zoneinfo/Pacific/Auckland", filepath.Join(zones, "Paris"), 0o644))
	return e
}

// build builds a copy of a site in an environment and gives the folder.
func (e *earth) build(t *testing.T, from string, s surroundings) string {
	t.Helper()
	e.builds++
	place := filepath.Join(e.dir, fmt.Sprint(e.builds))
	site := filepath.Join(place, filepath.FromSlash(s.folder), "site")
	copySite(t, from, site)
	holder := filepath.Join(place, "served")
	must(t, os.Mkdir(holder, 0o755))
	if s.arrange != nil {
		s.arrange(t, site)
	}
	out := filepath.Join(holder, "public")
	args := append([]string{"build", "--site", site, "--base-url", "https://example.org/reports/", "--output", out}, s.args...)
	shell := s.shell
	if shell == "" {
		shell = `exec "$@"`
	}
	umask := s.umask
	if umask == "" {
		umask = "022"
	}
	c := exec.Command("/bin/sh", append([]string{"-c", "umask " + umask + "; " + shell, "sh", e.program}, args...)...)
	c.Env = []string{"SOURCE_DATE_EPOCH=1795219200"} // 2026-11-21T00:00:00Z
	for _, v := range s.env {
		c.Env = append(c.Env, strings.Replace(v, falseZones, filepath.Join(e.dir, "zones"), 1))
	}
	c.Dir = e.dir
	if s.cwd != nil {
		c.Dir = s.cwd(site)
	}
	if s.nobody && os.Getuid() == 0 {
		must(t, os.Chown(holder, 65534, 65534))
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	said, err := c.CombinedOutput()
	if err != nil && s.shell == "" {
		t.Fatalf("%v\n%s", err, said)
	}
	return out
}

// copySite copies the files that make a site, the last by name first.
func copySite(t *testing.T, from, to string) {
	t.Helper()
	var files []string
	for _, part := range []string{"publish.yaml", "content"} {
		must(t, filepath.WalkDir(filepath.Join(from, part), func(file string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				files = append(files, file)
			}
			return err
		}))
	}
	for _, file := range slices.Backward(files) {
		rel, err := filepath.Rel(from, file)
		must(t, err)
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o755))
		must(t, copyFile(file, filepath.Join(to, rel), 0o644))
	}
}

func copyFile(from, to string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Chmod(mode)
}

func both(one, other func(*testing.T, string)) func(*testing.T, string) {
	return func(t *testing.T, site string) { one(t, site); other(t, site) }
}

// modes gives the folders and files of a site other modes.
func modes(folders, files fs.FileMode) func(*testing.T, string) {
	return func(t *testing.T, site string) { must(t, modesOf(site, folders, files)) }
}

func modesOf(dir string, folders, files fs.FileMode) error {
	return filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return os.Chmod(file, folders)
		case e.Type().IsRegular() && filepath.Base(file) != "publish":
			return os.Chmod(file, files)
		}
		return nil
	})
}

func touched(when time.Time) func(*testing.T, string) {
	return func(t *testing.T, site string) {
		must(t, filepath.WalkDir(site, func(file string, _ fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Chtimes(file, when, when)
		}))
	}
}

// carriageReturns makes the texts and settings those of a checkout by a git that
// converts them.
func carriageReturns(t *testing.T, site string) {
	changed := 0
	must(t, filepath.WalkDir(site, func(file string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(file); err != nil || ext != ".md" && ext != ".yaml" {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		changed++
		return os.WriteFile(file, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), 0o644)
	}))
	if changed < 5 {
		t.Errorf("only %d files were changed", changed)
	}
}

// behindLink puts a link in the place of the site.
func behindLink(t *testing.T, site string) {
	must(t, os.Rename(site, site+".real"))
	must(t, os.Symlink("site.real", site))
}

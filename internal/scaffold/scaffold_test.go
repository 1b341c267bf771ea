package scaffold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

func TestParseRemote(t *testing.T) {
	for address, want := range map[string]Remote{
		"git@github.com:owner/name.git":                 {Host: "github.com", Path: "owner/name"},
		"github.com:owner/name":                         {Host: "github.com", Path: "owner/name"},
		"git@github.com-work:owner/name.git":            {Host: "github.com", Path: "owner/name"},
		"https://github.com/owner/name":                 {Host: "github.com", Path: "owner/name"},
		"https://user:token@GitHub.com/owner/name.git/": {Host: "github.com", Path: "owner/name"},
		"ssh://git@ssh.github.com:443/owner/name.git":   {Host: "github.com", Path: "owner/name"},
		"git://example.org/a/b/c.git":                   {Host: "example.org", Path: "a/b/c"},
		"git@gitlab.com:group/sub/project.git":          {Host: "gitlab.com", Path: "group/sub/project"},
		"https://git.example.com:8443/a/b.git":          {Host: "git.example.com:8443", Path: "a/b"},
		"https://u:p@Git.example.com:443/a/b.git":       {Host: "git.example.com", Path: "a/b"},
		"http://git.local:3000/a/b.git":                 {Host: "git.local:3000", Path: "a/b", Plain: true},
		"http://git.local:80/a/b.git":                   {Host: "git.local", Path: "a/b"},
		"ssh://git@host:2222/a/b.git":                   {Host: "host", Path: "a/b"},
		"git://example.org:9418/a/b.git":                {Host: "example.org", Path: "a/b"},
		"https://[::1]:8443/a/b.git":                    {Host: "[::1]:8443", Path: "a/b"},
		"ssh://git@[::1]:2222/a/b.git":                  {Host: "[::1]", Path: "a/b"},
	} {
		if got, ok := ParseRemote(address); !ok || got != want {
			t.Errorf("%s is read as %+v, not %+v", address, got, want)
		}
	}
	for _, address := range []string{"", "/srv/git/reports.git", "../reports", "file:///srv/reports.git", `C:\git\reports`, "https://github.com/owner", "github.com"} {
		if got, ok := ParseRemote(address); ok {
			t.Errorf("%q is no repository on a host, but is read as %+v", address, got)
		}
	}
}

// A port of the web stays in addresses for the web, one of SSH does not.
func TestRemoteAddress(t *testing.T) {
	for from, want := range map[string]string{
		"https://git.example.com:8443/a/b.git": "https://git.example.com:8443/a/b",
		"ssh://git@host:2222/a/b.git":          "https://host/a/b",
		"http://git.local:3000/a/b.git":        "http://git.local:3000/a/b",
		"http://git.local/a/b.git":             "https://git.local/a/b",
		"ssh://git@[::1]:2222/a/b.git":         "https://[::1]/a/b",
	} {
		if r, ok := ParseRemote(from); !ok || r.Address() != want {
			t.Errorf("%s is read at %q, not at %q", from, r.Address(), want)
		}
	}
}

func TestPages(t *testing.T) {
	for remote, want := range map[Remote]string{
		{Host: "github.com", Path: "Owner/Name"}:              "https://owner.github.io/Name/",
		{Host: "github.com", Path: "Owner/owner.github.io"}:   "https://owner.github.io/",
		{Host: "gitlab.com", Path: "group/sub/project"}:       "https://group.gitlab.io/sub/project/",
		{Host: "gitlab.com", Path: "group/group.gitlab.io"}:   "https://group.gitlab.io/",
		{Host: "gitlab.example.org", Path: "group/project"}:   "",
		{Host: "github.example.org", Path: "owner/name"}:      "",
		{Host: "codeberg.org", Path: "somebody/postmortems"}:  "",
		{Host: "bitbucket.org", Path: "somebody/postmortems"}: "",
	} {
		if got := remote.Pages(); got != want {
			t.Errorf("the pages of %+v are at %q, not %q", remote, got, want)
		}
	}
}

// write makes files below a folder.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFindRepository(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"main/.git/config": "[Remote \"origin\"]\n\turl = git@github.com:o/first.git\n\turl = git@github.com:o/second.git\n" +
			"[branch \"main\"]\n\turl = no\n[remote \"other\"]\n\tURL = https://github.com/o/other\n",
		"main/.git/HEAD":                             "ref: refs/heads/feature/x\n",
		"main/.git/refs/remotes/origin/HEAD":         "ref: refs/remotes/origin/trunk\n",
		"main/.git/worktrees/side/commondir":         "../..\n",
		"main/.git/worktrees/side/HEAD":              "ref: refs/heads/side\n",
		"side/.git":                                  "gitdir: ../main/.git/worktrees/side\n",
		"side/docs/x.md":                             "",
		"only/.git/config":                           "[remote \"fork\"]\nurl = https://example.org/a/b\n",
		"quoted/.git/HEAD":                           "ref: refs/heads/it's+1\n",
		"only/.git/HEAD":                             "0123456789\n",
		"local/.git/config":                          "[remote \"origin\"]\n\turl = /srv/x.git\n",
		"two/.git/config":                            "[remote \"a\"]\nurl = https://example.org/a/b\n[remote \"b\"]\nurl = https://example.org/c/d\n",
		"broken/.git/config":                         "[remote \"origin\n= =\nurl\n[",
		"two/.git/refs/remotes/origin/HEAD":          "garbage",
		"outside-of-any-repository/postmortems/x.md": "",
	})
	first := Remote{Host: "github.com", Path: "o/first"}
	for below, want := range map[string]Repository{
		"main":                                  {filepath.Join(dir, "main"), first, "trunk"},
		"quoted":                                {filepath.Join(dir, "quoted"), Remote{}, ""},
		"side/docs":                             {filepath.Join(dir, "side"), first, "trunk"},
		"only":                                  {filepath.Join(dir, "only"), Remote{Host: "example.org", Path: "a/b"}, ""},
		"local":                                 {filepath.Join(dir, "local"), Remote{}, ""},
		"two":                                   {filepath.Join(dir, "two"), Remote{}, ""},
		"broken":                                {filepath.Join(dir, "broken"), Remote{}, ""},
		"outside-of-any-repository/postmortems": {},
	} {
		if got := FindRepository(filepath.Join(dir, filepath.FromSlash(below))); got != want {
			t.Errorf("%s lies in %+v, not %+v", below, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, one := range []struct{ all, messages, lang, want string }{
		{"", "", "", "en"},
		{"", "", "fr_FR.UTF-8", "fr"},
		{"", "", "fr", "fr"},
		{"", "", "fr-CA", "fr"},
		{"C", "", "fr_FR.UTF-8", "en"},
		{"", "fr_BE@euro", "en_US.UTF-8", "fr"},
		{"", "", "de_DE.UTF-8", "en"},
		{"", "", "POSIX", "en"},
	} {
		set := map[string]string{"LC_ALL": one.all, "LC_MESSAGES": one.messages, "LANG": one.lang}
		if got := Language(func(name string) string { return set[name] }); got != one.want {
			t.Errorf("%v is %q, not %q", set, got, one.want)
		}
	}
}

func TestZone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"debian/etc/timezone": "America/Sao_Paulo\n", "odd/etc/timezone": "Nowhere/Here\n", "linked/etc/x": ""})
	if err := os.Symlink("../usr/share/zoneinfo/Asia/Kolkata", filepath.Join(dir, "linked/etc/localtime")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/usr/share/zoneinfo/Asia/Tokyo", filepath.Join(dir, "linked/etc/other")); err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct{ tz, root, want string }{
		{"Europe/Paris", "none", "Europe/Paris"},
		{":Europe/Paris", "none", "Europe/Paris"},
		{"/usr/share/zoneinfo/Europe/Paris", "none", "Europe/Paris"},
		{":/etc/localtime", "linked", "Asia/Kolkata"},
		{"/etc/localtime", "linked", "Asia/Kolkata"},
		{":/etc/localtime", "debian", "America/Sao_Paulo"},
		{":localtime", "linked", "Asia/Kolkata"},
		{":/usr/share/zoneinfo/localtime", "linked", "Asia/Kolkata"},
		{":/etc/other", "linked", "Asia/Tokyo"},
		{":/etc/missing", "debian", "UTC"},
		{"CET-1CEST", "linked", "UTC"},
		{"UTC0", "linked", "UTC"},
		{"", "none", "UTC"},
		{"", "debian", "America/Sao_Paulo"},
		{"", "odd", "UTC"},
		{"", "linked", "Asia/Kolkata"},
	} {
		getenv := func(name string) string { return map[string]string{"TZ": one.tz}[name] }
		if got := Zone(getenv, filepath.Join(dir, one.root)); got != one.want {
			t.Errorf("TZ=%q in %q is %q, not %q", one.tz, one.root, got, one.want)
		}
	}
}

// YAML reads again what was written, as a text.
func TestScalar(t *testing.T) {
	for _, text := range []string{
		"Postmortems at acme", "https://acme.github.io/x/", "Example: a title", "it # is", "no", "True", "12", "2026-11-21", "1e3", "- x", "a: b", "a:", "",
		"« Accès » à l’API : 12 h", "{x}", "\"quoted\"", "it's", "&a", "*b", "!c", "%d", "@e", "`f`", "|", ">", "a\nb", "\ttab", "trailing ", "<b>&amp;", "~", "null", ".inf", "a,b", "[x]", "é", "😀",
		"github.com/o/n", "x\u2028y", "back\\slash", "=", "?", "a ?", "C++",
	} {
		root, said := tree.ParseYAML("x", 1, []byte("key: "+Scalar(text)+" # a remark\n"), diag.Config)
		if n := root.Get("key"); len(said) > 0 || n == nil || n.Value != text {
			t.Errorf("%q is written as %s and read as %+v %v", text, Scalar(text), n, said)
		}
		list, said := tree.ParseYAML("x", 1, []byte("key: ["+Scalar(text)+", b]\n"), diag.Config)
		if n := list.Get("key"); len(said) > 0 || n == nil || len(n.Items) != 2 || n.Items[0].Value != text {
			t.Errorf("%q in a list is written as %s and read as %+v %v", text, Scalar(text), n, said)
		}
	}
}

func TestIgnored(t *testing.T) {
	for public, want := range map[string]string{
		"public":   "/public/ /.public.lock /.public.publish-*",
		"out/site": "/out/site/ /out/.site.lock /out/.site.publish-*",
	} {
		if got := strings.Join(Facts{Public: public}.Ignored(), " "); got != want {
			t.Errorf("of %q %q is ignored, not %q", public, got, want)
		}
	}
}

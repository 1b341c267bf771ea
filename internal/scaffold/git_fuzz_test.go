package scaffold

import (
	"strings"
	"testing"
)

// FuzzRemotes: whatever stands in a repository's configuration, no password of an
// address and no blank gets into what `init` writes.
func FuzzRemotes(f *testing.F) {
	for _, s := range []string{
		"[remote \"origin\"]\n\turl = git@github.com:acme/site.git\n", "[remote \"a\"]\nurl=https://u:p@gitlab.com/x/y\nurl=z\n", "[remote]\nurl = x", "[", "url = x", "[remote \"o\"]\nURL = ssh://git@host:22/a/b/c.git/",
		"[remote \"origin\"]\nurl = C:\\x\\y\n", "[remote \"origin\"]\nurl = /srv/git/x.git\n", "[remote \"origin\"]\nurl = https://h/../../x\n", "[remote \"origin\"]\nurl = https://h/a%0ab/c\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, config string) {
		all := remotes(config)
		for _, one := range all {
			r, ok := ParseRemote(one.address)
			if !ok {
				continue
			}
			if r.Host == "" || !strings.Contains(r.Path, "/") || strings.HasPrefix(r.Path, "/") || strings.Contains("/"+r.Path+"/", "/../") {
				t.Errorf("%q is read as %+v", one.address, r)
			}
			if strings.Contains(r.Host, "@") {
				t.Errorf("%q keeps a user: %+v", one.address, r)
			}
			_, _, _, _ = r.Owner(), r.Name(), r.Kind(), r.Pages()
		}
		originOf(all)
	})
}

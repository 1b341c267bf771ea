package scaffold

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"publish/internal/pattern"
	"publish/internal/plainfile"
)

// Repository is what a git repository says of itself in its files. Neither git
// nor anybody's name is needed to read them.
type Repository struct {
	Root   string // the folder that holds .git; "" without git
	Remote Remote // zero if there is none on a host
	Branch string // the one that is published; "" if nothing says so
}

// FindRepository looks for the git repository that holds a folder.
func FindRepository(dir string) Repository {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			r := Repository{Root: at}
			r.read(filepath.Join(at, ".git"))
			return r
		}
		if filepath.Dir(at) == at {
			return Repository{}
		}
	}
}

// read reads what is kept in the folder of git, which the work trees of a
// repository share. What cannot be read says nothing.
func (r *Repository) read(git string) {
	own := follow(git, "gitdir: ") // of a work tree, or of a submodule
	shared := own
	if text, err := plainfile.Read(os.OpenFile, filepath.Join(own, "commondir")); err == nil {
		shared = from(own, strings.TrimSpace(string(text)))
	}
	text, err := plainfile.Read(os.OpenFile, filepath.Join(shared, "config"))
	if err == nil {
		r.Remote = originOf(remotes(string(text)))
	}
	r.Branch = head(filepath.Join(shared, "refs", "remotes", "origin", "HEAD"), "refs/remotes/origin/")
	if r.Branch == "" {
		r.Branch = head(filepath.Join(own, "HEAD"), "refs/heads/")
	}
}

// follow gives the folder that a file called .git names, or the path itself.
func follow(name, key string) string {
	if text, err := plainfile.Read(os.OpenFile, name); err == nil {
		if to, ok := strings.CutPrefix(strings.TrimSpace(string(text)), key); ok {
			return from(filepath.Dir(name), to)
		}
	}
	return name
}

func from(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// head is the branch that a symbolic reference names.
func head(file, prefix string) string {
	text, err := plainfile.Read(os.OpenFile, file)
	if err != nil {
		return ""
	}
	name, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "ref: "+prefix)
	if !ok || !plainBranch.MatchString(name) {
		return ""
	}
	return name
}

// plainBranch is a name that means itself wherever it is written: hosts take
// others for patterns, and quotes would end early.
var plainBranch = pattern.New(`^[A-Za-z0-9._/-]+$`)

// remote is one of git's configuration.
type remote struct{ name, address string }

// remotes reads the remotes of a configuration of git, in their order. Of
// several addresses the first counts: git fetches from it.
func remotes(config string) (all []remote) {
	in := ""
	lines := bufio.NewScanner(strings.NewReader(config))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") {
			section, _, _ := strings.Cut(strings.TrimPrefix(line, "["), "]")
			kind, name, _ := strings.Cut(section, " ")
			in = ""
			if strings.EqualFold(kind, "remote") {
				in = strings.Trim(strings.TrimSpace(name), `"`)
			}
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok || in == "" || !strings.EqualFold(strings.TrimSpace(key), "url") {
			continue
		}
		value = strings.Trim(strings.TrimSpace(value), `"`)
		if len(all) == 0 || all[len(all)-1].name != in {
			all = append(all, remote{in, value})
		}
	}
	return all
}

// originOf is the remote "origin", else the only one that is on a host.
func originOf(all []remote) Remote {
	var found []Remote
	for _, one := range all {
		r, ok := ParseRemote(one.address)
		if ok && one.name == "origin" {
			return r
		}
		if ok {
			found = append(found, r)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return Remote{}
}

package scaffold

import (
	"net/url"
	"path"
	"strings"

	"publish/internal/pattern"
)

// Hosts that publish a repository's site.
const (
	GitHub = "github"
	GitLab = "gitlab"
	Server = "server" // a machine of one's own, or anything else
)

// Remote is a repository on a host, as git's configuration names it.
type Remote struct {
	Host string // "github.com"; with the port on which the web is answered, if it is another than usual
	Path string // "owner/name"; on GitLab there may be groups above
	// Plain says that the web is answered there without encryption.
	Plain bool
}

// scpLike is git's short form of an SSH address: user@host:path.
var scpLike = pattern.New(`^(?:[^@/:]+@)?([^/:@]{2,}):([^/\\].*)$`)

// ParseRemote reads the address of a remote in any form that git takes. A
// folder of this machine is no host. Users and passwords in it are left out.
func ParseRemote(address string) (Remote, bool) {
	address = strings.TrimSpace(address)
	var host, name string
	var plain bool
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host, plain = webHost(u)
		name = u.Path
	} else if m := scpLike.FindStringSubmatch(address); m != nil {
		host, name = m[1], m[2]
	}
	name = strings.TrimSuffix(strings.Trim(path.Clean("/"+name), "/"), ".git")
	if host == "" || !strings.Contains(name, "/") {
		return Remote{}, false
	}
	return Remote{Host: realHost(strings.ToLower(host)), Path: name, Plain: plain}, true
}

// webHost is the host on which people read what git fetches from an address. A
// port of HTTP is that of the web too; one of SSH says nothing of it. Where git
// asks without encryption on a port of its own, nothing else answers there.
func webHost(u *url.URL) (host string, plain bool) {
	host, port := u.Host, u.Port()
	host = strings.TrimSuffix(strings.TrimSuffix(host, port), ":")
	switch {
	case u.Scheme == "https" && port != "" && port != "443":
		return host + ":" + port, false
	case u.Scheme == "http" && port != "" && port != "80":
		return host + ":" + port, true
	}
	return host, false
}

// realHost undoes what people with several accounts call a host in their SSH
// settings (github.com-work), and the host that GitHub answers SSH on behind
// firewalls.
func realHost(host string) string {
	for _, known := range []string{"github.com", "gitlab.com"} {
		if host == "www."+known || host == "ssh."+known || host == "altssh."+known || strings.HasPrefix(host, known+"-") {
			return known
		}
	}
	return host
}

// Owner and Name are the first and the last part of the path.
func (r Remote) Owner() string { return strings.Split(r.Path, "/")[0] }

// Name is the repository's own.
func (r Remote) Name() string { return path.Base(r.Path) }

// Address is where people read the repository.
func (r Remote) Address() string {
	if r.Plain {
		return "http://" + r.Host + "/" + r.Path
	}
	return "https://" + r.Host + "/" + r.Path
}

// Kind is what the host can do for the site, by its name.
func (r Remote) Kind() string {
	switch {
	case strings.Contains(r.Host, GitHub):
		return GitHub
	case strings.Contains(r.Host, GitLab):
		return GitLab
	}
	return Server
}

// Pages is where the host puts the site of the repository, "" where that
// cannot be known: a host of one's own has its own rules. GitLab may have put a
// number behind the name since; its pipelines say where a site really is.
func (r Remote) Pages() string {
	suffix := map[string]string{"github.com": ".github.io", "gitlab.com": ".gitlab.io"}[r.Host]
	if suffix == "" {
		return ""
	}
	host, below, _ := strings.Cut(r.Path, "/")
	host = strings.ToLower(host) + suffix
	if strings.EqualFold(below, host) {
		return "https://" + host + "/"
	}
	return "https://" + host + "/" + below + "/"
}

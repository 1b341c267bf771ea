package config

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"publish/internal/diag"
)

const baseURLHint = "write it in full, such as `https://example.org/postmortems/`"

// parseBaseURL reads the address of a site. Its path gets a closing slash. A
// problem is the end of a sentence that begins with the setting's name.
func parseBaseURL(s string) (u *url.URL, problem string) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil:
		return nil, "is not an address"
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, "must begin with https:// or http://"
	case u.Hostname() == "":
		return nil, "names no host"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, "must end with a path: no ? and no #"
	case u.User != nil:
		return nil, "must not hold a user name or a password"
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == "." || part == ".." {
			return nil, "must not hold . or .. as a folder"
		}
	}
	if u.Host, err = asciiHost(u); err != nil || u.Hostname() == "" { // of a soft hyphen nothing is left
		return nil, "names a host that cannot be one"
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
		if u.RawPath != "" {
			u.RawPath += "/"
		}
	}
	return u, ""
}

// asciiHost is the host as addresses have it (RFC 3986): sitemaps, RSS and JSON
// Feed know no other letters.
func asciiHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Host)
	if strings.IndexFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return host, nil
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return host, err
}

// ResolveBaseURL settles where the site will stand, nil if nothing says so
// (DESIGN.md §2): --base-url, then PUBLISH_BASE_URL, then the configuration,
// then a guess from what GitHub Actions says of the repository. An address
// that cannot be read is an error and ends the search.
func ResolveBaseURL(flag, env string, getenv func(string) string, c *Config) (*url.URL, diag.List) {
	var diags diag.List
	for _, given := range []struct{ name, value string }{{"--base-url", flag}, {"PUBLISH_BASE_URL", env}} {
		if given.value == "" {
			continue
		}
		u, problem := parseBaseURL(given.value)
		if problem != "" {
			diags.Report(diag.Config, diag.Pos{}, baseURLHint, "%s %s: %q", given.name, problem, given.value)
		}
		return u, diags
	}
	if c.BaseURL != nil || c.BaseURLWrong {
		return c.BaseURL, diags
	}
	if u := guessBaseURL(getenv); u != nil {
		diags.Report(diag.BaseURLGuessed, diag.Pos{File: c.File}, "write `base_url:` in publish.yaml if it stands elsewhere",
			"the site's address is guessed from GITHUB_REPOSITORY: %s", u)
		return u, diags
	}
	diags.Report(diag.BaseURLMissing, diag.Pos{File: c.File}, "write `base_url:` in publish.yaml",
		"the site's address is not known: feeds, the sitemap and canonical links are left out")
	return nil, diags
}

// guessBaseURL knows where GitHub Pages puts a repository. A server of one's
// own has its own rules, so nothing is guessed there.
func guessBaseURL(getenv func(string) string) *url.URL {
	owner, name, ok := strings.Cut(getenv("GITHUB_REPOSITORY"), "/")
	server := getenv("GITHUB_SERVER_URL")
	if !ok || owner == "" || name == "" || strings.Contains(name, "/") || server != "" && server != "https://github.com" {
		return nil
	}
	host := strings.ToLower(owner) + ".github.io"
	u := &url.URL{Scheme: "https", Host: host, Path: "/"}
	if !strings.EqualFold(name, host) {
		u.Path = "/" + name + "/"
	}
	return u
}

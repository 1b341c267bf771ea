package render

import (
	"net/url"
	"strings"
)

// forge is what the addresses of a host of repositories look like. HEAD is the
// default branch there.
type forge struct {
	hosts             []string // words in the host's name
	view, edit, issue string
	// views begin the rest of an address that names a branch or a folder, and
	// edits what takes its place to edit.
	views, edits string
}

// forges are GitHub, GitLab and Forgejo, which runs Codeberg, and Gitea. What
// is unknown is taken for the first, as far as reading goes.
var forges = []forge{
	{[]string{"github"}, "/blob/HEAD/", "/edit/HEAD/", "/issues/new", "/tree/", "/edit/"},
	{[]string{"gitlab"}, "/-/blob/HEAD/", "/-/edit/HEAD/", "/-/issues/new", "/-/tree/", "/-/edit/"},
	{[]string{"codeberg", "forgejo", "gitea"}, "/src/branch/HEAD/", "/_edit/HEAD/", "/issues/new", "/src/branch/", "/_edit/"},
}

// sourceLinks are where a repository's host shows a file, edits it, and takes
// reports about it; the last two are empty for an unknown host.
type sourceLinks struct{ view, edit, issue string }

// linksOfSource reads a repository's address. One that names a branch or folder
// already ("…/tree/main/site") is gone on from there.
func linksOfSource(repository, file string) sourceLinks {
	repository = strings.TrimSuffix(strings.TrimSuffix(repository, "/"), ".git")
	u, err := url.Parse(repository)
	if err != nil || !isURL(repository) {
		return sourceLinks{}
	}
	file = (&url.URL{Path: file}).EscapedPath()
	f, known := forgeOf(u.Host)
	links := sourceLinks{repository + f.view + file, repository + f.edit + file, repository + f.issue}
	for _, mark := range []string{f.views, strings.Replace(f.views, "tree", "blob", 1), "/tree/", "/blob/", "/src/"} {
		if root, rest, ok := strings.Cut(repository, mark); ok {
			links = sourceLinks{repository + "/" + file, root + f.edits + rest + "/" + file, root + f.issue}
			break
		}
	}
	if !known {
		links.edit, links.issue = "", ""
	}
	return links
}

func forgeOf(host string) (forge, bool) {
	for _, f := range forges {
		for _, name := range f.hosts {
			if strings.Contains(strings.ToLower(host), name) {
				return f, true
			}
		}
	}
	return forges[0], false
}

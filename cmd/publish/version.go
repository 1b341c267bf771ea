package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/pattern"
	"publish/internal/scaffold"
)

// version is set by the linker in releases.
var version = "development"

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "print the version",
		Example: "  publish version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(p.stdout, "publish %s%s (%s, %s/%s)\n", released(), revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// released is what the binary is called: what the linker was told, else the tag
// of its commit, which the toolchain notes by itself.
func released() string {
	if info, ok := debug.ReadBuildInfo(); ok && version == "development" {
		return tagOf(info.Main.Version)
	}
	return version
}

// tagOf is the tag that Go's version of a module names. A commit without one is
// called by its time and id there, which is no release.
func tagOf(module string) string {
	tag := strings.TrimSuffix(module, "+dirty")
	if !strings.HasPrefix(tag, "v") || untagged.MatchString(tag) {
		return "development"
	}
	return tag
}

// untagged is a version that Go made up: https://go.dev/ref/mod#pseudo-versions
var untagged = pattern.New(`[-.]\d{14}-[0-9a-f]{12}$`)

// revision is the commit that the binary was built from, if the toolchain
// noted it, and whether files had been changed since.
func revision() string {
	commit, changed := builtCommit()
	switch {
	case len(commit) < 12:
		return ""
	case changed:
		return " " + commit[:12] + ", changed since"
	}
	return " " + commit[:12]
}

// builtCommit is the commit that the binary was built from, in full.
func builtCommit() (commit string, changed bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", false
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	return commit, changed
}

// repository is where this program's sources are, as git clones them. It is set
// by the linker (make build, make install), since no toolchain notes it.
var repository = ""

// source is where the running program comes from: what a workflow says to use
// the same.
type source struct {
	action  string // owner/name@commit, on GitHub
	clone   string // the address to clone
	commit  string
	release string // what the commit is called, if it is a release
	// changed says that the program was built of changed sources, which no commit
	// has.
	changed bool
}

// builtFrom is this program's source, as far as it is known.
func builtFrom() source {
	commit, changed := builtCommit()
	return sourceOf(repository, commit, changed, released())
}

// sourceOf is the source that an address and a commit name. Sources that were
// changed since are somewhere else, and not at that commit.
func sourceOf(repository, commit string, changed bool, name string) source {
	from, ok := scaffold.ParseRemote(repository)
	switch {
	case changed:
		return source{changed: true}
	case !ok || commit == "":
		return source{}
	}
	s := source{clone: from.Address() + ".git", commit: commit}
	if from.Kind() == scaffold.GitHub {
		s.action = from.Path + "@" + commit
	}
	if name != "development" {
		s.release = name
	}
	return s
}

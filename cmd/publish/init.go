package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/pattern"
	"publish/internal/plainfile"
	"publish/internal/scaffold"
)

// initFlags are the options of `publish init`.
type initFlags struct {
	flags
	host   string
	action string
	dryRun bool
}

var initHosts = []string{scaffold.GitHub, scaffold.GitLab, scaffold.Server}

func (p *program) initCommand() *cobra.Command {
	f := &initFlags{flags: flags{jobs: 1}}
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "begin a site: settings, a report to learn from, a workflow that publishes",
		Long: `init writes what a new site begins with: a commented publish.yaml, a postmortem
that teaches by example, the workflow that puts the site on GitHub Pages (or the
pipeline for GitLab), the lines of .gitignore and a task for VS Code. It asks
nothing: the address and the repository come from git's remote, the language and
the time zone from this machine. In a folder that holds postmortems already, or
a site of pages alone, it writes no sample, and settings that leave them as they
are read.

What is there already stays as it is and is named.`,
		Example: `  publish init
  publish init ../postmortems --dry-run
  publish init docs/incidents --host gitlab`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("see `publish init --help`", "`publish init` takes one folder, and no \"%s\"", args[1])
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			f.site = "."
			if len(args) == 1 {
				f.site = args[0]
			}
			return p.initSite(c.Context(), f)
		},
	}
	c.Flags().StringVar(&f.host, "host", "", "where the site will be published: github, gitlab or server (default by git's remote, else github)")
	c.Flags().StringVar(&f.action, "action", "", "whose `OWNER/publish@COMMIT` the workflow uses (default this program's, if it knows)")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be written, and write nothing")
	c.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	return c
}

// newFile is a file that init writes, or appends lines to, from the top of the
// repository if there is one, else from the site folder.
type newFile struct {
	path  string
	text  string
	lines []string // to append where they are missing; then text is ""
}

func (p *program) initSite(ctx context.Context, f *initFlags) error {
	if f.host != "" && !slices.Contains(initHosts, f.host) {
		return usagef(meant("host", f.host, initHosts, "the hosts are "+strings.Join(initHosts, ", ")), "there is no host \"%s\"", f.host)
	}
	source, err := f.source()
	if err != nil {
		return err
	}
	made, err := f.makeFolder()
	if err != nil {
		return err
	}
	begin, err := p.begin(f, source)
	if made != "" && (f.dryRun || err != nil) {
		defer removeEmpty(made, f.site)
	}
	if err != nil {
		return err
	}
	files := begin.files()
	root, err := os.OpenRoot(begin.top)
	if err != nil {
		return machinef("", "%w", err)
	}
	defer root.Close()
	var kept, wrote []string
	for _, file := range files {
		if ctx.Err() != nil {
			return interrupted("")
		}
		done, err := file.write(root, f.dryRun)
		if err != nil {
			return machinef("what was written before stays: "+strings.Join(append(wrote, "nothing")[:max(1, len(wrote))], ", "), "\"%s\": %w", file.path, err)
		}
		if done {
			wrote = append(wrote, file.path)
		} else {
			kept = append(kept, file.path)
		}
	}
	if !f.quiet {
		p.sayBegun(f, begin, wrote, kept)
	}
	return nil
}

// makeFolder makes the folder of the site where there is none, and gives the
// outermost one that it made.
func (f *initFlags) makeFolder() (made string, err error) {
	info, err := os.Stat(f.site)
	switch {
	case err == nil && info.IsDir():
		return "", nil
	case err == nil:
		return "", usagef("name a folder", "\"%s\" is a file", f.site)
	case !errors.Is(err, fs.ErrNotExist):
		return "", machinef("", "%w", err)
	}
	made = filepath.Clean(f.site)
	for above := filepath.Dir(made); above != made; above = filepath.Dir(above) {
		if _, err := os.Stat(above); err == nil {
			break
		}
		made = above
	}
	if err := os.MkdirAll(f.site, 0o755); err != nil {
		return "", machinef("", "%w", err)
	}
	return made, nil
}

// removeEmpty takes back the folders that makeFolder made, as far as nothing is
// in them.
func removeEmpty(outermost, innermost string) {
	for at := filepath.Clean(innermost); ; at = filepath.Dir(at) {
		if os.Remove(at) != nil || at == outermost {
			return
		}
	}
}

// write writes the file, or the lines that are missing, and says whether there
// was anything to write. What is there stays, byte for byte.
func (n newFile) write(root *os.Root, dry bool) (done bool, err error) {
	name := filepath.FromSlash(n.path)
	if n.lines != nil {
		return n.appendTo(root, name, dry)
	}
	if _, err := root.Lstat(name); err == nil {
		return false, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if dry {
		return true, nil
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return false, err
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	_, err = file.WriteString(n.text)
	return true, errors.Join(err, file.Close())
}

// appendTo adds the lines that a file lacks.
func (n newFile) appendTo(root *os.Root, name string, dry bool) (done bool, err error) {
	text, err := plainfile.Read(root.OpenFile, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	there := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		there[strings.Trim(strings.TrimSpace(line), "/")] = true
	}
	missing := slices.DeleteFunc(slices.Clone(n.lines), func(line string) bool { return there[strings.Trim(line, "/")] })
	if len(missing) == 0 || dry {
		return len(missing) > 0, nil
	}
	end := "\n"
	if strings.Contains(string(text), "\r\n") {
		end = "\r\n"
	}
	added := strings.Join(missing, end) + end
	if len(text) > 0 && text[len(text)-1] != '\n' {
		added = end + added
	}
	return true, plainfile.Append(root.OpenFile, name, added)
}

// sayBegun says what was done, what was guessed and what comes next.
func (p *program) sayBegun(f *initFlags, b *beginning, wrote, kept []string) {
	word := "wrote"
	if f.dryRun {
		word = "would write"
	}
	for _, name := range wrote {
		p.say("%s %s", word, b.shown(name))
	}
	for _, name := range kept {
		p.say("kept %s, which is there already", b.shown(name))
	}
	if f.dryRun {
		return
	}
	at := ""
	if b.dir != b.here {
		at = " --site " + scaffold.Word(f.site)
	}
	look := "look at it"
	if b.sample != "" && slices.Contains(wrote, b.inTop(b.sample)) {
		look += "; " + b.sample + " is an example to change or delete"
	}
	p.say("next: `publish serve --open%s`: %s", at, look)
	write := "write a report"
	if b.pages {
		write = "write the first report"
	}
	p.say("next: `publish new \"What happened\"%s`: %s", at, write)
	p.say("next: %s", b.online(slices.ContainsFunc(wrote, isPipeline)))
}

// isPipeline says whether a file tells a host what to do.
func isPipeline(name string) bool {
	return name == ".gitlab-ci.yml" || strings.HasPrefix(name, ".github/workflows/")
}

// actionAt is how a workflow names an action. Owners, names, tags and commits of
// GitHub hold no other letters.
var actionAt = pattern.New(`^[\w.-]+/[\w.-]+@[\w./+-]*\w$`)

// source is whose publish the workflow uses.
func (f *initFlags) source() (s source, err error) {
	if f.action == "" {
		return builtFrom(), nil
	}
	name, commit, _ := strings.Cut(f.action, "@")
	if !actionAt.MatchString(f.action) {
		return source{}, usagef("write OWNER/publish@COMMIT", "--action \"%s\" names no repository and commit", f.action)
	}
	return source{action: f.action, clone: fmt.Sprintf("https://github.com/%s.git", name), commit: commit}, nil
}

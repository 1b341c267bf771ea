package main

import (
	"cmp"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/output"
	"publish/internal/plainfile"
	"publish/internal/postmortem"
	"publish/internal/scaffold"
	"publish/internal/zoneinfo"
)

// beginning is what `publish init` found out about a folder, and makes of it.
type beginning struct {
	dir, here string // the site folder and the current one, in full
	top       string // of the repository; the site folder without one
	below     string // the site folder from there, "" for that itself
	host      string
	facts     scaffold.Facts
	sample    string // its path from the site folder; "" if there is to be none
	address   string // of the site, "" if it is not known
	pages     bool   // there are pages, and no report
	changed   bool   // this program is of sources that no commit has
}

// begin finds out everything that init needs to know.
func (p *program) begin(f *initFlags, from source) (*beginning, error) {
	w, err := p.open(&f.flags)
	if err != nil {
		return nil, err
	}
	defer w.root.Close()
	cfg, said := config.Load(plainfile.Below(w.root), "")
	if said.HasErrors() {
		return nil, usagef("run `publish check` and mend it first", "%s: %s", said[0].Pos, said[0].Message)
	}
	if err := refuseInside(w.dir, f.site, cfg); err != nil {
		return nil, err
	}
	folder, _, err := content.Load(plainfile.Below(w.root), cfg, content.Options{Internal: true, Gitignores: gitignores(w.dir)})
	if err != nil {
		return nil, machinef("", "%w", err)
	}
	b := &beginning{dir: w.dir, top: w.dir, host: f.host}
	b.here, _ = os.Getwd() // without one, the folder is another
	repository := scaffold.FindRepository(w.dir)
	if repository.Root != "" {
		b.top = repository.Root
		rel, _ := filepath.Rel(b.top, b.dir) // one holds the other
		b.below = strings.TrimPrefix(filepath.ToSlash(rel), ".")
	}
	b.host = cmp.Or(b.host, b.guessHost(repository.Remote))
	texts := textsIn(folder)
	b.pages = len(texts) > 0 && len(reportsIn(folder)) == 0
	zone := b.settle(p, cfg, repository, texts)
	now, err := p.moment(&f.flags, zone)
	if err != nil {
		return nil, err
	}
	b.facts.Date = now.AddDate(0, 0, -1).Format(time.DateOnly)
	if len(texts) == 0 {
		b.sample = path.Join(placeOfReports(cfg, folder, now), b.facts.Date+"-"+map[string]string{"en": "example", "fr": "exemple"}[b.facts.Words]+".md")
	}
	b.facts.Branch = cmp.Or(repository.Branch, "main")
	b.facts.Site = cmp.Or(b.below, ".")
	b.facts.Public = cmp.Or(b.facts.Output, cfg.Output)
	b.changed = from.changed
	b.facts.Action, b.facts.Sources, b.facts.Commit, b.facts.Release = from.action, from.clone, from.commit, from.release
	return b, nil
}

// guessHost goes by the remote, else by what is there already, else by what most
// people use.
func (b *beginning) guessHost(r scaffold.Remote) string {
	if r.Host != "" {
		return r.Kind()
	}
	if _, err := os.Stat(filepath.Join(b.top, ".gitlab-ci.yml")); err == nil {
		return scaffold.GitLab
	}
	return scaffold.GitHub
}

// reportsIn are the texts of a folder that are more than pages.
func reportsIn(folder *content.Folder) []*content.Document {
	return slices.DeleteFunc(slices.Clone(folder.Documents), func(d *content.Document) bool { return d.Kind == postmortem.KindPage })
}

// textsIn are what a site consists of already: reports, or where there is none, its
// pages. A folder that nobody declared to be a site publishes no pages.
func textsIn(folder *content.Folder) []*content.Document {
	if reports := reportsIn(folder); len(reports) > 0 || folder.OnlyPostmortems {
		return reports
	}
	return folder.Documents
}

// settle decides what publish.yaml says, so that it changes nothing of how
// texts that are there are read: what other files of the site say stays, and
// of language and zone nothing is claimed for texts that were written without. It
// gives the zone of the site.
func (b *beginning) settle(p *program, cfg *config.Config, repository scaffold.Repository, texts []*content.Document) *time.Location {
	r, facts := repository.Remote, &b.facts
	facts.Words = cmp.Or(languageOf(cfg, texts), scaffold.Language(p.getenv))
	if !slices.Contains(scaffold.Languages(), facts.Words) {
		facts.Words = "en"
	}
	facts.Settled = map[string]bool{}
	if cfg.Jekyll {
		facts.SettledFile = cfg.File
		for key, settled := range map[string]bool{
			"title": cfg.Title != "", "base_url": cfg.BaseURL != nil, "language": cfg.Language != "",
			"timezone": cfg.Timezone != nil, "repository": cfg.Repository != "",
		} {
			facts.Settled[key] = settled
		}
	} else {
		facts.Description = cfg.Description
	}
	if !facts.Settled["title"] {
		facts.Title = cmp.Or(cfg.Title, b.titleOf(r, texts))
	}
	if facts.BaseURL = cmp.Or(domainOf(b.dir), r.Pages()); b.host == scaffold.Server {
		facts.BaseURL = domainOf(b.dir)
	}
	if b.address = facts.BaseURL; cfg.BaseURL != nil {
		b.address = cfg.BaseURL.String()
	}
	if r.Host != "" {
		facts.Repository = r.Address() + b.treeOf(r, repository.Branch)
	}
	if len(output.Written(filepath.Join(b.dir, filepath.FromSlash(cfg.Output)))) == 0 {
		facts.FeedID = b.feedID(r)
	} // else the feed is known already, by the name that all sites without one have
	if len(texts) == 0 {
		facts.Language, facts.Timezone = facts.Words, scaffold.Zone(p.getenv, "/")
	} else {
		facts.Language = languageOf(cfg, texts)
	}
	if taken(filepath.Join(b.dir, cfg.Output)) && cfg.File != "publish.yaml" {
		facts.Output = "site"
	}
	if zone, err := zoneinfo.Load(facts.Timezone); err == nil && cfg.Timezone == nil {
		return zone
	}
	return cfg.Timezone
}

// languageOf is the language that the site states, else the one in which all
// its texts are.
func languageOf(cfg *config.Config, texts []*content.Document) string {
	if cfg.Language != "" || len(texts) == 0 {
		return cfg.Language
	}
	for _, d := range texts[1:] {
		if d.Lang != texts[0].Lang {
			return ""
		}
	}
	return texts[0].Lang
}

// titleOf is a name for a site that nobody has named: that of its home page, or of
// its folder, where it has pages alone.
func (b *beginning) titleOf(r scaffold.Remote, texts []*content.Document) string {
	if b.pages {
		for _, d := range texts {
			if d.Index && d.Dir == "" && d.Title != "" {
				return d.Title
			}
		}
		return path.Base(b.feedID(r))
	}
	switch {
	case r.Path == "":
		return "Postmortems"
	case b.facts.Words == "fr":
		return "Les postmortems de " + r.Owner()
	}
	return "Postmortems at " + r.Owner()
}

// domainOf is the address of a domain of one's own, which a file CNAME tells
// GitHub Pages and others.
func domainOf(dir string) string {
	for _, name := range []string{"CNAME", "static/CNAME"} {
		text, err := plainfile.Read(os.OpenFile, filepath.Join(dir, filepath.FromSlash(name)))
		if domain := strings.TrimSpace(string(text)); err == nil && domain != "" && !strings.ContainsAny(domain, "/: \n") {
			return "https://" + strings.ToLower(domain) + "/"
		}
	}
	return ""
}

// treeOf is the way from a repository's address to the folder of the site.
func (b *beginning) treeOf(r scaffold.Remote, branch string) string {
	mark := "/tree/"
	if r.Kind() == scaffold.GitLab {
		mark = "/-/tree/"
	}
	if b.below == "" {
		return ""
	}
	return (&url.URL{Path: mark + cmp.Or(branch, "main") + "/" + b.below}).EscapedPath()
}

// feedID is a name for the feed that no other site has.
func (b *beginning) feedID(r scaffold.Remote) string {
	if r.Host != "" {
		return path.Join(r.Host, r.Path, b.below)
	}
	return filepath.Base(b.dir)
}

// taken says whether files of others stand where the site would be written.
func taken(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && len(entries) > 0 && len(output.Written(dir)) == 0
}

// files are what init writes, in the order in which it says so.
func (b *beginning) files() []newFile {
	facts := b.facts
	files := []newFile{{path: b.inTop("publish.yaml"), text: facts.Settings()}}
	if b.sample != "" {
		files = append(files, newFile{path: b.inTop(b.sample), text: facts.Sample()})
	}
	switch b.host {
	case scaffold.GitHub:
		files = append(files, newFile{path: ".github/workflows/pages.yml", text: facts.Workflow()})
	case scaffold.GitLab:
		files = append(files, newFile{path: ".gitlab-ci.yml", text: facts.Pipeline()})
	}
	return append(files,
		newFile{path: ".vscode/tasks.json", text: facts.Tasks()},
		newFile{path: b.inTop(".gitignore"), lines: facts.Ignored()})
}

// inTop is a path of the site folder from the top of the repository.
func (b *beginning) inTop(name string) string { return path.Join(b.below, name) }

// shown is a path from the top of the repository as people like to read it.
func (b *beginning) shown(name string) string {
	return filepath.ToSlash(shownPath(filepath.Join(b.top, filepath.FromSlash(name))))
}

// unnamedAction says that the workflow that is there names no program yet.
func (b *beginning) unnamedAction() bool {
	text, err := plainfile.Read(os.OpenFile, filepath.Join(b.top, ".github", "workflows", "pages.yml"))
	return err == nil && strings.Contains(string(text), "OWNER/publish@COMMIT")
}

// online says how the site comes before readers. Fresh says that the workflow or
// the pipeline was written just now.
func (b *beginning) online(fresh bool) string {
	switch b.host {
	case scaffold.GitHub:
		last := "choose the source \"GitHub Actions\" in the repository's settings, under Pages, and push: " + cmp.Or(b.address, "the workflow says where the site is")
		if fresh && b.facts.Action == "" || !fresh && b.unnamedAction() {
			return "write into .github/workflows/pages.yml whose publish to use (OWNER/publish@COMMIT" + b.whyUnnamed() + "), " + last
		}
		return last
	case scaffold.GitLab:
		if fresh && b.facts.Sources == "" {
			return "write into .gitlab-ci.yml where publish is cloned from, and which commit of it to use" + b.whyUnnamed() + ", and push"
		}
		return "push: Deploy, Pages says where the site is"
	}
	return "`publish build`, then copy " + b.facts.Public + "/ to a web server: docs/server.md of publish says how"
}

// whyUnnamed says why a program that knows its commit does not name it.
func (b *beginning) whyUnnamed() string {
	if b.changed {
		return "; this publish was built of changed sources, which no commit has"
	}
	return ""
}

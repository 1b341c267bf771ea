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

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/importer"
	"publish/internal/plainfile"
	"publish/internal/postmortem"
	"publish/internal/site"
	"publish/internal/tree"
)

// importFlags are the options of `publish import`.
type importFlags struct {
	flags
	dryRun bool
}

func (p *program) importCommand() *cobra.Command {
	f := &importFlags{flags: flags{jobs: 1}}
	c := &cobra.Command{
		Use:   "import [FORMAT] SOURCE",
		Short: "take over what Statuspage, Jekyll, GitBook, cState or Hugo keeps",
		Long: `import makes files below content/ of what another tool keeps, and says of every
field of the source where it went and what is left over. It writes all files or
none, never over a file that is there, and twice the same.

SOURCE is a file, a folder, a .zip of a folder or, of Statuspage, the address of
the page. A site may lie up to two folders down in it: in docs/, say. FORMAT may
be left out; import then says by what it knew it:

  statuspage  the public API's JSON, an export of the private one, or the Atom
              or RSS history; a file, a folder of them, or the page's address
  jekyll      a folder with _posts/ or _config.yml
  gitbook     an export as Markdown, or the repository that GitBook keeps
  cstate      a Hugo folder whose theme is cState
  hugo        a folder with hugo.toml or config.toml, and content/

Old addresses become aliases. publish.yaml is written where there is none;
otherwise import prints the lines to add. What publish has no place for stays in
the front matter below extra:, or in a file below leftovers/.`,
		Example: `  publish import statuspage https://status.example.com
  publish import ../old-blog --dry-run
  publish import gitbook export.zip --site reports`,
		RunE: func(c *cobra.Command, args []string) error {
			format, source, err := importArguments(args)
			if err != nil {
				return err
			}
			return p.importInto(c.Context(), f, format, source)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return importer.Formats(), cobra.ShellCompDirectiveDefault
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
	}
	c.Flags().StringVarP(&f.site, "site", "C", ".", "the site `folder` to write to")
	c.Flags().StringVar(&f.config, "config", "", "the configuration `file`, from the site folder (default publish.yaml)")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be written, and write nothing")
	c.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	c.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "name every file")
	return c
}

// importArguments tells FORMAT from SOURCE.
func importArguments(args []string) (format, source string, err error) {
	hint := "write `publish import SOURCE`, or `publish import FORMAT SOURCE`; see `publish import --help`"
	switch {
	case len(args) == 0:
		return "", "", usagef(hint, "there is nothing to import: SOURCE is missing")
	case len(args) > 2:
		return "", "", usagef(hint, "`publish import` takes no \"%s\"", args[2])
	case len(args) == 2 && !slices.Contains(importer.Formats(), args[0]):
		if near := diag.Nearest(args[0], importer.Formats()); near != "" {
			hint = "did you mean `publish import " + near + " " + args[1] + "`?"
		} else {
			hint = "the formats are " + strings.Join(importer.Formats(), ", ")
		}
		return "", "", usagef(hint, "there is no format \"%s\"", args[0])
	case len(args) == 2:
		return args[0], args[1], nil
	}
	if _, err := os.Stat(args[0]); err != nil && slices.Contains(importer.Formats(), args[0]) {
		return "", "", usagef("name a file, a folder or an address behind it", "SOURCE is missing: `publish import %s SOURCE`", args[0])
	}
	return "", args[0], nil
}

func (p *program) importInto(ctx context.Context, f *importFlags, format, source string) error {
	w, err := p.open(&f.flags)
	if err != nil {
		return err
	}
	defer w.root.Close()
	into, refused := contentFolder(w, source)
	result, err := importer.Read(ctx, importer.Options{
		Format: format, Source: source, Content: into, Places: jekyllPlaces,
	})
	if err != nil {
		return importFailure(err)
	}
	if refused != nil {
		return refused
	}
	settings, err := p.addSettings(w, result)
	if err != nil {
		return err
	}
	plan, err := importer.NewPlan(w.root, result)
	if err != nil {
		return machinef("", "%w", err)
	}
	if len(plan.Taken) > 0 {
		return p.refuseTaken(plan)
	}
	if !f.dryRun {
		if err := plan.Write(ctx); err != nil {
			if errors.Is(err, context.Canceled) {
				return interrupted("nothing was written")
			}
			return machinef("nothing was written", "%w", err)
		}
	}
	p.sayImported(f, result, plan, settings)
	return nil
}

// importFailure tells what the source is to blame for from what the machine is.
func importFailure(err error) error {
	var f *importer.Failure
	if errors.As(err, &f) {
		return usagef(f.Hint, "%s", f.Message)
	}
	if errors.Is(err, context.Canceled) {
		return interrupted("nothing was written")
	}
	return machinef("", "%w", err)
}

// contentFolder is where the texts go. A site that keeps its texts at its top
// would lose them from sight, since content/ is then the one that counts.
func contentFolder(w *workspace, source string) (string, error) {
	cfg, diags := config.Load(plainfile.Below(w.root), w.f.config)
	for _, d := range diags {
		if d.Level == diag.Error && (cfg.File == "" || d.File == cfg.File) {
			return "", usagef("run `publish check` and mend it first", "%s: %s", d.Pos, d.Message)
		}
	}
	if cfg.Content != "" {
		return cfg.Content, nil
	}
	folder, _, err := content.Load(plainfile.Below(w.root), cfg, content.Options{})
	if err != nil {
		return "", machinef("", "%w", err)
	}
	if folder.Root != "." {
		return folder.Root, nil
	}
	if abs, err := filepath.Abs(source); err == nil && abs == w.dir {
		return "content", nil // it moves in where it stands
	}
	for _, d := range folder.Documents {
		if d.Kind != postmortem.KindPage {
			return "", usagef("move them to content/ first, or name another folder with --site",
				"the texts of this site (\"%s\") lie outside content/, which would take their place", d.Path)
		}
	}
	return "content", nil
}

// jekyllPlaces gives the addresses that publish gives the texts of a Jekyll
// folder, which are Jekyll's, and the ids that jekyll-feed gives posts.
func jekyllPlaces(fsys fs.FS) (map[string]importer.Place, error) {
	cfg, _ := config.Load(fsys, "")
	folder, _, err := content.Load(fsys, cfg, content.Options{Internal: true})
	if err != nil {
		return nil, machinef("", "%w", err)
	}
	if !folder.Jekyll {
		return nil, nil
	}
	model, _ := site.New(cfg, folder, site.Options{Future: true, Internal: true})
	places := map[string]importer.Place{}
	for _, page := range slices.Concat(model.Posts, model.Pages) {
		place := importer.Place{Address: page.Path}
		if model.Links.Known() {
			place.URL, place.FeedID = model.Links.Absolute(page.Path), model.JekyllFeedID(page)
		}
		places[page.Document.Path] = place
	}
	return places, nil
}

// addSettings adds a publish.yaml to the files where the site has none, and
// gives the lines to add where it has one. It never edits one.
func (p *program) addSettings(w *workspace, r *importer.Result) (lines string, err error) {
	cfg, _ := config.Load(plainfile.Below(w.root), w.f.config)
	if r.Format == "statuspage" && slices.Contains(cfg.Outputs, "statuspage") {
		r.Drop("feed") // that output stands at the same addresses
	}
	text := r.SettingsFile()
	if text == "" {
		return "", nil
	}
	var existing []byte
	if cfg.File != "" && cfg.File != "_config.yml" {
		if existing, err = plainfile.Read(w.root.OpenFile, cfg.File); err != nil {
			return "", machinef("", "%w", err)
		}
	}
	if existing == nil || string(existing) == text {
		r.Files = append(r.Files, importer.File{Path: "publish.yaml", Data: []byte(text), Kind: importer.Settings, From: "the source's settings"})
		return "", nil
	}
	root, _ := tree.ParseYAML(cfg.File, 1, existing, diag.Config)
	return r.Missing(root), nil
}

// refuseTaken names every file that is in the way.
func (p *program) refuseTaken(plan *importer.Plan) error {
	for _, f := range plan.Taken {
		p.say("error: \"%s\" is there already and holds something else than what comes from %s", f.Path, f.From)
	}
	return &failure{exitContent, fmt.Errorf("%s in the way: nothing was written", count(len(plan.Taken), "file")),
		"move them aside, or name another folder with --site"}
}

func (p *program) sayImported(f *importFlags, r *importer.Result, plan *importer.Plan, settings string) {
	if f.quiet {
		return
	}
	if r.Evidence != "" {
		p.say("this is %s: %s", r.Format, r.Evidence)
	}
	if r.Root != "" {
		p.say("the site lies in \"%s/\": what is outside of it stays behind", r.Root)
	}
	if len(plan.New) == 0 {
		p.sayLines(settings)
		p.say("nothing to do: all %s are there as they would be written", count(len(plan.Same), "file"))
		return
	}
	fmt.Fprint(p.stderr, printableLines(r.Report()))
	p.sayLines(settings)
	would := "wrote"
	if f.dryRun {
		would = "would write"
	}
	if f.verbose || f.dryRun {
		for _, file := range plan.New {
			p.say("%s %s", would, file.Path)
		}
	}
	p.say("%s %s (%s, %s taken along); %s there already", would, count(len(plan.New), "file"),
		count(kindsOf(plan.New, importer.Text), "text"), count(kindsOf(plan.New, importer.Asset), "file"), countOnly(len(plan.Same)))
	if !f.dryRun {
		p.say("next: `publish check` says what is doubtful, `publish serve` shows it")
	}
}

// sayLines prints what a publish.yaml that is there lacks.
func (p *program) sayLines(lines string) {
	if lines != "" {
		fmt.Fprintf(p.stderr, "lines to add to publish.yaml, which is never edited:\n%s", printableLines(indented(lines)))
	}
}

func kindsOf(files []importer.File, kind importer.Kind) (n int) {
	for _, f := range files {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func indented(lines string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", "\n  ") + "\n"
}

// printableLines is a text of several lines whose control characters cannot
// steer a terminal.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

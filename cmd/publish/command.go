package main

import (
	"github.com/spf13/cobra"
)

// command makes the tree of commands. A new command is a file of its own and
// one line here. The arguments are for what is said of wrong ones.
func (p *program) command(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "publish",
		Short: "publish turns a folder of postmortems into a web site",
		Long: `publish turns a folder of postmortems, written as Markdown, into a web site:
pages, lists, feeds and data. It needs no configuration: point it at the folder
that you have.

On a terminal messages have colours, unless NO_COLOR or CLICOLOR=0 is set in the
environment, or TERM is dumb.`,
		Example: `  publish serve                          look at the site of this folder
  publish build                          write it to public/
  publish build --base-url https://example.github.io/postmortems/
  publish check --strict                 say everything that is doubtful
  publish explain content/2021-04-29-outage.md`,
		Version:           released() + revision(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		DisableAutoGenTag: true,
		Args:              cobra.ArbitraryArgs,
		RunE:              p.unknownCommand,
	}
	root.SetFlagErrorFunc(p.flagError(args))
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true // ours speaks as the others do
	root.AddCommand(
		p.initCommand(),
		p.newCommand(),
		p.serveCommand(),
		p.buildCommand(),
		p.checkCommand(),
		p.diffCommand(),
		p.explainCommand(),
		p.exportCommand(),
		p.importCommand(),
		p.schemaCommand(),
		p.versionCommand(),
		p.completionCommand(root),
	)
	root.SetHelpCommand(helpCommand())
	addCompletions(root)
	return root
}

// unknownCommand answers `publish` alone with the help, and a word that is no
// command with the one that was probably meant.
func (p *program) unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	hint := "see `publish --help`"
	if near := nearestCommand(c, args[0]); near != "" {
		hint = "did you mean `publish " + near + "`?"
	}
	return usagef(hint, "there is no command \"%s\"", args[0])
}

package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/plainfile"
)

// complete answers a shell that asks what may come next.
type complete = cobra.CompletionFunc

// addCompletions tells every command what its arguments and the values of its
// flags may be. Cobra's scripts (`publish completion bash`) ask for it.
func addCompletions(root *cobra.Command) {
	arguments := map[string]complete{
		"explain": texts, "export": texts, "diff": folders, "init": folders,
	}
	for _, c := range root.Commands() {
		if c.ValidArgsFunction == nil {
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
		if own, ok := arguments[c.Name()]; ok {
			c.ValidArgsFunction = onlyFirst(own)
		}
		c.Flags().VisitAll(func(flag *pflag.Flag) {
			if values := valuesOf(c, flag); values != nil {
				// The only error is that one is registered already.
				_ = c.RegisterFlagCompletionFunc(flag.Name, values)
			}
		})
	}
}

// valuesOf is what completes a flag's value; nil leaves it to the shell, which
// offers files.
func valuesOf(c *cobra.Command, flag *pflag.Flag) complete {
	switch flag.Name {
	case "site", "output":
		return folders
	case "config":
		return extensions("yaml", "yml")
	case "audience":
		return cobra.FixedCompletions([]string{"public", "internal"}, cobra.ShellCompDirectiveNoFileComp)
	case "host":
		return cobra.FixedCompletions(initHosts, cobra.ShellCompDirectiveNoFileComp)
	case "format":
		formats := allFormats
		if c.Name() == "explain" || c.Name() == "diff" {
			formats = fewFormats
		}
		return cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)
	case "lang":
		// Asked for, and not listed beforehand: it reads all languages.
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return locale.Languages(), cobra.ShellCompDirectiveNoFileComp
		}
	case "severity":
		return ofSite(func(cfg *config.Config, _ *content.Folder) (names []string) {
			for _, s := range cfg.Severities {
				names = append(names, cobra.CompletionWithDesc(s.ID, s.Label))
			}
			return names
		})
	case "service":
		return ofSite(func(cfg *config.Config, folder *content.Folder) []string {
			names, _ := servicesOf(cfg, folder)
			return names
		})
	}
	if flag.NoOptDefVal == "" {
		return cobra.NoFileCompletions
	}
	return nil
}

// texts offers the files that may hold a report, and folders on the way there.
func texts(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	return extensions("md", "markdown", "mdx", "qmd")(c, args, word)
}

func extensions(names ...string) complete {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names, cobra.ShellCompDirectiveFilterFileExt
	}
}

func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// onlyFirst completes the first argument only.
func onlyFirst(one complete) complete {
	return func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return one(c, args, word)
	}
}

// ofSite offers what the site of --site knows. What is wrong with it is said by
// the command, and not in the middle of typing one.
func ofSite(names func(*config.Config, *content.Folder) []string) complete {
	return func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		dir, err := filepath.Abs(c.Flag("site").Value.String())
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		defer root.Close()
		cfg, _ := config.Load(plainfile.Below(root), c.Flag("config").Value.String())
		folder, _, err := content.Load(plainfile.Below(root), cfg, content.Options{Gitignores: gitignores(dir)})
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return slices.Clip(names(cfg, folder)), cobra.ShellCompDirectiveNoFileComp
	}
}

// completionCommand prints the script that makes a shell ask.
func (p *program) completionCommand(root *cobra.Command) *cobra.Command {
	scripts := map[string]func() error{
		"bash":       func() error { return bashCompletion(root, p.stdout) },
		"zsh":        func() error { return root.GenZshCompletion(p.stdout) },
		"fish":       func() error { return root.GenFishCompletion(p.stdout, true) },
		"powershell": func() error { return root.GenPowerShellCompletionWithDesc(p.stdout) },
	}
	shells := slices.Sorted(maps.Keys(scripts))
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "print the script that completes commands in your shell",
		Long: `completion prints a script that makes a shell complete commands, flags, files and
what the site itself knows: its severities and services. SHELL is bash, zsh, fish
or powershell. The shell reads it when it starts.`,
		Example: `  publish completion bash > ~/.local/share/bash-completion/completions/publish
  publish completion zsh > "${fpath[1]}/_publish"
  publish completion fish > ~/.config/fish/completions/publish.fish
  publish completion powershell >> $PROFILE`,
		ValidArgsFunction: onlyFirst(cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp)),
		Args: func(_ *cobra.Command, args []string) error {
			hint := "the shells are " + strings.Join(shells, ", ")
			if len(args) != 1 {
				return usagef(hint, "`publish completion` takes one shell")
			}
			if scripts[args[0]] != nil {
				return nil
			}
			if near := diag.Nearest(args[0], shells); near != "" {
				hint = "did you mean `publish completion " + near + "`?"
			}
			return usagef(hint, "there is no script for \"%s\"", args[0])
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := scripts[args[0]](); err != nil {
				return machinef("", "%w", err)
			}
			return nil
		},
	}
}

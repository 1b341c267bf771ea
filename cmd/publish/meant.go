package main

import (
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/scaffold"
)

// What is said of a typing error: the name that was meant, if one is near, else
// what there is.

// allFormats are what --format takes, fewFormats where annotations make no sense.
var (
	allFormats = []string{"text", "json", "github", "sarif"}
	fewFormats = allFormats[:2:2]
)

// meant is the hint about a value that a flag does not know. A name with other
// digits is another of its kind (SEV1 and SEV9), and no typing error.
func meant(flag, value string, known []string, otherwise string) string {
	if near := diag.Nearest(value, known); near != "" && digitsOf(near) == digitsOf(value) {
		return "did you mean --" + flag + " " + scaffold.Word(near) + "?"
	}
	return otherwise
}

func digitsOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// noArguments refuses arguments where there are none to take, and says where
// that belongs which was written.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := fmt.Sprintf("see `%s --help`", c.CommandPath())
	info, err := os.Stat(args[0])
	_, notPort := strconv.ParseUint(args[0], 10, 16)
	switch {
	case err == nil && info.IsDir() && c.Flags().Lookup("site") != nil:
		return usagef(fmt.Sprintf("name the site folder with `publish %s --site %s`", c.Name(), scaffold.Word(args[0])), "`%s` takes no argument", c.CommandPath())
	case err == nil && c.Flags().Lookup("site") != nil:
		hint = fmt.Sprintf("`%s` looks at all of the site; `publish explain %s` says how this file was read", c.CommandPath(), scaffold.Word(args[0]))
	case notPort == nil && c.Flags().Lookup("port") != nil:
		hint = "write it as --port " + args[0]
	}
	return usagef(hint, "`%s` takes no \"%s\"", c.CommandPath(), args[0])
}

// otherNames are what other tools call our commands.
//
//go:embed othernames.txt
var otherNames string

// nearestCommand is the command that a word most likely meant: another tool's name
// for it, or a mistyped one.
func nearestCommand(c *cobra.Command, word string) string {
	for line := range strings.Lines(otherNames) {
		name, others, _ := strings.Cut(line, ":")
		if slices.Contains(strings.Fields(others), strings.ToLower(word)) {
			return name
		}
	}
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return diag.Nearest(word, names)
}

// helpCommand is cobra's, in our voice: a command that is none is an error.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "tell about a command",
		Example: "  publish help build",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []string, d cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, sub := range c.Root().Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err == nil && (len(rest) == 0 || about.HasParent()) {
				about.InitDefaultHelpFlag()
				return about.Help()
			}
			hint := "see `publish --help`"
			if near := nearestCommand(c.Root(), args[0]); near != "" {
				hint = "did you mean `publish help " + near + "`?"
			}
			return usagef(hint, "there is no command \"%s\"", args[0])
		},
	}
}

// oneDash is the error of a flag that is written with one dash, which would be
// taken for several short ones; nil if there is none. What stands behind -- is no flag.
func oneDash(root *cobra.Command, args []string) error {
	c, rest, err := root.Find(args)
	if err != nil {
		return nil // which will be said
	}
	for _, arg := range rest {
		if arg == "--" {
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && len(name) > 1 && c.Flags().Lookup(name) != nil {
			return usagef("write it with two dashes: --"+name, "unknown flag -%s", name)
		}
	}
	return nil
}

// sayNearServices says which services of a new report may be typing errors.
func (p *program) sayNearServices(services, known []string) {
	for _, name := range services {
		same := func(s string) bool { return locale.Fold(s) == locale.Fold(name) }
		if near := diag.Nearest(name, known); near != "" && !slices.ContainsFunc(known, same) {
			p.say("no report names the service \"%s\" so far; did you mean \"%s\"?", name, near)
		}
	}
}

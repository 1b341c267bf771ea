package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// schemas are those that can be asked for; without a name it is the first.
var (
	schemas     = map[string]func() ([]byte, error){"front-matter": postmortem.Schema, "settings": config.Schema}
	schemaNames = []string{"front-matter", "settings"}
)

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [front-matter|settings]",
		Short: "print the JSON Schema of the front matter or the settings, for editors",
		Long: `schema prints a JSON Schema (draft 2020-12) of the front matter: every field,
what it holds, its values and its other names; or, with the word settings, of
publish.yaml: every key, what it does and its values. An editor that knows JSON
Schema suggests them while you write. It finds fewer faults than publish check.`,
		Example: `  publish schema > front-matter.schema.json
  publish schema settings > .publish.schema.json`,
		ValidArgsFunction: onlyFirst(cobra.FixedCompletions(schemaNames, cobra.ShellCompDirectiveNoFileComp)),
		Args:              oneSchema,
		RunE: func(_ *cobra.Command, args []string) error {
			schema := schemas[schemaNames[0]]
			for _, name := range args {
				schema = schemas[name]
			}
			text, err := schema()
			if err != nil {
				return machinef("", "%w", err)
			}
			fmt.Fprintf(p.stdout, "%s", text)
			return nil
		},
	}
}

// oneSchema takes the name of a schema, or nothing.
func oneSchema(_ *cobra.Command, args []string) error {
	hint := "write `publish schema " + strings.Join(schemaNames, "`, or `publish schema ") + "`"
	if len(args) > 1 {
		return usagef(hint, "`publish schema` takes one name")
	}
	for _, arg := range args {
		switch near := diag.Nearest(arg, schemaNames); {
		case schemas[arg] != nil:
		case near != "":
			return usagef("did you mean `publish schema "+near+"`?", "there is no schema of \"%s\"", arg)
		default:
			return usagef(hint, "there is no schema of \"%s\"", arg)
		}
	}
	return nil
}

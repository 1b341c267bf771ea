package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"publish/internal/postmortem"
)

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "print the JSON Schema of the front matter, for editors",
		Long: `schema prints a JSON Schema (draft 2020-12) of the front matter: every field,
what it holds, its values and its other names. An editor that knows JSON Schema
suggests them while you write. It finds fewer faults than publish check.`,
		Example: "  publish schema > front-matter.schema.json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			text, err := postmortem.Schema()
			if err != nil {
				return machinef("", "%w", err)
			}
			fmt.Fprintf(p.stdout, "%s", text)
			return nil
		},
	}
}

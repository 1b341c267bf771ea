package main

import (
	"fmt"
	"os"

	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"publish/internal/pattern"
)

const commandPage = "../../docs/commands.md"

// commandsBegin and commandsEnd surround what is made of the program's help.
const (
	commandsBegin = "<!-- commands: made by `make golden` from what `publish COMMAND --help` says -->\n"
	commandsEnd   = "<!-- /commands -->\n"
)

// The page on the commands says what the program's own help says: every command
// and every flag, and none that does not exist.
func TestCommandDocs(t *testing.T) {
	old, err := os.ReadFile(commandPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(old), commandsBegin)
	_, after, ends := strings.Cut(rest, commandsEnd)
	if !found || !ends {
		t.Fatalf("%s has no place for the commands", commandPage)
	}
	want := before + commandsBegin + commandDocs() + commandsEnd + after
	if *update {
		if err := os.WriteFile(commandPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(old) {
		t.Errorf("%s is stale: run `make golden`", commandPage)
	}
}

// commandDocs is a section for each command, and one for the flags that many
// have.
func commandDocs() string {
	var b strings.Builder
	commands := (&program{}).command(nil).Commands()
	shared := sharedFlags(commands)
	for _, c := range commands {
		fmt.Fprintf(&b, "\n## publish %s\n\n", c.Name())
		b.WriteString(helpText(c))
		fmt.Fprintf(&b, "\n```text\n%s\n```\n\n```sh\n%s```\n", c.UseLine(), examplesOf(c))
		var own, others []string
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" || f.Hidden {
				return
			}
			if len(shared[flagKey(f)]) > 1 {
				others = append(others, "`--"+f.Name+"`")
			} else {
				own = append(own, flagRow(f, ""))
			}
		})
		if len(own) > 0 {
			b.WriteString("\n| flag | what it does |\n|---|---|\n" + strings.Join(own, ""))
		}
		if len(others) > 0 {
			fmt.Fprintf(&b, "\nOf the [shared flags](#shared-flags): %s.\n", strings.Join(others, ", "))
		}
	}
	b.WriteString("\n## Shared flags\n\n| flag | what it does | of |\n|---|---|---|\n")
	for _, key := range slices.Sorted(keysOf(shared)) {
		if users := shared[key]; len(users) > 1 {
			names := make([]string, len(users))
			for i, c := range users {
				names[i] = "`" + c.Name() + "`"
			}
			b.WriteString(flagRow(users[0].Flags().Lookup(strings.Split(key, " ")[0]), strings.Join(names, ", ")))
		}
	}
	b.WriteString("\n`--help` is known to every command.\n\n")
	return b.String()
}

// flagKey tells flags apart that have one name and mean different things.
func flagKey(f *pflag.Flag) string { return f.Name + " " + f.Usage }

func sharedFlags(commands []*cobra.Command) map[string][]*cobra.Command {
	shared := map[string][]*cobra.Command{}
	for _, c := range commands {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				shared[flagKey(f)] = append(shared[flagKey(f)], c)
			}
		})
	}
	return shared
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// flagRow is a flag with its short form, what it takes and what it is without.
func flagRow(f *pflag.Flag, users string) string {
	value, usage := pflag.UnquoteUsage(f)
	name := "`--" + f.Name
	if f.Shorthand != "" {
		name = "`-" + f.Shorthand + "`, " + name
	}
	if value != "" {
		name += " " + strings.ToUpper(value)
	}
	switch {
	case f.Name == "jobs":
		usage += " (default: one for each processor)"
	case f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0":
		usage += " (default " + f.DefValue + ")"
	}
	row := "| " + name + "` | " + markedUp(usage) + " |"
	if users != "" {
		row += " " + users + " |"
	}
	return row + "\n"
}

// inHelp finds what stands in help as it is typed.
var inHelp = pattern.New(`--[a-z-]+( (public|internal|json)\b)?|\$?\b(SOURCE_DATE_EPOCH|VISUAL|EDITOR)\b|[a-z./]+\.(yaml|md|json|xml|zip|gitignore)\b|\.(zip|gitignore)\b|\b(content|docs|leftovers)/|\bextra:|"stage: draft"|\{\{[a-z]+\}\}`)

// markedUp is a text of the help as Markdown.
func markedUp(text string) string {
	return inHelp.ReplaceAllStringFunc(strings.ReplaceAll(text, "|", `\|`), func(s string) string {
		return "`" + strings.Trim(s, `"`) + "`"
	})
}

// helpText is the long help of a command: paragraphs, and what is indented as
// it stands.
func helpText(c *cobra.Command) string {
	long := c.Long
	if long == "" {
		long = strings.ToUpper(c.Short[:1]) + c.Short[1:] + "."
	}
	var b strings.Builder
	for i, paragraph := range strings.Split(strings.TrimSpace(long), "\n\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		if strings.HasPrefix(paragraph, "  ") {
			b.WriteString("```text\n" + paragraph + "\n```\n")
			continue
		}
		b.WriteString(markedUp(strings.Join(strings.Fields(paragraph), " ")) + "\n")
	}
	return b.String()
}

// besideExample is what help says beside an example.
var besideExample = pattern.New(` {3,}(\S)`)

// examplesOf are a command's examples without their indentation; what is said
// beside one is a comment, so that a line may be copied.
func examplesOf(c *cobra.Command) string {
	var b strings.Builder
	for line := range strings.Lines(c.Example) {
		b.WriteString(besideExample.ReplaceAllString(strings.TrimSpace(line), "    # $1") + "\n")
	}
	return b.String()
}

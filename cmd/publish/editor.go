package main

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"strings"
	"unicode"
)

// editor is the command line of the editor that is asked for.
func (p *program) editor() ([]string, error) {
	name, value := "VISUAL", p.getenv("VISUAL")
	if strings.TrimSpace(value) == "" {
		name, value = "EDITOR", p.getenv("EDITOR")
	}
	if strings.TrimSpace(value) == "" {
		return nil, usagef("set one, such as EDITOR=nano, or leave --edit out and open the file that is printed",
			"no editor is known: VISUAL and EDITOR are not set")
	}
	words, ok := splitWords(value)
	if !ok || len(words) == 0 {
		return nil, usagef("close the quotes", "%s is no command: %s", name, value)
	}
	return words, nil
}

// runEditor waits until the file was edited. What the editor draws goes to the
// terminal, even where the path that was printed goes into a variable.
func (p *program) runEditor(ctx context.Context, words []string, file string) error {
	c := exec.CommandContext(ctx, words[0], append(words[1:], file)...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stderr, os.Stderr
	if p.colorOut {
		c.Stdout = os.Stdout
	}
	if err := c.Run(); err != nil {
		return machinef("the file was written: open it by hand, or set VISUAL or EDITOR", "the editor \"%s\": %w", words[0], cmp.Or(ctx.Err(), err))
	}
	return nil
}

// splitWords splits a command into its words as a shell does, as far as quotes
// and backslashes go: `"/opt/My Editor/bin" --wait`. A backslash before a
// letter is one, as paths of Windows have it. It is not ok if a quote is open.
func splitWords(command string) (words []string, ok bool) {
	var word strings.Builder
	var quote rune
	inside := false
	runes := []rune(command)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r == '\\' && quote != '\'' && i+1 < len(runes) && strings.ContainsRune(" \t\"'\\", runes[i+1]):
			i++
			word.WriteRune(runes[i])
			inside = true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inside = r, true
		case quote == 0 && unicode.IsSpace(r):
			if inside {
				words = append(words, word.String())
			}
			word.Reset()
			inside = false
		default:
			word.WriteRune(r)
			inside = true
		}
	}
	if inside {
		words = append(words, word.String())
	}
	return words, quote == 0
}

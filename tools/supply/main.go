// Command supply looks at what publish is made of, without asking anybody: that
// every library that is linked into it, for any of the systems for which it is
// released, has a licence of the list (tools/internal/licence/licences.txt), and
// that what is fetched is fetched by an exact version: what the Makefile, scripts
// and workflows fetch stands in fetched.txt with the reason, npm packages in their
// lists with the sum of their files. It runs in the top folder of the repository:
// `make supply`.
package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"publish/tools/internal/licence"
)

func main() {
	lines, err := look(".", []string{"linux", "darwin", "windows"})
	for _, line := range lines {
		fmt.Println(line)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// look says of each module which licences it has; the error names all that is
// wrong.
func look(top string, systems []string) ([]string, error) {
	modules := map[string]string{}
	for _, system := range systems {
		if err := linked(top, system, modules); err != nil {
			return nil, err
		}
	}
	var lines []string
	var wrong []error
	for _, module := range slices.Sorted(maps.Keys(modules)) {
		ids, err := licence.Of(modules[module])
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", module, err))
			continue
		}
		lines = append(lines, fmt.Sprintf("%-60s %s", module, strings.Join(ids, ", ")))
	}
	return lines, errors.Join(append(wrong, pinnedPackages(top), pinnedTools(top, fetchedText))...)
}

// linked adds the modules whose packages are linked for a system, each with the
// folder in which it lies.
func linked(top, system string, modules map[string]string) error {
	c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}@{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/publish")
	c.Dir, c.Stderr = top, os.Stderr
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("go list for %s: %w", system, err)
	}
	for line := range strings.Lines(string(out)) {
		if module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			modules[module] = dir
		}
	}
	return nil
}

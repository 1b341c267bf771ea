// Command supply looks at what publish is made of, without asking anybody: that
// every library that is linked into it, for any of the systems for which it is
// released, has a licence of the list (tools/internal/licence/licences.txt), and
// that what is fetched is fetched by an exact version: tools in the Makefile and
// the scripts, npm packages with the sum of their files. It runs in the top folder
// of the repository: `make supply`.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	return lines, errors.Join(append(wrong, pinnedPackages(top), pinnedTools(top))...)
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

// pinnedPackages reads the lists of npm packages: what is asked for is an exact
// version, and what is fetched has a sum.
func pinnedPackages(top string) error {
	var wrong []error
	for _, dir := range []string{"tools", "tools/audit", "bench/peers/eleventy"} {
		var asked struct {
			Dependencies, DevDependencies map[string]string
		}
		var locked struct {
			Packages map[string]struct {
				Version, Resolved, Integrity string
				Link                         bool
			}
		}
		if err := errors.Join(read(filepath.Join(top, dir, "package.json"), &asked), read(filepath.Join(top, dir, "package-lock.json"), &locked)); err != nil {
			wrong = append(wrong, err)
			continue
		}
		maps.Copy(asked.DevDependencies, asked.Dependencies)
		for name, version := range asked.DevDependencies {
			if !exact.MatchString(version) || locked.Packages["node_modules/"+name].Version != version {
				wrong = append(wrong, fmt.Errorf("%s/package.json: %s %q is not the one version that is locked", dir, name, version))
			}
		}
		for name, p := range locked.Packages {
			if name != "" && p.Integrity == "" {
				wrong = append(wrong, fmt.Errorf("%s/package-lock.json: %s has no sum", dir, name))
			}
		}
		if len(locked.Packages) < 2 {
			wrong = append(wrong, fmt.Errorf("%s/package-lock.json: nothing is locked", dir))
		}
	}
	return errors.Join(wrong...)
}

func read(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

var (
	exact = regexp.MustCompile(`^\d+\.\d+\.\d+(-[\w.]+)?$`)
	// Tools that Go runs or installs from elsewhere, and actions of workflows.
	fetched = regexp.MustCompile(`(?m)(?:go (?:run|install) |:= ?|uses: )((?:[\w.-]+\.[a-z]+/|actions/)[\w./-]+)(@\S+)?`)
	version = regexp.MustCompile(`^@v\d+(\.\d+\.\d+)?$`)
)

// pinnedTools looks for tools without a version, or with one that moves.
func pinnedTools(top string) error {
	files := []string{"Makefile", ".ci/run"}
	for _, pattern := range []string{"tools/*.sh", ".github/workflows/*.yml"} {
		more, err := filepath.Glob(filepath.Join(top, pattern))
		if err != nil {
			return err
		}
		for _, file := range more {
			rel, _ := filepath.Rel(top, file) // it lies below
			files = append(files, rel)
		}
	}
	var wrong []error
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			return err
		}
		for _, m := range fetched.FindAllStringSubmatch(string(text), -1) {
			if found++; !version.MatchString(m[2]) {
				wrong = append(wrong, fmt.Errorf("%s: %s is fetched without an exact version", file, m[1]))
			}
		}
	}
	if found < 5 {
		wrong = append(wrong, fmt.Errorf("only %d tools were found: the pattern is out of date", found))
	}
	return errors.Join(wrong...)
}

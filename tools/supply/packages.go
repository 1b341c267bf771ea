package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

var exact = regexp.MustCompile(`^\d+\.\d+\.\d+(-[\w.]+)?$`)

// pinnedPackages reads the lists of npm packages, wherever they lie.
func pinnedPackages(top string) error {
	var wrong []error
	found := 0
	err := walk(top, func(name string) error {
		if filepath.Base(name) == "package.json" {
			found++
			wrong = append(wrong, pinnedList(top, filepath.Dir(name)))
		}
		return nil
	})
	if found == 0 {
		wrong = append(wrong, errors.New("no package.json was found"))
	}
	return errors.Join(append(wrong, err)...)
}

// pinnedList reads one: what is asked for is an exact version, and what is fetched
// has a sum.
func pinnedList(top, dir string) error {
	var asked struct {
		Dependencies, DevDependencies, OptionalDependencies map[string]string
	}
	var locked struct {
		Packages map[string]struct{ Version, Integrity string }
	}
	if err := errors.Join(read(filepath.Join(top, dir, "package.json"), &asked), read(filepath.Join(top, dir, "package-lock.json"), &locked)); err != nil {
		return err
	}
	var wrong []error
	for _, packages := range []map[string]string{asked.Dependencies, asked.DevDependencies, asked.OptionalDependencies} {
		for name, version := range packages {
			if !exact.MatchString(version) || locked.Packages["node_modules/"+name].Version != version {
				wrong = append(wrong, fmt.Errorf("%s/package.json: %s %q is not the one version that is locked", dir, name, version))
			}
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

package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// ignores knows what the .gitignore files of a folder hide. It follows
// gitignore(5): the last rule that matches decides, inner files before outer
// ones, and what lies in a hidden folder cannot be shown again.
type ignores struct {
	fsys  fs.FS
	above []aboveRules            // of folders that hold the site folder, outermost first
	rules map[string][]ignoreRule // by the folder of the .gitignore file
}

type aboveRules struct {
	prefix []string // the site folder from the rules' own folder
	rules  []ignoreRule
}

type ignoreRule struct {
	segments   []string // "**" stands for any number of folders
	show       bool     // the rule began with !
	folderOnly bool     // it ended with /
}

func newIgnores(fsys fs.FS, above []Gitignore) *ignores {
	g := &ignores{fsys: fsys, rules: map[string][]ignoreRule{}}
	for _, file := range above {
		g.above = append(g.above, aboveRules{strings.Split(file.Site, "/"), parseIgnore(file.Text)})
	}
	return g
}

// hides says whether a path, or a folder above it, is hidden.
func (g *ignores) hides(name string, isDir bool) bool {
	for i, c := range name {
		if c == '/' && g.matches(name[:i], true) {
			return true
		}
	}
	return g.matches(name, isDir)
}

// matches decides for a path whose folders are known to be shown.
func (g *ignores) matches(name string, isDir bool) bool {
	hidden := false
	for _, outer := range g.above {
		segments := append(slices.Clone(outer.prefix), strings.Split(name, "/")...)
		hidden = decide(outer.rules, segments, isDir, hidden)
	}
	for at := 0; at >= 0; {
		dir, rest := ".", name
		if at > 0 {
			dir, rest = name[:at-1], name[at:]
		}
		hidden = decide(g.of(dir), strings.Split(rest, "/"), isDir, hidden)
		next := strings.IndexByte(rest, '/')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return hidden
}

// decide applies the rules of one file to a path from its folder.
func decide(rules []ignoreRule, segments []string, isDir, hidden bool) bool {
	for _, rule := range rules {
		if (isDir || !rule.folderOnly) && matchSegments(rule.segments, segments) {
			hidden = !rule.show
		}
	}
	return hidden
}

// of gives the rules of a folder's own .gitignore; a file that is not there,
// or cannot be read, has none.
func (g *ignores) of(dir string) []ignoreRule {
	rules, known := g.rules[dir]
	if !known {
		rules = parseIgnore(readIgnore(g.fsys, path.Join(dir, ".gitignore")))
		g.rules[dir] = rules
	}
	return rules
}

// readIgnore gives the text of a .gitignore file, none of what is no file: whoever
// reads a pipe waits until somebody writes.
func readIgnore(fsys fs.FS, name string) string {
	info, err := fs.Stat(fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return ""
	}
	return string(text)
}

func parseIgnore(text string) []ignoreRule {
	var rules []ignoreRule
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if rule, ok := parseIgnoreLine(strings.TrimRight(line, "\r\n")); ok {
			rules = append(rules, rule)
		}
	}
	return rules
}

func parseIgnoreLine(line string) (rule ignoreRule, ok bool) {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if line == "" || line[0] == '#' {
		return rule, false
	}
	if line[0] == '!' {
		rule.show, line = true, line[1:]
	}
	line, rule.folderOnly = strings.CutSuffix(line, "/")
	if line == "" {
		return rule, false
	}
	rooted := strings.Contains(line, "/")
	segments := strings.Split(strings.TrimPrefix(line, "/"), "/")
	if !rooted {
		segments = []string{"**", segments[0]}
	}
	if segments[len(segments)-1] == "**" {
		segments = append(segments, "*") // "a/**" is what lies in a, not a
	}
	rule.segments = slices.CompactFunc(segments, func(a, b string) bool { return a == "**" && b == "**" })
	return rule, true
}

// matchSegments matches a path against a pattern, segment by segment. It goes
// back to the last "**" only, which is enough and keeps it from exploding.
func matchSegments(pattern, name []string) bool {
	p, n := 0, 0
	star, from := -1, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == "**" {
			star, from = p, n
			p++
			continue
		}
		if p < len(pattern) {
			if matchName(pattern[p], name[n]) {
				p++
				n++
				continue
			}
		}
		if star < 0 {
			return false
		}
		from++
		p, n = star+1, from
	}
	for p < len(pattern) && pattern[p] == "**" {
		p++
	}
	return p == len(pattern)
}

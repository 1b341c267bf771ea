// Package scaffold has what a new site begins with, and what a new report
// begins with: the texts of `publish init` and `publish new`. They lie in data/,
// one file each, for everybody to edit; this package fills them in. What can be
// found out about the surroundings (whose repository this is, which language is
// spoken, which clock is used) is found here too. It writes nothing, and knows
// nothing of sites.
package scaffold

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"text/template"
	"unicode"

	"publish/internal/pattern"
)

//go:embed data
var data embed.FS

// Facts are what the texts of a new site are filled in with. An empty text is
// not known.
type Facts struct {
	Title       string
	Description string
	BaseURL     string
	Language    string // "en" or "fr"; "" leaves it to each text
	Timezone    string // a name of the zone database
	Repository  string // address of the sources
	FeedID      string
	Output      string // "" for the default
	// Settled are the keys that another file of the site settles already, and
	// that one's name.
	Settled     map[string]bool
	SettledFile string

	Words   string // the language of comments and of the sample: "en" or "fr"
	Date    string // the sample's, as 2026-11-21
	Branch  string // the one that is published
	Site    string // the site folder from the top of the repository, "." for that itself
	Public  string // the output folder from there
	Action  string // of publish: owner/name@commit
	Release string // what the commit is called, "" if it has no name
	Sources string // where publish is cloned from
	Commit  string // of publish
}

// Languages are those in which there are texts.
func Languages() []string { return []string{"en", "fr"} }

// Settings is a publish.yaml.
func (f Facts) Settings() string { return f.fill("publish." + f.words() + ".yaml") }

// Sample is a postmortem that teaches by example.
func (f Facts) Sample() string { return f.fill("sample." + f.words() + ".md") }

// Workflow is a workflow for GitHub Actions that puts the site on Pages.
func (f Facts) Workflow() string { return f.fill("pages.yml") }

// Pipeline is a pipeline for GitLab that puts the site on its Pages.
func (f Facts) Pipeline() string { return f.fill("gitlab-ci.yml") }

// Tasks are a .vscode/tasks.json.
func (f Facts) Tasks() string { return f.fill("tasks.json") }

// Workspace is the site folder as VS Code names it.
func (f Facts) Workspace() string { return path.Join("${workspaceFolder}", f.Site) }

// Ignored are the lines of a .gitignore: what a build writes, and what stands
// beside it while it does.
func (f Facts) Ignored() []string {
	above, name := path.Split(f.Public)
	return []string{"/" + f.Public + "/", "/" + above + "." + name + ".lock", "/" + above + "." + name + ".publish-*"}
}

func (f Facts) words() string {
	for _, tag := range Languages() {
		if f.Words == tag {
			return tag
		}
	}
	return "en"
}

// Has says whether a key is left for publish.yaml to settle.
func (f Facts) Has(key string) bool { return !f.Settled[key] }

// fill fills in a file of data/. Its marks are [[ ]], since workflows have
// their own braces. The files are ours, so a mistake in one shows in every test.
func (f Facts) fill(name string) string {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(fmt.Sprintf("scaffold: %v", err))
	}
	t := template.Must(template.New(name).Delims("[[", "]]").Funcs(template.FuncMap{"yaml": Scalar, "line": line, "word": Word, "json": quoted}).Parse(string(text)))
	var b strings.Builder
	if err := t.Execute(&b, f); err != nil {
		panic(fmt.Sprintf("scaffold: %v", err))
	}
	return b.String()
}

// plain is a text that YAML reads as itself, whatever stands around it. What
// begins with a digit may be a number or a date.
var plain = pattern.New(`^[\p{L}/.][\p{L}\p{M}0-9 ()/._%’'-]*(?::[\p{L}0-9/._%-]+)*$`)

// words that YAML, or somebody's reader of YAML, takes for something else.
var special = pattern.New(`(?i)^(?:true|false|yes|no|on|off|y|n|null|\.nan|\.inf)$`)

// Scalar writes a text as a YAML scalar: as it is, or in quotes where YAML would
// read something else.
func Scalar(text string) string {
	if plain.MatchString(text) && !special.MatchString(text) && strings.TrimSpace(text) == text {
		return text
	}
	return quoted(text) // a JSON string is a YAML scalar
}

// line writes a text that begins with a letter as an item of a list in YAML:
// as it is, so that a command reads as one types it, or in quotes where YAML
// would end it early, take it for a key, or fold its lines.
func line(text string) string {
	odd := strings.ContainsFunc(text, func(c rune) bool { return c != ' ' && !unicode.IsGraphic(c) || c != ' ' && unicode.IsSpace(c) })
	if odd || strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.HasSuffix(text, ":") || strings.TrimSpace(text) != text {
		return quoted(text)
	}
	return text
}

func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(fmt.Sprintf("scaffold: %v", err)) // a text always encodes
	}
	return strings.TrimSpace(b.String())
}

// Word writes a text as one word of a shell command.
func Word(text string) string {
	if text != "" && !strings.ContainsAny(text, " \t\n'\"$&;|<>()*?`\\!#~[]{}") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

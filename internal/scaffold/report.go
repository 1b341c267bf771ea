package scaffold

import (
	"errors"
	"slices"
	"strings"
)

// Report is what is known of a report before it is written.
type Report struct {
	Title    string
	Date     string // as 2026-11-21
	Offset   string // of the site's clock on that day, as +01:00; "" if it has none
	Severity string // "" if it is not known yet
	Services []string
	Lang     string // "" if it is the site's
	// Jekyll says that Jekyll may read the report too, to which `stage` means
	// nothing.
	Jekyll     bool
	Severities []string // of the site
}

// ErrMatter is the error of a template whose front matter cannot be filled in.
var ErrMatter = errors.New("its front matter is no YAML between two lines ---")

// Template is the built-in template for reports in a language.
func Template(lang string) string {
	text, err := data.ReadFile("data/new." + (Facts{Words: lang}).words() + ".md")
	if err != nil {
		panic("scaffold: " + err.Error()) // the files are ours
	}
	return string(text)
}

// Fill writes a report from a template: an ordinary text, in whose front matter
// the fields get their values. What has no value yet stays as it stands in the
// template, and so do all fields of its own and the text.
func (r Report) Fill(template string) (string, error) {
	template = strings.TrimPrefix(strings.ReplaceAll(template, "\r\n", "\n"), "\ufeff")
	matter, text := []string(nil), template
	if strings.HasPrefix(template, "+++\n") || strings.HasPrefix(template, "{") {
		return "", ErrMatter
	}
	if rest, ok := strings.CutPrefix(template, "---\n"); ok {
		before, after, found := strings.Cut("\n"+rest, "\n---\n")
		if !found {
			return "", ErrMatter
		}
		if text = after; before != "" {
			matter = strings.Split(before[1:], "\n")
		}
	}
	matter, text = r.inMatter(matter), r.inText(text)
	hidden := slices.ContainsFunc(matter, func(line string) bool {
		return slices.Contains([]string{"stage", "draft", "published"}, keyOf(line))
	})
	if r.Jekyll {
		matter = set(matter, "stage", "")
	}
	for _, field := range r.fields(hidden) {
		matter = set(matter, field.key, field.value)
	}
	return "---\n" + strings.Join(matter, "\n") + "\n---\n" + text, nil
}

type field struct{ key, value string }

// fields are those that have a value. A report that is begun is not finished:
// unless its template says something else, it is a draft.
func (r Report) fields(hidden bool) []field {
	all := []field{{"title", Scalar(r.Title)}, {"date", r.Date}}
	switch {
	case r.Jekyll:
		all = append(all, field{"published", "false"})
	case !hidden:
		all = append(all, field{"stage", "draft"})
	}
	if r.Severity != "" {
		all = append(all, field{"severity", Scalar(r.Severity)})
	}
	if len(r.Services) > 0 {
		all = append(all, field{"services", "[" + items(r.Services) + "]"})
	}
	if r.Lang != "" {
		all = append(all, field{"lang", r.Lang})
	}
	return all
}

// keyOf is the key that a line of front matter begins, "" if it begins none.
func keyOf(line string) string {
	key, _, ok := strings.Cut(line, ":")
	if !ok || strings.ContainsAny(key, " #\t-\"'") {
		return ""
	}
	return key
}

// set gives a key its value, in its place if it stands there, with all lines
// that belonged to its old value. Without a value the key goes.
func set(matter []string, key, value string) []string {
	var lines []string
	if value != "" {
		lines = []string{key + ": " + value}
	}
	at := slices.IndexFunc(matter, func(line string) bool { return keyOf(line) == key })
	if at < 0 {
		return append(matter, lines...)
	}
	return slices.Concat(matter[:at], lines, matter[endOf(matter, at):])
}

// endOf is where the value of the key that stands on a line ends. Blank lines and
// comments belong to it if more of it comes behind them.
func endOf(matter []string, at int) int {
	end := at + 1
	for i := end; i < len(matter); i++ {
		line := matter[i]
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case strings.ContainsRune(" \t]}", rune(line[0])), line == "-", strings.HasPrefix(line, "- "):
			end = i + 1
		default:
			return end
		}
	}
	return end
}

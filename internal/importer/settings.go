package importer

import (
	"fmt"
	"slices"
	"strings"

	"publish/internal/tree"
)

// SettingsFile is the text of a publish.yaml that says what the source says of
// the site as a whole; "" where it says nothing.
func (r *Result) SettingsFile() string {
	if len(r.Settings) == 0 {
		return ""
	}
	return "# What the import of " + r.Format + " found about the site as a whole.\n" + writeYAML(entriesOf(r.Settings))
}

// Drop takes a setting out that the site has in another way.
func (r *Result) Drop(key string) {
	r.Settings = slices.DeleteFunc(r.Settings, func(s Setting) bool { return s.Key == key })
}

func entriesOf(settings []Setting) (entries []tree.Entry) {
	for _, s := range settings {
		entries = append(entries, entry(s.Key, s.Value))
	}
	return entries
}

// Missing gives the lines that a publish.yaml, or what stands in its place,
// lacks of what the source says. A key that is there is the owner's; only what
// its lists lack is told.
func (r *Result) Missing(existing *tree.Node) string {
	var lacking []tree.Entry
	for _, s := range r.Settings {
		if own := existing.Get(s.Key); own == nil {
			lacking = append(lacking, entry(s.Key, s.Value))
		} else if rest := lackingIn(own, s.Value); rest != nil {
			lacking = append(lacking, entry(s.Key, rest))
		}
	}
	return writeYAML(lacking)
}

// lackingIn is what a list, or a mapping of lists, has less than another.
func lackingIn(own, wanted *tree.Node) *tree.Node {
	switch {
	case wanted.Kind == tree.Mapping && own.Kind == tree.Mapping:
		rest := &tree.Node{Kind: tree.Mapping}
		for _, e := range wanted.Entries {
			if inner := own.Get(e.Key.Value); inner == nil {
				rest.Entries = append(rest.Entries, e)
			} else if less := lackingIn(inner, e.Value); less != nil {
				rest.Entries = append(rest.Entries, tree.Entry{Key: e.Key, Value: less})
			}
		}
		if len(rest.Entries) > 0 {
			return rest
		}
	case wanted.Kind == tree.Sequence && own.Kind == tree.Sequence:
		rest := &tree.Node{Kind: tree.Sequence}
		for _, item := range wanted.Items {
			if !slices.ContainsFunc(own.Items, func(n *tree.Node) bool { return nameOf(n) == nameOf(item) }) {
				rest.Items = append(rest.Items, item)
			}
		}
		if len(rest.Items) > 0 {
			return rest
		}
	}
	return nil
}

// nameOf is what tells the items of a list apart.
func nameOf(n *tree.Node) string {
	for _, key := range []string{"id", "name"} {
		if v := n.Get(key); v != nil {
			return strings.ToLower(v.Value)
		}
	}
	return strings.TrimPrefix(n.Value, "/")
}

// Report writes what was done with the source, for people: every field of the
// source, where it went, and what is left over.
func (r *Result) Report() string {
	var b strings.Builder
	table := func(title string, left bool) {
		width, any := 0, false
		for _, t := range r.Traces {
			if t.Left == left {
				width, any = max(width, len([]rune(t.From))), true
			}
		}
		if !any {
			return
		}
		fmt.Fprintf(&b, "%s\n", title)
		for _, t := range r.Traces {
			if t.Left == left {
				fmt.Fprintf(&b, "  %s  → %s%s\n", pad(t.From, min(width, 40)), t.To, times(t.Count))
			}
		}
	}
	table("fields of the source, and where they went:", false)
	table("left over: kept as it is, without a meaning for publish:", true)
	list(&b, "not taken:", r.Passed)
	list(&b, "to look at:", r.Notes)
	return b.String()
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

func times(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("  (%d)", n)
}

func list(b *strings.Builder, title string, notes []Note) {
	if len(notes) == 0 {
		return
	}
	fmt.Fprintf(b, "%s\n", title)
	for _, n := range notes {
		if n.Where == "" {
			fmt.Fprintf(b, "  %s\n", n.What)
			continue
		}
		fmt.Fprintf(b, "  %s: %s\n", n.Where, n.What)
	}
}

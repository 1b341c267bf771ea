package importer

import (
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

// texts are ones that YAML likes to read as something else.
var texts = []string{
	"", "plain words", "yes", "No", "null", "~", "true", "1.0", "012", "0x1F", "1e3", "2021-04-29", "12:30:00", ".5", "-1", "+1",
	"a: b", "a:b", "ends:", "a #b", "#b", "- a", "-a", "? a", "[a]", "{a}", "!a", "&a", "*a", "|", ">", "%a", "@a", "`a`", "'a'", `"a"`,
	`back\slash`, " lead", "trail ", "tab\tin", "line\nline", "line\n", "line\n\n\n", "\nline", "a\n  b\n", "  a\nb", "a \n b", "a\r\nb",
	"é à 日本", "\u2028", "\ufeff", "\x07", "...", "---", "--- a", "=", "<<", "https://example.org/a?b#c", "a, b", "it's", `it's "so"`, "\u00a0x",
	"3 hours", "a\n---\nb", "# a\nb", "\tx\ny", "x\n \ny", "0o7", "0b1", "1_000", "Infinity", ".inf", "y", "on", "null: x", "\ue028\uf8ff", "'", `"`, "\\",
}

// Every text comes back as itself, by publish's own reader, and stays a text.
func TestYAMLRoundTrip(t *testing.T) {
	for _, s := range texts {
		roundTrip(t, mapNode(entry("k", textNode(s)), entry("list", listNode(s, "x")), entry("in", mapNode(entry("deep", textNode(s))))))
		roundTrip(t, mapNode(entry("k"+strings.ReplaceAll(s, "\x07", ""), textNode("v"))))
	}
}

func FuzzYAMLRoundTrip(f *testing.F) {
	for _, s := range texts {
		f.Add(s, "key")
	}
	f.Fuzz(func(t *testing.T, s, key string) {
		s, key = strings.ToValidUTF8(s, "?"), strings.ToValidUTF8(key, "?")
		if strings.ContainsAny(s+key, "\ufdd4\ufdd5\ufdd6") || key == "<<" {
			return // they stand for ends of lines while YAML is read
		}
		roundTrip(t, mapNode(entry("a", listNode(s)), entry("b"+key, textNode(s)), entry("c", mapNode(entry("d", textNode(s)), entry("e", listNode(s, s))))))
	})
}

func roundTrip(t *testing.T, n *tree.Node) {
	t.Helper()
	written := writeYAML(n.Entries)
	read, problems := tree.ParseYAML("x.md", 1, []byte(written), diag.FrontMatterSyntax)
	if problems.HasErrors() {
		t.Fatalf("%q cannot be read: %v", written, problems)
	}
	if why := differs(n, read); why != "" {
		t.Fatalf("%q: %s", written, why)
	}
}

// differs says how a tree that was read differs from the one that was written.
func differs(a, b *tree.Node) string {
	switch {
	case a.Kind == tree.Scalar && a.Value == "" && b.Kind == tree.Null:
		return "an empty text became nothing"
	case a.Kind != b.Kind || len(a.Items) != len(b.Items) || len(a.Entries) != len(b.Entries):
		return a.Describe() + " became " + b.Describe()
	case a.Value != b.Value:
		return a.Describe() + " became " + b.Describe()
	case a.Kind == tree.Scalar && a.Quoted && !b.Quoted && otherwise.MatchString(b.Value):
		return b.Describe() + " is no text any more"
	}
	for i := range a.Items {
		if why := differs(a.Items[i], b.Items[i]); why != "" {
			return why
		}
	}
	for i := range a.Entries {
		if a.Entries[i].Key.Value != b.Entries[i].Key.Value {
			return "the key " + a.Entries[i].Key.Describe() + " became " + b.Entries[i].Key.Describe()
		}
		if why := differs(a.Entries[i].Value, b.Entries[i].Value); why != "" {
			return why
		}
	}
	return ""
}

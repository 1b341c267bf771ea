package tree

import (
	"fmt"
	"strings"
	"testing"

	"publish/internal/diag"
)

// sketch writes a tree in one line, with every place: {a@1:1: "1"@1:4}.
func sketch(n *Node) string {
	at := fmt.Sprintf("@%d:%d", n.Pos.Line, n.Pos.Column)
	switch n.Kind {
	case Null:
		return "null" + at
	case Scalar:
		if n.Quoted {
			return fmt.Sprintf("%q", n.Value) + at
		}
		return n.Value + at
	case Sequence:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, sketch(item))
		}
		return "[" + strings.Join(parts, " ") + "]" + at
	}
	var parts []string
	for _, e := range n.Entries {
		parts = append(parts, fmt.Sprintf("%s@%d:%d:%s", e.Key.Value, e.Key.Pos.Line, e.Key.Pos.Column, sketch(e.Value)))
	}
	return "{" + strings.Join(parts, " ") + "}" + at
}

// told writes diagnostics one a line: place, code, message (hint).
func told(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s: %s (%s)\n", d.Pos, d.Code, d.Message, d.Hint)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

type parse func(string, int, []byte, diag.Code) (*Node, diag.List)

type treeCase struct {
	name, text string
	want       string // sketch
	told       string
}

func run(t *testing.T, p parse, cases []treeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, list := p("f", 2, []byte(c.text), diag.FrontMatterSyntax)
			if got := sketch(n); got != c.want {
				t.Errorf("tree\n got %s\nwant %s", got, c.want)
			}
			if got := told(list); got != c.told {
				t.Errorf("diagnostics\n got %s\nwant %s", got, c.told)
			}
		})
	}
}

// fuzz checks that no text panics, that places are inside the file and that
// the same text gives the same tree.
func fuzz(f *testing.F, p parse, cases []treeCase) {
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, list := p("f", 5, []byte(text), diag.FrontMatterSyntax)
		last := 5 + strings.Count(text, "\n") + 1
		for _, d := range list {
			if d.Line < 5 || d.Line > last {
				t.Errorf("%q: diagnostic at line %d, text has lines 5 to %d: %s", text, d.Line, last, d.Message)
			}
		}
		again, _ := p("f", 5, []byte(text), diag.FrontMatterSyntax)
		if n.Kind != Mapping || sketch(n) != sketch(again) {
			t.Errorf("%q: got %s then %s", text, sketch(n), sketch(again))
		}
	})
}

func TestDuplicatesHaveTheCodeOfTheCaller(t *testing.T) {
	_, list := ParseYAML("publish.yaml", 1, []byte("a: 1\na: 2\n"), diag.Config)
	if len(list) != 1 || list[0].Code != diag.Config {
		t.Errorf("got %s, want one %s", told(list), diag.Config)
	}
}

func TestGet(t *testing.T) {
	n, _ := ParseYAML("f", 1, []byte("a: 1\nb: 2\n"), diag.Config)
	if got := n.Get("b"); got == nil || got.Value != "2" {
		t.Errorf("Get(b) = %v, want 2", got)
	}
	if got := n.Get("c"); got != nil {
		t.Errorf("Get(c) = %v, want nil", got)
	}
	if got := n.Get("a").Get("b"); got != nil {
		t.Errorf("Get of a scalar = %v, want nil", got)
	}
}

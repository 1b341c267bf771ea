package main

import (
	"strings"
	"testing"

	"publish/internal/pattern"
)

// An expression of a workflow, as GitHub reads it, as far as workflows of ours go:
// texts, names, comparisons, !, &&, || and the functions that ask how the job goes.
// https://docs.github.com/actions/reference/workflows-and-actions/expressions
type workflowExpression struct {
	words []string
	known func(name string) any // of a context; nil is none
	fails func(format string, args ...any)
}

// expressionWord is the next word of an expression.
var expressionWord = pattern.New(`^\s*('(?:[^']|'')*'|[A-Za-z_][\w.-]*(?:\(\))?|==|!=|&&|\|\||!|\(|\)|\d+)`)

func evaluate(text string, known func(string) any, fails func(string, ...any)) any {
	e := &workflowExpression{known: known, fails: fails}
	for rest := text; strings.TrimSpace(rest) != ""; {
		m := expressionWord.FindStringSubmatch(rest)
		if m == nil {
			fails("%q is more than is understood here, from %q on", text, rest)
			return nil
		}
		e.words, rest = append(e.words, m[1]), rest[len(m[0]):]
	}
	value := e.or()
	if len(e.words) > 0 {
		fails("%q: nobody knows what %q is there for", text, e.words)
	}
	return value
}

func (e *workflowExpression) take(word string) bool {
	if len(e.words) == 0 || e.words[0] != word {
		return false
	}
	e.words = e.words[1:]
	return true
}

func (e *workflowExpression) or() any {
	value := e.and()
	for e.take("||") {
		if next := e.and(); !truth(value) {
			value = next
		}
	}
	return value
}

func (e *workflowExpression) and() any {
	value := e.same()
	for e.take("&&") {
		if next := e.same(); truth(value) {
			value = next
		}
	}
	return value
}

func (e *workflowExpression) same() any {
	value := e.one()
	for {
		switch {
		case e.take("=="):
			value = strings.EqualFold(asText(value), asText(e.one()))
		case e.take("!="):
			value = !strings.EqualFold(asText(value), asText(e.one()))
		default:
			return value
		}
	}
}

func (e *workflowExpression) one() any {
	switch {
	case e.take("!"):
		return !truth(e.one())
	case e.take("("):
		value := e.or()
		if !e.take(")") {
			e.fails("a bracket stays open before %q", e.words)
		}
		return value
	case len(e.words) == 0:
		e.fails("an expression ends too early")
		return nil
	}
	word := e.words[0]
	e.words = e.words[1:]
	switch {
	case word[0] == '\'':
		return strings.ReplaceAll(word[1:len(word)-1], "''", "'")
	case word == "true" || word == "false":
		return word == "true"
	}
	return e.known(word)
}

// truth is what counts as true: of texts all but the empty one, "false" too.
func truth(value any) bool {
	switch v := value.(type) {
	case bool:
		return v
	case string:
		return v != ""
	}
	return false
}

func asText(value any) string {
	switch v := value.(type) {
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	case string:
		return v
	}
	return ""
}

func TestWorkflowExpressions(t *testing.T) {
	known := func(name string) any {
		return map[string]any{"github.event_name": "push", "success()": true, "inputs.strict": "false", "empty": ""}[name]
	}
	for text, want := range map[string]any{
		"github.event_name":                                    "push",
		"github.event_name == 'PUSH'":                          true,
		"github.event_name != 'push' && success()":             false,
		"!(github.event_name == 'pull_request') && success()":  true,
		"empty || 'it''s so'":                                  "it's so",
		"inputs.strict && 'a text counts as true'":             "a text counts as true",
		"github.event_name != 'push' && '--a' || '--b'":        "--b",
		"false || github.event_name == 'push' && empty == ''":  true,
		"nothing.is.known == ''":                               true,
		"github.event_name == 'push' && '' || 'as with ?: not": nil, // a quote stays open
	} {
		failed := false
		if got := evaluate(text, known, func(string, ...any) { failed = true }); got != want || failed != (want == nil) {
			t.Errorf("%s is %v, failed %v; expected %v", text, got, failed, want)
		}
	}
}

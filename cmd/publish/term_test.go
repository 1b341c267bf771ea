package main

import "testing"

// Colours are for terminals, and for those who did not turn them off.
func TestColor(t *testing.T) {
	for _, one := range []struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		{true, nil, true},
		{true, map[string]string{"CLICOLOR": "1", "TERM": "xterm-256color"}, true},
		{false, nil, false},
		{false, map[string]string{"CLICOLOR": "1"}, false},
		{true, map[string]string{"NO_COLOR": "1"}, false},
		{true, map[string]string{"NO_COLOR": ""}, true}, // https://no-color.org asks for a value
		{true, map[string]string{"CLICOLOR": "0"}, false},
		{true, map[string]string{"TERM": "dumb"}, false},
	} {
		p := &program{getenv: func(name string) string { return one.env[name] }}
		if got := p.color(one.terminal); got != one.want {
			t.Errorf("on a terminal %t, with %v: %t", one.terminal, one.env, got)
		}
	}
}

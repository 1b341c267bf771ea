package config

import (
	"slices"

	"publish/internal/diag"
	"publish/internal/tree"
)

// checkable are the codes whose level a site may state.
func checkable() []diag.Code {
	var codes []diag.Code
	for _, level := range []diag.Level{diag.Error, diag.Warning, diag.Note} {
		codes = append(codes, diag.Codes(level)...)
	}
	return codes
}

// readChecks takes `code: level`, or `code: {pattern: level}` for some files.
func readChecks(d *decoder, n *tree.Node, c *Config) {
	var codes []string
	for _, code := range checkable() {
		codes = append(codes, string(code))
	}
	for _, e := range d.pairs(n, "checks") {
		code := e.Key.Value
		if !slices.Contains(codes, code) {
			hint := "docs/diagnostics.md lists the codes"
			if near := diag.Nearest(code, codes); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			d.wrong(e.Key, hint, "unknown code %q in `checks`", code)
			continue
		}
		if e.Value.Kind != tree.Mapping {
			d.check(e.Value, c, code, "")
			continue
		}
		for _, sub := range e.Value.Entries {
			d.check(sub.Value, c, code, sub.Key.Value)
		}
	}
}

var levels = map[string]diag.Level{"error": diag.Error, "warning": diag.Warning, "note": diag.Note, "off": diag.Off}

// fixed are the codes whose errors nobody may lower, and why: behind each
// stands something that was to be kept back, or settings that mean something
// else than was meant.
var fixed = map[diag.Code]string{
	diag.Config:       "a mistake in the settings may be about what is published",
	diag.PrivacyKey:   "what was to be kept back could get out",
	diag.InternalMark: "what was to be kept back could get out",
	diag.LeakInternal: "what was to be kept back could get out",
}

func (d *decoder) check(n *tree.Node, c *Config, code, pattern string) {
	if word, ok := d.choice(n, "checks."+code, "error", "warning", "note", "off"); ok {
		if why := fixed[diag.Code(code)]; why != "" && levels[word] != diag.Error {
			d.wrong(n, "take it out, and mend what is reported", "`%s` is always an error and cannot be lowered to %s: %s", code, word, why)
			return
		}
		c.Checks = append(c.Checks, Check{Code: diag.Code(code), Level: levels[word], Path: pattern})
	}
}

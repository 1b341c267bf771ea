package leak

import (
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"publish/internal/diag"
)

// The classes of the recipes in rules.txt.
var classes = map[string]string{
	"alnum": base62, "lower": base62[36:], "upper": base62[10:36], "digit": base62[:10], "hex": "0123456789abcdef", "lowdigit": "0123456789" + base62[36:],
	"base64": base62 + "+/", "url": base62 + "-_", "base32": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "bech32": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
}

var recipePart = regexp.MustCompile(`\{([A-Za-z0-9]+):(\d+)\}`)

// cook makes a text of a recipe: another one for every seed, and the same one
// each time. Nothing that looks like a secret stands in the repository.
func cook(recipe string, seed uint64) string {
	h := fnv.New64a()
	h.Write([]byte(recipe))
	random := rand.New(rand.NewPCG(h.Sum64(), seed))
	return recipePart.ReplaceAllStringFunc(recipe, func(part string) string {
		m := recipePart.FindStringSubmatch(part)
		n, _ := strconv.Atoi(m[2])
		var b strings.Builder
		for range n {
			b.WriteByte(classes[m[1]][random.IntN(len(classes[m[1]]))])
		}
		return b.String()
	})
}

func TestRulesFile(t *testing.T) {
	for line := range strings.Lines(rulesText) {
		line = strings.TrimRight(line, "\n")
		if key, value, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, "#") && !new(rule).set(key, value) {
			t.Errorf("%q means nothing", line)
		}
	}
	seen := map[string]bool{}
	for _, r := range rules().list {
		if r.id == "" || seen[r.id] || r.kind == "" || len(r.anchors) == 0 || r.example == "" || len(r.never) == 0 || r.code.Level() == diag.Off {
			t.Errorf("the rule %q is not complete, or stands twice", r.id)
		}
		seen[r.id] = true
		if (r.pattern == nil) == (r.special == nil) {
			t.Errorf("%s: a rule has either a pattern or code", r.id)
		}
	}
	if n := len(seen); n < 90 {
		t.Errorf("only %d rules were read", n)
	}
}

// TestRulesExamples: what a row says that it finds, and what not.
func TestRulesExamples(t *testing.T) {
	s := New(Options{})
	for n, r := range rules().list {
		for seed := range uint64(20) {
			text := cook(r.example, seed)
			found := s.Scan([]byte("so: " + text + " and\n"))
			ok := false
			for _, f := range found {
				ok = ok || f.rule == n
			}
			if !ok {
				t.Errorf("%s does not find its example %q, but %v", r.id, text, kinds(found))
				break
			}
		}
		for _, text := range r.never {
			for _, f := range s.Scan([]byte("so: " + text + " and\n")) {
				if f.Code == r.code {
					t.Errorf("%s: %q is found, as %s", r.id, text, f.Kind)
				}
			}
		}
	}
}

func kinds(found []Finding) (list []string) {
	for _, f := range found {
		list = append(list, rules().list[f.rule].id)
	}
	return list
}

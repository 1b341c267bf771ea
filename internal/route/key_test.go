package route

import (
	"strings"
	"testing"
)

// TestHashParts: the borders between parts count, and the order.
func TestHashParts(t *testing.T) {
	seen := map[Key]int{}
	for i, fill := range []func(h *Hash){
		func(*Hash) {},
		func(h *Hash) { h.Add("") },
		func(h *Hash) { h.Add("", "") },
		func(h *Hash) { h.Add("ab", "c") },
		func(h *Hash) { h.Add("a", "bc") },
		func(h *Hash) { h.Add("c", "ab") },
		func(h *Hash) { h.Int(300) },
		func(h *Hash) { h.Int(-300) },
		func(h *Hash) { h.Bool(true); h.Bool(false) },
		func(h *Hash) { h.Key(Key{1}) },
	} {
		var h Hash
		fill(&h)
		k := h.Sum()
		if !k.Known() || !k.Same(k) {
			t.Errorf("%d: the key of a hash is unknown", i)
		}
		if other, ok := seen[k]; ok {
			t.Errorf("%d and %d have one key", other, i)
		}
		seen[k] = i
		h.Reset()
		h.Add("ab", "c")
		if h.Sum() != func() Key { var g Hash; g.Bytes([]byte("ab")); g.Add("c"); return g.Sum() }() {
			t.Errorf("%d: a reset hash remembers", i)
		}
	}
	// However it is gathered, the same is the same.
	long := strings.Repeat("x", enough)
	var whole, parts Hash
	whole.Bytes([]byte(long + long))
	parts.Add(long + long)
	once := whole.Sum()
	if once != parts.Sum() {
		t.Error("a long part has two keys")
	}
	if once != whole.Sum() {
		t.Error("a sum changes what is summed")
	}
	if parts.Add("y"); parts.Sum() == whole.Sum() {
		t.Error("what follows a long part does not count")
	}
	var h Hash
	h.Unknown()
	if h.Add("a"); h.Sum().Known() {
		t.Error("what is not known has a key")
	}
	if (Key{}).Same(Key{}) {
		t.Error("two unknown keys promise the same bytes")
	}
}

package route

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// Key is a hash of everything that a route's bytes depend on. The zero Key is
// that of a route of which nobody knows it.
type Key [16]byte

// Known says whether the key is one.
func (k Key) Known() bool { return k != Key{} }

// Same says that two keys promise the same bytes; an unknown key equals
// nothing, not even itself.
func (k Key) Same(other Key) bool { return k == other && k.Known() }

// String gives the key in hexadecimal digits, as an ETag has it; empty if it
// is unknown.
func (k Key) String() string {
	if !k.Known() {
		return ""
	}
	return hex.EncodeToString(k[:])
}

// Hash gathers what a key is made of. Every part is added with its length, so
// that "ab", "c" and "a", "bc" are two keys. Its zero value is empty; after
// Reset it is so again and keeps its memory.
type Hash struct {
	buf     []byte    // not yet in the digest
	digest  hash.Hash // nil as long as little was added
	unknown bool
}

// enough is how many bytes are gathered before they are hashed.
const enough = 32 << 10

// Reset empties the hash.
func (h *Hash) Reset() { h.buf, h.digest, h.unknown = h.buf[:0], nil, false }

// settle hashes what was gathered.
func (h *Hash) settle() {
	if h.digest == nil {
		h.digest = sha256.New()
	}
	h.digest.Write(h.buf)
	h.buf = h.buf[:0]
}

// Unknown says that something the bytes depend on could not be found out: the
// sum is the zero Key.
func (h *Hash) Unknown() { h.unknown = true }

// Add adds texts, each as a part of its own.
func (h *Hash) Add(parts ...string) {
	for _, part := range parts {
		h.buf = append(binary.AppendUvarint(h.buf, uint64(len(part))), part...)
	}
	if len(h.buf) > enough {
		h.settle()
	}
}

// Bytes adds bytes as one part.
func (h *Hash) Bytes(part []byte) {
	h.buf = append(binary.AppendUvarint(h.buf, uint64(len(part))), part...)
	if len(h.buf) > enough {
		h.settle()
	}
}

// Int adds a number.
func (h *Hash) Int(n int) { h.buf = binary.AppendVarint(h.buf, int64(n)) }

// Bool adds a switch.
func (h *Hash) Bool(on bool) {
	if on {
		h.Int(1)
		return
	}
	h.Int(0)
}

// Key adds what another key stands for.
func (h *Hash) Key(k Key) {
	h.buf = append(h.buf, k[:]...)
	if len(h.buf) > enough {
		h.settle()
	}
}

// Sum is the key of all that was added.
func (h *Hash) Sum() Key {
	if h.unknown {
		return Key{}
	}
	if h.digest != nil {
		h.settle()
		return Key(h.digest.Sum(nil)[:len(Key{})])
	}
	sum := sha256.Sum256(h.buf)
	return Key(sum[:len(Key{})])
}

package content

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// notShown are the fields that say nothing about how other pages show a
// document: its text behind the excerpt, as HTML, as source and as blocks, its
// links and ids, and hashes. All other fields count, also those that somebody adds.
var notShown = map[reflect.Type][]string{
	reflect.TypeFor[Document]():         {"Hash", "Outline", "facts", "Cuts", "Redactions"},
	reflect.TypeFor[facts]():            {"Grounds", "parsing", "text"},
	reflect.TypeFor[postmortem.Head]():  {"Internal"},
	reflect.TypeFor[markdown.Heading](): {"span"},
	reflect.TypeFor[markdown.Doc]():     {"Blocks", "html", "text", "parts", "holes", "soft", "codes", "starts", "Links", "IDs", "MarkIDs"},
}

// places are the types of values that only say where something stands.
var places = []reflect.Type{reflect.TypeFor[diag.Pos](), reflect.TypeFor[postmortem.Span]()}

// outlinePlan is made once: to look at the types costs more than to hash a
// document.
var outlinePlan = sync.OnceValue(func() plan { return planner{}.of(reflect.TypeFor[outlined]()) })

// outlined is what an outline is made of.
type outlined struct {
	Document *Document
	Facts    *facts
}

// outline makes Document.Outline.
func (h *hasher) outline(d *Document, f *facts) [32]byte {
	return h.sum(outlinePlan(), reflect.ValueOf(outlined{d, f}))
}

// plan adds a value of one type to what is hashed.
type plan func(h *hasher, v reflect.Value)

// hasher gathers the bytes that are hashed, in memory that is used again. Each
// value has one length or states it, so that different values are never the same
// bytes.
type hasher struct {
	buf   []byte
	depth int // of pointers
}

func (h *hasher) sum(p plan, v reflect.Value) [32]byte {
	h.buf = h.buf[:0]
	p(h, v)
	return sha256.Sum256(h.buf)
}

func (h *hasher) int(n int64) { h.buf = binary.AppendVarint(h.buf, n) }

func (h *hasher) bool(b bool) {
	if b {
		h.int(1)
	} else {
		h.int(0)
	}
}

func (h *hasher) string(s string) {
	h.int(int64(len(s)))
	h.buf = append(h.buf, s...)
}

// deepest is how deep pointers may nest. What is hashed was made by parsers
// with lower limits; with this one not even a ring could be followed for good.
const deepest = 500

// planner makes plans. It remembers those that it has begun, since a type may
// hold itself.
type planner map[reflect.Type]*plan

func (p planner) of(t reflect.Type) plan {
	if begun := p[t]; begun != nil {
		return func(h *hasher, v reflect.Value) { (*begun)(h, v) }
	}
	made := new(plan)
	p[t] = made
	*made = p.make(t)
	return *made
}

func (p planner) make(t reflect.Type) plan {
	switch t.Kind() {
	case reflect.Bool:
		return func(h *hasher, v reflect.Value) { h.bool(v.Bool()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(h *hasher, v reflect.Value) { h.int(v.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(h *hasher, v reflect.Value) { h.int(int64(v.Uint())) }
	case reflect.Float32, reflect.Float64:
		return func(h *hasher, v reflect.Value) { h.int(int64(math.Float64bits(v.Float()))) }
	case reflect.String:
		return func(h *hasher, v reflect.Value) { h.string(v.String()) }
	case reflect.Slice:
		return p.slice(t)
	case reflect.Map:
		return p.mapping(t)
	case reflect.Pointer:
		return p.pointer(t)
	case reflect.Struct:
		return p.structure(t)
	}
	panic(fmt.Sprintf("a %s cannot be hashed", t)) // tests hash documents
}

func (p planner) slice(t reflect.Type) plan {
	element := p.of(t.Elem())
	return func(h *hasher, v reflect.Value) {
		h.int(int64(v.Len()))
		for i := range v.Len() {
			element(h, v.Index(i))
		}
	}
}

// mapping takes the entries in the order of their keys, which are texts.
func (p planner) mapping(t reflect.Type) plan {
	if t.Key().Kind() != reflect.String {
		panic(fmt.Sprintf("a %s cannot be hashed", t))
	}
	value := p.of(t.Elem())
	return func(h *hasher, v reflect.Value) {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		h.int(int64(len(keys)))
		for _, key := range keys {
			h.string(key.String())
			value(h, v.MapIndex(key))
		}
	}
}

func (p planner) pointer(t reflect.Type) plan {
	element := p.of(t.Elem())
	return func(h *hasher, v reflect.Value) {
		if v.IsNil() || h.depth == deepest {
			h.int(0)
			return
		}
		h.int(1)
		h.depth++
		element(h, v.Elem())
		h.depth--
	}
}

func (p planner) structure(t reflect.Type) plan {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return hashTime
	case t == reflect.TypeFor[postmortem.Moment]():
		return hashMoment
	case slices.Contains(places, t):
		return func(*hasher, reflect.Value) {}
	}
	type part struct {
		field int
		plan  plan
	}
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case slices.Contains(notShown[t], f.Name) || slices.Contains(places, f.Type):
		case t == reflect.TypeFor[markdown.Doc]() && f.Name == "Words":
			parts = append(parts, part{i, hashWhetherAny})
		default:
			parts = append(parts, part{i, p.of(f.Type)})
		}
	}
	return func(h *hasher, v reflect.Value) {
		for _, part := range parts {
			part.plan(h, v.Field(part.field))
		}
	}
}

// hashWhetherAny counts the words of a text only as none and some: that is what
// feeds ask for.
func hashWhetherAny(h *hasher, v reflect.Value) { h.int(min(v.Int(), 1)) }

// hashMoment takes all fields of a moment but its place. A document has dozens of
// them, most of them not given; a test counts their fields.
func hashMoment(h *hasher, v reflect.Value) {
	var m *postmortem.Moment
	if v.CanAddr() {
		m = v.Addr().Interface().(*postmortem.Moment)
	} else {
		held := v.Interface().(postmortem.Moment)
		m = &held
	}
	given := !m.IsZero() || m.Zoned || m.Approximate || m.Time != (time.Time{})
	if h.bool(given); !given {
		return
	}
	h.time(m.Time)
	h.int(int64(m.Precision))
	h.bool(m.Zoned)
	h.bool(m.Approximate)
	h.string(m.Written)
}

// hashTime takes the instant, and the zone as far as it shows.
func hashTime(h *hasher, v reflect.Value) {
	h.time(v.Interface().(time.Time))
}

func (h *hasher) time(at time.Time) {
	name, offset := at.Zone()
	h.int(at.Unix())
	h.int(int64(at.Nanosecond()))
	h.string(name)
	h.int(int64(offset))
}

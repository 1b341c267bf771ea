package importer

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"publish/internal/tree"
)

// fields is an object of JSON of which each field is taken at most once, so
// that what is left is known.
type fields struct {
	object
	r    *Result
	what string
	used map[string]bool
}

// went notes where a field goes.
func (f *fields) went(key, to string) {
	if f.used[key] = true; !isNothing(f.object[key]) {
		f.r.went(f.what+"."+key, to)
	}
}

// text takes a text; nil where it is empty.
func (f *fields) text(key, to string) *tree.Node {
	s := strings.TrimSpace(str(f.object, key))
	if s == "" {
		return nil
	}
	f.went(key, to)
	return textNode(s)
}

// time takes a time, as it was written.
func (f *fields) time(key, to string) *tree.Node {
	s := str(f.object, key)
	if _, ok := readTime(s); !ok {
		return nil
	}
	f.went(key, to)
	return plainNode(s)
}

// rest are the fields that were not taken and say something.
func (f *fields) rest() object {
	rest := object{}
	for _, key := range sortedKeys(f.object) {
		if !f.used[key] && !isNothing(f.object[key]) {
			rest[key] = f.object[key]
			f.r.left(f.what+"."+key, "leftovers/statuspage/")
		}
	}
	return rest
}

func sortedKeys(o object) []string {
	keys := make([]string, 0, len(o))
	for key := range o {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// isNothing says that a value says nothing: JSON's null, an empty text or list.
func isNothing(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case object:
		return len(v) == 0
	}
	return false
}

// str is the text, or the number, of a key.
func str(o object, key string) string {
	switch v := o[key].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

func isTrue(value any) bool { b, ok := value.(bool); return ok && b }

// objects are the objects of a list.
func objects(o object, key string) (list []object) {
	items, _ := o[key].([]any)
	for _, item := range items {
		if inner, ok := item.(object); ok {
			list = append(list, inner)
		}
	}
	return list
}

// readTime reads the times of Statuspage's interfaces.
func readTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05 UTC", time.RFC1123Z, time.RFC1123} {
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

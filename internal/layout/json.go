package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"unicode/utf8"
)

// showJSON writes a value into a script or a block of data, as an expression of
// JavaScript.
func showJSON(v value) action {
	for t := v.typ; ; t = t.Elem() {
		if t == reflect.TypeFor[template.JS]() || t == reflect.TypeFor[template.JSStr]() || t.Implements(reflect.TypeFor[fmt.Stringer]()) {
			unknown("the type %s in a script", v.typ)
		}
		if t.Kind() != reflect.Pointer {
			break
		}
	}
	get := v.get
	return func(r *run, dot reflect.Value) flow {
		v := get(r, dot)
		for v.Kind() == reflect.Pointer && !v.IsNil() && !v.Type().Implements(reflect.TypeFor[json.Marshaler]()) {
			v = v.Elem()
		}
		b, err := json.Marshal(v.Interface())
		if err != nil || len(b) == 0 || bytes.Contains(b, []byte("\u2028")) || bytes.Contains(b, []byte("\u2029")) {
			fail()
		}
		first, _ := utf8.DecodeRune(b)
		last, _ := utf8.DecodeLastRune(b)
		if namely(first) || namely(last) {
			r.out = append(append(append(r.out, ' '), b...), ' ')
			return onward
		}
		r.out = append(r.out, b...)
		return onward
	}
}

// namely tells what may stand in a name, from which a value is kept apart.
func namely(c rune) bool {
	return c == '$' || c == '_' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

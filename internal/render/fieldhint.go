package render

import (
	"reflect"
	"slices"
	"strings"

	"publish/internal/diag"
)

// fieldHint says what there is in place of a field that is not: the name that
// was probably meant, and all others. Of is the type as text/template names it;
// it is one of those that can be reached from the view.
func fieldHint(view any, name, of string) string {
	if strings.HasPrefix(strings.TrimLeft(of, "*"), "[]") {
		return "it is asked of a list: put it between {{range …}} and {{end}}"
	}
	names := fieldsOf(view, strings.TrimLeft(of, "*"))
	if len(names) == 0 {
		return "it is asked of a text or a number, which has no fields; docs/themes.md says of what kind each field is"
	}
	all := "there are " + strings.Join(names, " ")
	if near := diag.Nearest("."+name, names); near != "" {
		return "did you mean \"" + near + "\"? " + all
	}
	return all + "; docs/themes.md says what they are"
}

// fieldsOf lists the fields and methods of a type that can be reached from a
// view, by its name, each with its dot, in the order of the alphabet.
func fieldsOf(view any, of string) []string {
	if view == nil {
		return nil
	}
	found := reached(reflect.TypeOf(view), of, map[reflect.Type]bool{})
	if found == nil {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(found) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, "."+f.Name)
		}
	}
	for i := range reflect.PointerTo(found).NumMethod() {
		names = append(names, "."+reflect.PointerTo(found).Method(i).Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// reached finds the struct of a name in a type and in all that it holds.
func reached(t reflect.Type, name string, seen map[reflect.Type]bool) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return nil
	}
	seen[t] = true
	if t.String() == name {
		return t
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			if found := reached(f.Type, name, seen); found != nil {
				return found
			}
		}
	}
	return nil
}

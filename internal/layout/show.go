package layout

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escapers parts a pipeline into what an author wrote and the names of what
// html/template put behind it, joined: how the value is escaped.
func escapers(commands []*parse.CommandNode) (written []*parse.CommandNode, names string) {
	end := len(commands)
	for ; end > 0; end-- {
		c := commands[end-1]
		n, ok := c.Args[0].(*parse.IdentifierNode)
		if !ok || len(c.Args) > 1 {
			break
		}
		name, ok := strings.CutPrefix(n.Ident, "_html_template_")
		if !ok {
			break
		}
		names = strings.TrimSpace(name + " " + names)
	}
	return commands[:end], names
}

// show writes a value, escaped. Without an escaper that it knows, it gives up:
// nothing is ever written as it is.
func (s *scope) show(v value, names string, w *writer) {
	if names == "jsvalescaper" {
		w.add(showJSON(v))
		return
	}
	escape, ok := contexts()[names]
	if !ok {
		unknown("the escapers %q", names)
	}
	if v.constant {
		r := &run{}
		appendShown(r, v.get(r, reflect.Value{}), escape)
		w.constant(r.out)
		return
	}
	w.add(shown(v, escape))
}

// shown chooses by the type how a value becomes text.
func shown(v value, escape escaper) action {
	get := v.get
	switch {
	case v.typ == reflect.TypeFor[template.HTML]():
		return func(r *run, dot reflect.Value) flow {
			r.out = escape(r.out, get(r, dot).String(), ofHTML)
			return onward
		}
	case v.typ == reflect.TypeFor[string](), v.typ.Kind() == reflect.String && v.typ.NumMethod() == 0 && v.typ.PkgPath() != "html/template":
		return func(r *run, dot reflect.Value) flow {
			r.out = escape(r.out, get(r, dot).String(), ofText)
			return onward
		}
	case signed(v.typ) && v.typ.NumMethod() == 0:
		return func(r *run, dot reflect.Value) flow {
			// Digits and a minus are the same in every context.
			r.out = strconv.AppendInt(r.out, get(r, dot).Int(), 10)
			return onward
		}
	}
	return func(r *run, dot reflect.Value) flow {
		appendShown(r, get(r, dot), escape)
		return onward
	}
}

// appendShown writes any value as html/template does.
func appendShown(r *run, v reflect.Value, escape escaper) {
	s, of := stringify(v.Interface())
	r.out = escape(r.out, s, of)
}

// content is what a text claims to be.
type content int

const (
	ofText content = iota // any text, and what is trusted where none of our escapers trusts it
	ofHTML
	ofURL
)

// stringify makes a text of a value, as the escapers of html/template begin.
func stringify(v any) (string, content) {
	at := reflect.ValueOf(v)
	end := at
	for end.Kind() == reflect.Pointer && !end.IsNil() {
		end = end.Elem()
	}
	switch s := end.Interface().(type) {
	case string:
		return s, ofText
	case template.HTML:
		return string(s), ofHTML
	case template.URL:
		return string(s), ofURL
	case template.CSS, template.HTMLAttr, template.JS, template.JSStr, template.Srcset:
		return end.String(), ofText
	}
	for !speaks(at.Type()) && at.Kind() == reflect.Pointer && !at.IsNil() {
		at = at.Elem()
	}
	return fmt.Sprint(at.Interface()), ofText
}

// speaks tells the types that have a text of their own.
func speaks(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]())
}

package layout

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// value is what an expression becomes: how to get it, and its type, which is
// that of every value it ever gives. Without a type there is none: the dot of a
// template that is called with nothing.
type value struct {
	typ         reflect.Type
	addressable bool
	constant    bool
	get         func(r *run, dot reflect.Value) reflect.Value

	// A chain of fields is one path from where it begins: indexes of fields, and
	// pointers to follow. Most begin at the dot, and need not ask for it.
	ofDot bool
	from  func(r *run, dot reflect.Value) reflect.Value
	path  []int
}

// pointee in a path is a pointer to follow.
const pointee = -1

// known refuses types of which it is not certain what a value is.
func known(t reflect.Type) {
	if t == nil {
		unknown("there is no dot here")
	}
	base := t
	for base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch base.Kind() {
	case reflect.Interface, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		unknown("a value of type %s", t)
	}
	if base == reflect.TypeFor[reflect.Value]() {
		unknown("a value of type %s", t)
	}
}

// fixed is a constant.
func fixed(v any) value {
	of := reflect.ValueOf(v)
	return value{typ: of.Type(), constant: true, get: func(*run, reflect.Value) reflect.Value { return of }}
}

// along follows a path from v to what is of a type.
func (v value) along(typ reflect.Type, addressable bool, path ...int) value {
	if v.from == nil {
		v.from = v.get // of what is no path yet
	}
	v.path = slices.Concat(v.path, path)
	v.typ, v.addressable, v.constant = typ, addressable, false
	from, steps, first := v.from, v.path, v.path[0]
	switch {
	case !v.ofDot:
		v.get = func(r *run, dot reflect.Value) reflect.Value { return walk(from(r, dot), steps) }
	case len(steps) == 1 && first != pointee:
		v.get = func(_ *run, dot reflect.Value) reflect.Value { return dot.Field(first) }
	default:
		v.get = func(_ *run, dot reflect.Value) reflect.Value { return walk(dot, steps) }
	}
	return v
}

// walk follows a path.
func walk(at reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		if i != pointee {
			at = at.Field(i)
			continue
		}
		if at.IsNil() {
			fail()
		}
		at = at.Elem()
	}
	return at
}

// pointed is what stands at the end of v's pointers, and how to come there.
func pointed(v value) (end value, follow func(reflect.Value) reflect.Value) {
	known(v.typ)
	end = v
	count := 0
	for end.typ.Kind() == reflect.Pointer {
		end = end.along(end.typ.Elem(), true, pointee)
		count++
	}
	if count == 0 {
		return end, func(at reflect.Value) reflect.Value { return at }
	}
	return end, func(at reflect.Value) reflect.Value {
		for range count {
			if at.IsNil() {
				fail()
			}
			at = at.Elem()
		}
		return at
	}
}

// plain says that no method could be called of a value's pointer, so that it
// does not matter whether it has one.
func plain(t reflect.Type) bool {
	if t == nil || t.Kind() == reflect.Pointer {
		return true
	}
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Array && reflect.PointerTo(t).NumMethod() == t.NumMethod()
}

// pipeline is one in parentheses, or of a {{with}}.
func (s *scope) pipeline(p *parse.PipeNode) value {
	if len(p.Decl) > 0 {
		unknown("a variable that is declared inside an action")
	}
	return s.commands(p.Cmds)
}

// commands are what a pipeline does, each with the value of the one before.
func (s *scope) commands(commands []*parse.CommandNode) value {
	var last *value
	for _, c := range commands {
		v := s.command(c, last)
		last = &v
	}
	if last == nil {
		unknown("an empty pipeline")
	}
	known(last.typ)
	return *last
}

func (s *scope) command(c *parse.CommandNode, final *value) value {
	args := c.Args[1:]
	switch n := c.Args[0].(type) {
	case *parse.FieldNode:
		return s.fields(s.dot, n.Ident, args, final)
	case *parse.ChainNode:
		return s.chain(n, args, final)
	case *parse.IdentifierNode:
		return s.function(n.Ident, args, final)
	case *parse.VariableNode:
		if v := s.variable(s.find(n.Ident[0])); len(n.Ident) > 1 {
			return s.fields(v, n.Ident[1:], args, final)
		}
	}
	if len(args) > 0 || final != nil {
		unknown("an argument of what is no function: %s", c)
	}
	return s.operand(c.Args[0])
}

// operand is a value without arguments, where its type is not asked for.
func (s *scope) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		known(s.dot.typ)
		return s.dot
	case *parse.FieldNode:
		return s.fields(s.dot, n.Ident, nil, nil)
	case *parse.ChainNode:
		return s.chain(n, nil, nil)
	case *parse.IdentifierNode:
		return s.function(n.Ident, nil, nil)
	case *parse.PipeNode:
		return s.pipeline(n)
	case *parse.VariableNode:
		v := s.variable(s.find(n.Ident[0]))
		if len(n.Ident) > 1 {
			return s.fields(v, n.Ident[1:], nil, nil)
		}
		return v
	case *parse.BoolNode:
		return fixed(n.True)
	case *parse.StringNode:
		return fixed(n.Text)
	case *parse.NumberNode:
		return number(n)
	}
	unknown("the operand %s", n)
	panic("not reached")
}

// number is a number where nothing says of which type: its spelling does.
func number(n *parse.NumberNode) value {
	switch {
	case n.IsComplex:
	case n.IsFloat && !spelledWhole(n.Text) && strings.ContainsAny(n.Text, ".eEpP"):
		return fixed(n.Float64)
	case n.IsInt && int64(int(n.Int64)) == n.Int64:
		return fixed(int(n.Int64))
	}
	unknown("the number %s", n)
	panic("not reached")
}

// spelledWhole tells letters ('x') and hexadecimal numbers, whose "e" is a digit.
func spelledWhole(text string) bool {
	if text[0] == '\'' {
		return true
	}
	return len(text) > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && !strings.ContainsAny(text, "pP")
}

func (s *scope) chain(n *parse.ChainNode, args []parse.Node, final *value) value {
	p, ok := n.Node.(*parse.PipeNode)
	if !ok {
		unknown("a chain of %s", n.Node)
	}
	return s.fields(s.pipeline(p), n.Field, args, final)
}

func (s *scope) variable(of variable) value {
	slot := of.slot
	return value{typ: of.typ, addressable: of.addressable, get: func(r *run, _ reflect.Value) reflect.Value {
		return r.vars[r.base+slot]
	}}
}

// fields is .A.B.C of a value; the last may be a method with arguments.
func (s *scope) fields(v value, names []string, args []parse.Node, final *value) value {
	for _, name := range names[:len(names)-1] {
		v = s.field(v, name, nil, nil)
	}
	return s.field(v, names[len(names)-1], args, final)
}

func (s *scope) field(of value, name string, args []parse.Node, final *value) value {
	of, _ = pointed(of)
	methods := of.typ
	if of.addressable {
		methods = reflect.PointerTo(of.typ)
	}
	if m, ok := methods.MethodByName(name); ok {
		return s.method(of, m, args, final)
	}
	if of.typ.Kind() != reflect.Struct || len(args) > 0 || final != nil {
		unknown("the field %s of %s", name, of.typ)
	}
	f, ok := of.typ.FieldByName(name)
	if !ok || !f.IsExported() {
		unknown("the field %s of %s", name, of.typ)
	}
	var path []int
	at, addressable := of.typ, of.addressable
	for i, index := range f.Index {
		if i > 0 && at.Kind() == reflect.Pointer {
			path, at, addressable = append(path, pointee), at.Elem(), true
		}
		path, at = append(path, index), at.Field(index).Type
	}
	known(f.Type)
	return of.along(f.Type, addressable, path...)
}

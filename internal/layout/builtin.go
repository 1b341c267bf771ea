package layout

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// builtin is a call of a function of text/template's own.
func (s *scope) builtin(name string, args []parse.Node, final *value) value {
	switch name {
	case "and", "or":
		if final == nil && len(args) > 0 {
			return s.either(args, name == "or")
		}
	case "not", "eq", "ne", "lt", "le", "gt", "ge":
		if test := s.test(name, args, final); test != nil {
			return value{typ: reflect.TypeFor[bool](), get: func(r *run, dot reflect.Value) reflect.Value {
				return reflect.ValueOf(test(r, dot))
			}}
		}
	case "len":
		if v := s.values(args, final); len(v) == 1 {
			return length(v[0])
		}
	case "index":
		if v := s.values(args, final); len(v) > 1 {
			return index(v[0], v[1:])
		}
	case "print", "println", "printf":
		return s.printed(name, args, final)
	}
	unknown("the function %s", name)
	panic("not reached")
}

// values are arguments for parameters that take anything.
func (s *scope) values(args []parse.Node, final *value) []value {
	var all []value
	for _, n := range args {
		all = append(all, s.operand(n))
	}
	if final != nil {
		all = append(all, *final)
	}
	for _, v := range all {
		known(v.typ)
	}
	return all
}

// either is "and" and "or": the first argument that decides, or the last.
func (s *scope) either(args []parse.Node, decides bool) value {
	all := s.values(args, nil)
	typ, addressable := all[0].typ, all[0].addressable && !plain(all[0].typ)
	for _, v := range all[1:] {
		if v.typ != typ || addressable != (v.addressable && !plain(typ)) {
			unknown("%s or %s", typ, v.typ)
		}
	}
	truth := truthOf(typ)
	return value{typ: typ, addressable: addressable, get: func(r *run, dot reflect.Value) (v reflect.Value) {
		for _, arg := range all {
			if v = arg.get(r, dot); truth(v) == decides {
				break
			}
		}
		return v
	}}
}

// condition is a pipeline of which only the truth is asked. There "and" and
// "or" may have arguments of any types.
func (s *scope) condition(p *parse.PipeNode) func(r *run, dot reflect.Value) bool {
	if len(p.Decl) > 0 {
		unknown("a variable that is declared inside an action")
	}
	if len(p.Cmds) == 1 {
		args := p.Cmds[0].Args
		switch n := args[0].(type) {
		case *parse.PipeNode:
			if len(args) == 1 {
				return s.condition(n)
			}
		case *parse.IdentifierNode:
			if s.funcs[n.Ident] != nil {
				break
			}
			if test := s.test(n.Ident, args[1:], nil); test != nil {
				return test
			}
		}
	}
	return truthful(s.commands(p.Cmds))
}

func truthful(v value) func(r *run, dot reflect.Value) bool {
	get, truth := v.get, truthOf(v.typ)
	return func(r *run, dot reflect.Value) bool { return truth(get(r, dot)) }
}

// test is a call of what answers yes or no; nil if the function does not.
func (s *scope) test(name string, args []parse.Node, final *value) func(r *run, dot reflect.Value) bool {
	switch name {
	case "and", "or":
		if final != nil || len(args) == 0 {
			return nil
		}
		var all []func(r *run, dot reflect.Value) bool
		for _, n := range args {
			all = append(all, s.holds(n))
		}
		decides := name == "or"
		return func(r *run, dot reflect.Value) bool {
			for _, holds := range all {
				if holds(r, dot) == decides {
					return decides
				}
			}
			return !decides
		}
	case "not":
		switch {
		case final == nil && len(args) == 1:
			holds := s.holds(args[0])
			return func(r *run, dot reflect.Value) bool { return !holds(r, dot) }
		case final != nil && len(args) == 0:
			holds := truthful(*final)
			return func(r *run, dot reflect.Value) bool { return !holds(r, dot) }
		}
	case "eq", "ne", "lt", "le", "gt", "ge":
		return compare(name, s.values(args, final))
	}
	return nil
}

// holds is the truth of an argument.
func (s *scope) holds(n parse.Node) func(r *run, dot reflect.Value) bool {
	if p, ok := n.(*parse.PipeNode); ok {
		return s.condition(p)
	}
	return truthful(s.operand(n))
}

// truthOf tells what is true among the values of a type.
func truthOf(t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.String:
		return func(v reflect.Value) bool { return v.String() != "" }
	case reflect.Slice, reflect.Array, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Float32, reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	switch {
	case signed(t):
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case wholeNumber(t):
		return func(v reflect.Value) bool { return v.Uint() != 0 }
	}
	unknown("the truth of %s", t)
	panic("not reached")
}

func signed(t reflect.Type) bool { return t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64 }

func wholeNumber(t reflect.Type) bool { return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uintptr }

// length is "len".
func length(v value) value {
	v, _ = pointed(v)
	switch v.typ.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
	default:
		unknown("the length of %s", v.typ)
	}
	get := v.get
	return value{typ: reflect.TypeFor[int](), get: func(r *run, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(get(r, dot).Len())
	}}
}

// index is "index", of lists and texts by whole numbers.
func index(v value, by []value) value {
	for _, i := range by {
		v, _ = pointed(v)
		get, at, plus := v.get, i.get, signed(i.typ)
		switch {
		case !wholeNumber(i.typ):
			unknown("an index of type %s", i.typ)
		case v.typ.Kind() == reflect.Slice:
			v = value{typ: v.typ.Elem(), addressable: true}
		case v.typ.Kind() == reflect.Array:
			v = value{typ: v.typ.Elem(), addressable: v.addressable}
		case v.typ.Kind() == reflect.String:
			v = value{typ: reflect.TypeFor[byte]()}
		default:
			unknown("an index of %s", v.typ)
		}
		known(v.typ)
		v.get = func(r *run, dot reflect.Value) reflect.Value {
			list, i := get(r, dot), at(r, dot)
			n := uint64(list.Len())
			if plus && (i.Int() < 0 || uint64(i.Int()) >= n) || !plus && i.Uint() >= n {
				fail()
			}
			if plus {
				return list.Index(int(i.Int()))
			}
			return list.Index(int(i.Uint()))
		}
	}
	return v
}

// printed is "print", "println" and "printf", which are fmt's.
func (s *scope) printed(name string, args []parse.Node, final *value) value {
	fs := map[string]any{"print": fmt.Sprint, "println": fmt.Sprintln, "printf": fmt.Sprintf}
	f := reflect.TypeOf(fs[name])
	values := s.arguments(name, f, 0, args, final)
	text := reflect.TypeFor[string]()
	if format, ok := fs[name].(func(string, ...any) string); ok {
		return value{typ: text, get: direct(format, values)}
	}
	all := fs[name].(func(...any) string)
	return value{typ: text, get: func(r *run, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(all(interfaces(r, dot, values)...))
	}}
}

package layout

import (
	"html/template"
	"reflect"
	"text/template/parse"
)

// function is a call of a function by its name, with what comes before it in
// the pipeline as its last argument.
func (s *scope) function(name string, args []parse.Node, final *value) value {
	f, ok := s.funcs[name]
	if !ok {
		return s.builtin(name, args, final)
	}
	of := reflect.ValueOf(f)
	values := s.arguments(name, of.Type(), 0, args, final)
	v := value{typ: result(name, of.Type()), constant: true}
	for _, arg := range values {
		v.constant = v.constant && arg.constant
	}
	if v.get = direct(f, values); v.get == nil {
		v.get = func(r *run, dot reflect.Value) reflect.Value { return guarded(of, evaluate(r, dot, values)) }
	}
	if v.constant {
		return fixed(v.get(nil, reflect.Value{}).Interface())
	}
	return v
}

// result is the type that a call gives. A second result is an error.
func result(name string, f reflect.Type) reflect.Type {
	if f.NumOut() != 1 && (f.NumOut() != 2 || f.Out(1) != reflect.TypeFor[error]()) {
		unknown("the results of %s", name)
	}
	known(f.Out(0))
	return f.Out(0)
}

// arguments are those of a call, fit for the function's type, whose first
// parameters are already given.
func (s *scope) arguments(name string, f reflect.Type, given int, args []parse.Node, final *value) []value {
	parameter := func(i int) reflect.Type {
		if i += given; !f.IsVariadic() || i < f.NumIn()-1 {
			return f.In(i)
		}
		return f.In(f.NumIn() - 1).Elem()
	}
	count := len(args)
	if final != nil {
		count++
	}
	if wanted := f.NumIn() - given; f.IsVariadic() && count < wanted-1 || !f.IsVariadic() && count != wanted {
		unknown("the number of arguments of %s", name)
	}
	var values []value
	for i, arg := range args {
		values = append(values, s.argument(arg, parameter(i)))
	}
	if final != nil {
		values = append(values, fit(*final, parameter(len(args))))
	}
	return values
}

// argument is one argument for a parameter of a type.
func (s *scope) argument(n parse.Node, typ reflect.Type) value {
	literal := reflect.New(typ).Elem()
	kind := typ.Kind()
	switch n := n.(type) {
	case *parse.BoolNode:
		if kind == reflect.Bool {
			literal.SetBool(n.True)
			return fixed(literal.Interface())
		}
	case *parse.StringNode:
		if kind == reflect.String {
			literal.SetString(n.Text)
			return fixed(literal.Interface())
		}
	case *parse.NumberNode:
		switch {
		case n.IsInt && literal.CanInt():
			literal.SetInt(n.Int64)
			return fixed(literal.Interface())
		case n.IsUint && literal.CanUint():
			literal.SetUint(n.Uint64)
			return fixed(literal.Interface())
		case n.IsFloat && literal.CanFloat():
			literal.SetFloat(n.Float64)
			return fixed(literal.Interface())
		}
	case *parse.DotNode, *parse.FieldNode, *parse.VariableNode, *parse.PipeNode, *parse.IdentifierNode, *parse.ChainNode:
		return fit(s.operand(n), typ)
	default:
		unknown("the argument %s", n)
	}
	if kind != reflect.Interface || typ.NumMethod() > 0 {
		unknown("the argument %s for %s", n, typ)
	}
	return s.operand(n)
}

// fit makes a value fit for a parameter: by one pointer more or less, if needed.
func fit(v value, typ reflect.Type) value {
	known(v.typ)
	switch {
	case v.typ.AssignableTo(typ):
		return v
	case v.typ.Kind() == reflect.Pointer && v.typ.Elem().AssignableTo(typ):
		return v.along(v.typ.Elem(), true, pointee)
	case v.addressable && reflect.PointerTo(v.typ).AssignableTo(typ):
		get := v.get
		return value{typ: reflect.PointerTo(v.typ), get: func(r *run, dot reflect.Value) reflect.Value { return get(r, dot).Addr() }}
	}
	unknown("a value of type %s for %s", v.typ, typ)
	panic("not reached")
}

// method is a call of a method.
func (s *scope) method(of value, m reflect.Method, args []parse.Node, final *value) value {
	// The receiver is a parameter, except of an interface, which known refuses.
	values := s.arguments(m.Name, m.Type, 1, args, final)
	get, index, pointer := of.get, m.Index, of.addressable
	return value{typ: result(m.Name, m.Type), get: func(r *run, dot reflect.Value) reflect.Value {
		in := evaluate(r, dot, values)
		receiver := get(r, dot)
		if pointer {
			receiver = receiver.Addr()
		}
		return guarded(receiver.Method(index), in)
	}}
}

func evaluate(r *run, dot reflect.Value, values []value) []reflect.Value {
	all := make([]reflect.Value, len(values))
	for i, v := range values {
		all[i] = v.get(r, dot)
	}
	return all
}

// guarded calls a function. An error, or a panic of the function, is an error of
// the layout.
func guarded(f reflect.Value, args []reflect.Value) reflect.Value {
	defer failed()
	out := f.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		fail()
	}
	return out[0]
}

// failed, deferred, makes any panic one that ends Append.
func failed() {
	if recover() != nil {
		fail()
	}
}

// direct calls functions of frequent types without reflection. It is nil for
// any other.
func direct(f any, args []value) func(r *run, dot reflect.Value) reflect.Value {
	switch f := f.(type) {
	case func(string, ...any) string:
		first, rest := args[0].get, args[1:]
		return func(r *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(words(f, first(r, dot).String(), interfaces(r, dot, rest)))
		}
	case func(string) string:
		first := args[0].get
		return func(r *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(word(f, first(r, dot).String()))
		}
	case func(string) template.HTML:
		first := args[0].get
		return func(r *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(word(f, first(r, dot).String()))
		}
	}
	return nil
}

func words(f func(string, ...any) string, first string, rest []any) string {
	defer failed()
	return f(first, rest...)
}

func word[T any](f func(string) T, s string) T {
	defer failed()
	return f(s)
}

func interfaces(r *run, dot reflect.Value, values []value) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v.get(r, dot).Interface()
	}
	return all
}

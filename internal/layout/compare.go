package layout

import "reflect"

// basic is a kind of values that can be compared. Sizes and names of types do
// not matter.
type basic int

const (
	boolean basic = iota
	integer
	natural
	float
	text
)

func basicOf(t reflect.Type) basic {
	switch {
	case t.Kind() == reflect.Bool:
		return boolean
	case signed(t):
		return integer
	case wholeNumber(t):
		return natural
	case t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64:
		return float
	case t.Kind() == reflect.String:
		return text
	}
	unknown("a comparison of %s", t)
	panic("not reached")
}

// relation compares two values of two types.
type relation func(a, b reflect.Value) bool

// compare is eq, ne, lt, le, gt or ge, as text/template defines them: "eq" with
// several, and "gt" as what is not "le", so that it holds for what is no number.
func compare(name string, v []value) func(r *run, dot reflect.Value) bool {
	if len(v) < 2 || len(v) > 2 && name != "eq" {
		unknown("the number of arguments of %s", name)
	}
	if name == "eq" {
		return equalAny(v[0], v[1:])
	}
	a, b, x, y := v[0].get, v[1].get, basicOf(v[0].typ), basicOf(v[1].typ)
	var holds relation
	switch name {
	case "ne":
		equal := equals(x, y)
		holds = func(a, b reflect.Value) bool { return !equal(a, b) }
	case "lt":
		holds = less(x, y)
	case "ge":
		before := less(x, y)
		holds = func(a, b reflect.Value) bool { return !before(a, b) }
	case "le", "gt":
		before, equal, not := less(x, y), equals(x, y), name == "gt"
		holds = func(a, b reflect.Value) bool { return (before(a, b) || equal(a, b)) != not }
	}
	return func(r *run, dot reflect.Value) bool { return holds(a(r, dot), b(r, dot)) }
}

// equalAny evaluates all that it compares with, as a call does.
func equalAny(v value, with []value) func(r *run, dot reflect.Value) bool {
	var equal []relation
	for _, w := range with {
		equal = append(equal, equals(basicOf(v.typ), basicOf(w.typ)))
	}
	return func(r *run, dot reflect.Value) bool {
		one, any := v.get(r, dot), false
		for i, w := range with {
			if equal[i](one, w.get(r, dot)) {
				any = true
			}
		}
		return any
	}
}

func equals(x, y basic) relation {
	switch {
	case x == boolean && y == boolean:
		return func(a, b reflect.Value) bool { return a.Bool() == b.Bool() }
	case x == integer && y == integer:
		return func(a, b reflect.Value) bool { return a.Int() == b.Int() }
	case x == natural && y == natural:
		return func(a, b reflect.Value) bool { return a.Uint() == b.Uint() }
	case x == integer && y == natural:
		return func(a, b reflect.Value) bool { return a.Int() >= 0 && uint64(a.Int()) == b.Uint() }
	case x == natural && y == integer:
		return func(a, b reflect.Value) bool { return b.Int() >= 0 && a.Uint() == uint64(b.Int()) }
	case x == float && y == float:
		return func(a, b reflect.Value) bool { return a.Float() == b.Float() }
	case x == text && y == text:
		return func(a, b reflect.Value) bool { return a.String() == b.String() }
	}
	unknown("a comparison of two kinds")
	panic("not reached")
}

func less(x, y basic) relation {
	switch {
	case x == integer && y == integer:
		return func(a, b reflect.Value) bool { return a.Int() < b.Int() }
	case x == natural && y == natural:
		return func(a, b reflect.Value) bool { return a.Uint() < b.Uint() }
	case x == integer && y == natural:
		return func(a, b reflect.Value) bool { return a.Int() < 0 || uint64(a.Int()) < b.Uint() }
	case x == natural && y == integer:
		return func(a, b reflect.Value) bool { return b.Int() >= 0 && a.Uint() < uint64(b.Int()) }
	case x == float && y == float:
		return func(a, b reflect.Value) bool { return a.Float() < b.Float() }
	case x == text && y == text:
		return func(a, b reflect.Value) bool { return a.String() < b.String() }
	}
	unknown("an order of two kinds")
	panic("not reached")
}

package layout

import (
	"reflect"
	"text/template/parse"
)

// loop is {{range}}, over slices, arrays and whole numbers.
func (s *scope) loop(n *parse.RangeNode) action {
	pipe := n.Pipe
	if len(pipe.Decl) > 0 && pipe.IsAssign {
		unknown("a range that assigns")
	}
	outer := len(s.vars)
	whole := s.commands(pipe.Cmds)
	// Without anything to range over, the variables hold the whole.
	elseStart := len(s.vars)
	slots := make([]int, len(pipe.Decl))
	for i, d := range pipe.Decl {
		slots[i] = s.declare(d.Ident[0], whole)
	}
	otherwise := s.list(n.ElseList)
	s.vars = s.vars[:elseStart]

	over, follow := pointed(whole)
	element, number := over, false
	switch over.typ.Kind() {
	case reflect.Slice:
		element = value{typ: over.typ.Elem(), addressable: true}
	case reflect.Array:
		element = value{typ: over.typ.Elem(), addressable: over.addressable}
	default:
		if !wholeNumber(over.typ) || len(pipe.Decl) > 1 {
			unknown("a range over %s", over.typ)
		}
		number, element.addressable = true, false
	}
	known(element.typ)
	elseSlots := slots
	slots = make([]int, len(pipe.Decl))
	for i, d := range pipe.Decl {
		of := element
		if len(pipe.Decl) == 2 && i == 0 {
			of = value{typ: reflect.TypeFor[int]()}
		}
		slots[i] = s.declare(d.Ident[0], of)
	}
	dot := s.dot
	s.dot.typ, s.dot.addressable = element.typ, element.addressable
	body := s.list(n.List)
	s.dot = dot
	s.vars = s.vars[:outer]

	l := &loop{slots: slots, body: body}
	each := l.elements
	if number {
		each = l.numbers
	}
	return func(r *run, dot reflect.Value) flow {
		v := whole.get(r, dot)
		if ran := each(r, follow(v)); !ran {
			for _, slot := range elseSlots {
				r.vars[r.base+slot] = v
			}
			return r.do(otherwise, dot)
		}
		return onward
	}
}

type loop struct {
	slots []int // of the variables: the element, or the index and the element
	body  []step
}

// once runs the body for one element; it is false after a break.
func (l *loop) once(r *run, i int, element reflect.Value) bool {
	r.bound()
	switch len(l.slots) {
	case 1:
		r.vars[r.base+l.slots[0]] = element
	case 2:
		r.vars[r.base+l.slots[0]] = reflect.ValueOf(i)
		r.vars[r.base+l.slots[1]] = element
	}
	return r.do(l.body, element) != leave
}

// elements is false where there are none.
func (l *loop) elements(r *run, list reflect.Value) bool {
	n := list.Len()
	for i := range n {
		if !l.once(r, i, list.Index(i)) {
			break
		}
	}
	return n > 0
}

// numbers counts to n.
func (l *loop) numbers(r *run, n reflect.Value) bool {
	if signed(n.Type()) && n.Int() > longest || !signed(n.Type()) && n.Uint() > longest {
		fail()
	}
	ran := false
	for v := range n.Seq() {
		ran = true
		if !l.once(r, 0, v) {
			break
		}
	}
	return ran
}

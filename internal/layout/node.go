package layout

import (
	"reflect"
	"text/template/parse"
)

// writer collects steps. What is constant is joined until something is not.
type writer struct {
	steps []step
	text  []byte // constant, and not yet in a step
}

func (w *writer) constant(text []byte) { w.text = append(w.text, text...) }

func (w *writer) add(then action) {
	w.steps, w.text = append(w.steps, step{w.text, then}), nil
}

// all gives the steps, when there are no more to come.
func (w *writer) all() []step {
	if len(w.text) > 0 {
		w.add(nil)
	}
	return w.steps
}

// node compiles one node.
func (s *scope) node(n parse.Node, w *writer) {
	switch n := n.(type) {
	case *parse.TextNode:
		w.constant(n.Text)
	case *parse.CommentNode:
	case *parse.ActionNode:
		s.action(n.Pipe, w)
	case *parse.IfNode:
		s.branch(&n.BranchNode, false, w)
	case *parse.WithNode:
		s.branch(&n.BranchNode, true, w)
	case *parse.RangeNode:
		w.add(s.loop(n))
	case *parse.TemplateNode:
		w.add(s.template(n))
	case *parse.BreakNode:
		w.add(func(*run, reflect.Value) flow { return leave })
	case *parse.ContinueNode:
		w.add(func(*run, reflect.Value) flow { return again })
	default:
		unknown("a node %s", n)
	}
}

// action is a value that is shown, or a variable that is set.
func (s *scope) action(pipe *parse.PipeNode, w *writer) {
	if len(pipe.Decl) == 0 {
		commands, escape := escapers(pipe.Cmds)
		s.show(s.commands(commands), escape, w)
		return
	}
	if set := s.set(pipe, s.commands(pipe.Cmds)); set != nil {
		w.add(set)
	}
}

// set declares or assigns the variables of a pipeline, which has the value v.
func (s *scope) set(pipe *parse.PipeNode, v value) action {
	if len(pipe.Decl) > 1 {
		unknown("several variables at once")
	}
	name := pipe.Decl[0].Ident[0]
	var slot int
	if pipe.IsAssign {
		old := s.find(name)
		if old.typ != v.typ || old.addressable != (v.addressable && !plain(v.typ)) {
			unknown("%s is given values of two kinds", name)
		}
		slot = old.slot
	} else {
		slot = s.declare(name, v)
	}
	return func(r *run, dot reflect.Value) flow {
		r.vars[r.base+slot] = v.get(r, dot)
		return onward
	}
}

// branch is {{if}} or {{with}}.
func (s *scope) branch(n *parse.BranchNode, with bool, w *writer) {
	outer := len(s.vars)
	var set action
	var v value
	var holds func(r *run, dot reflect.Value) bool
	if len(n.Pipe.Decl) == 0 && !with {
		holds = s.condition(n.Pipe)
	} else {
		v = s.commands(n.Pipe.Cmds)
		if len(n.Pipe.Decl) > 0 {
			set = s.set(n.Pipe, v)
			v = s.variable(s.find(n.Pipe.Decl[0].Ident[0]))
		}
		get, truth := v.get, truthOf(v.typ)
		holds = func(r *run, dot reflect.Value) bool { return truth(get(r, dot)) }
	}
	var then []step
	if with {
		inner := s.dot
		s.dot.typ, s.dot.addressable = v.typ, v.addressable
		then = s.list(n.List)
		s.dot = inner
	} else {
		then = s.list(n.List)
	}
	otherwise := s.list(n.ElseList)
	s.vars = s.vars[:outer]
	switch {
	case with:
		get, truth := v.get, truthOf(v.typ)
		w.add(func(r *run, dot reflect.Value) flow {
			if set != nil {
				set(r, dot)
			}
			if inner := get(r, dot); truth(inner) {
				return r.do(then, inner)
			}
			return r.do(otherwise, dot)
		})
	default:
		w.add(func(r *run, dot reflect.Value) flow {
			if set != nil {
				set(r, dot)
			}
			if holds(r, dot) {
				return r.do(then, dot)
			}
			return r.do(otherwise, dot)
		})
	}
}

// template is a call of another template.
func (s *scope) template(n *parse.TemplateNode) action {
	if n.Pipe == nil {
		b := s.block(n.Name, nil, false)
		return func(r *run, _ reflect.Value) flow {
			r.call(b, reflect.Value{})
			return onward
		}
	}
	if len(n.Pipe.Decl) > 0 {
		unknown("a variable that is declared on the way to a template")
	}
	v := s.commands(n.Pipe.Cmds)
	b := s.block(n.Name, v.typ, v.addressable)
	return func(r *run, dot reflect.Value) flow {
		r.call(b, v.get(r, dot))
		return onward
	}
}

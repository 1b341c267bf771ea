// Package layout executes what html/template has parsed and escaped, without its
// reflection at every step.
//
// html/template stays who reads a layout and decides, by context, how each value
// is escaped. Compile then walks its tree once, with the Go type of the view, and
// makes functions of it: a chain of fields becomes a path of indexes, what is
// constant becomes bytes, an escaper appends to one buffer. A page costs a tenth.
//
// It is a short way beside html/template and never another opinion. Compile gives
// up at what it does not know (interfaces, maps, channels, rare escapers, variables
// that change their type), and Append where the layout would meet an error (a nil
// pointer, an index out of range, a function that fails): the page is html/template's
// then, and so are the words of the error. A fuzz target holds the two together.
package layout

import (
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"sync"
	"text/template/parse"
)

// Program is a layout for views of one type. It may be used by many goroutines.
type Program struct {
	view reflect.Type
	main *block
	runs sync.Pool // of *run
}

// flow says how a step ends: on, or out of the range around it.
type flow uint8

const (
	onward flow = iota
	leave       // {{break}}
	again       // {{continue}}
)

// action is what a node of the tree became; dot is the value of ".".
type action func(r *run, dot reflect.Value) flow

// step writes a constant text and then does something; of the last one in a
// list the text may be all.
type step struct {
	text []byte
	then action
}

// block is a template, for one type of its dot.
type block struct {
	steps []step
	slots int // how many variables it has, "$" among them
}

// run is one execution.
type run struct {
	out   []byte
	limit int
	vars  []reflect.Value // of all blocks that run, the innermost last
	base  int             // where those of the innermost begin
	depth int
	turns int // of loops, and calls
}

// deepest is how far blocks may call each other here. html/template ends at
// 100 000, with an error.
const deepest = 10_000

// mostTurns is how often a page may go through a {{range}} or call a block here:
// a layout that writes nothing would never be too long.
const mostTurns = 10_000_000

// longest is up to which number {{range 10}} counts here: what needs more is
// hardly meant.
const longest = 1 << 20

// giveUp is why html/template has to do it.
type giveUp struct{ why string }

// unknown ends Compile.
func unknown(format string, args ...any) { panic(giveUp{fmt.Sprintf(format, args...)}) }

// fail ends Append where the layout would meet an error.
func fail() { panic(giveUp{"it meets an error"}) }

// Compile makes a program of the template t for views of a type. The functions are
// those that t was given; each must give the same for the same arguments, since
// calls with constant ones are made here, once. It executes t, with nothing to
// show, so that it is escaped. The error says what Compile does not know.
func Compile(t *template.Template, funcs template.FuncMap, view reflect.Type) (p *Program, err error) {
	if view == nil {
		return nil, errors.New("there is no view")
	}
	var escape *template.Error
	if err := t.Execute(closed{}, nil); errors.As(err, &escape) {
		return nil, err
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case giveUp:
			p, err = nil, errors.New(e.why)
		default:
			panic(e)
		}
	}()
	c := &compiler{templates: t, funcs: funcs, blocks: map[blockKey]*block{}}
	main := c.block(t.Name(), view, false)
	return &Program{view: view, main: main}, nil
}

// closed takes nothing, so that executing ends at the first text.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("closed") }

// Append appends the page of a view to dst. It is false where html/template has
// to do it: the layout would meet an error, or the page have more than limit
// bytes, or go round and round. What was appended then means nothing.
func (p *Program) Append(dst []byte, view any, limit int) (page []byte, ok bool) {
	dot := reflect.ValueOf(view)
	if !dot.IsValid() || dot.Type() != p.view {
		return dst, false
	}
	r, _ := p.runs.Get().(*run)
	if r == nil {
		r = new(run)
	}
	*r = run{out: dst, limit: len(dst) + limit, vars: r.vars[:0]}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case giveUp:
			page, ok = r.out, false
		default:
			panic(e)
		}
	}()
	r.call(p.main, dot)
	r.bound()
	page = r.out
	r.out = nil
	clear(r.vars[:cap(r.vars)]) // the view is not kept
	p.runs.Put(r)
	return page, true
}

// nearlyFull is how little room makes the page's be doubled. It is more than most
// turns of a loop write.
const nearlyFull = 4 << 10

// bound fails where the page is too long already, or takes too long. It keeps room
// for what comes: append alone adds a quarter, which copies a long list a dozen times.
func (r *run) bound() {
	if r.turns++; r.turns > mostTurns || len(r.out) > r.limit {
		fail()
	}
	if cap(r.out)-len(r.out) < nearlyFull {
		r.out = slices.Grow(r.out, len(r.out)+nearlyFull)
	}
}

// call runs a block with variables of its own.
func (r *run) call(b *block, dot reflect.Value) {
	if r.depth++; r.depth > deepest {
		fail()
	}
	r.bound()
	outer := r.base
	r.base = len(r.vars)
	for range b.slots {
		r.vars = append(r.vars, reflect.Value{})
	}
	r.vars[r.base] = dot
	r.do(b.steps, dot)
	r.vars = r.vars[:r.base]
	r.base = outer
	r.depth--
}

// do runs steps up to a break or continue.
func (r *run) do(steps []step, dot reflect.Value) flow {
	for i := range steps {
		s := &steps[i]
		r.out = append(r.out, s.text...)
		if s.then == nil {
			break
		}
		if f := s.then(r, dot); f != onward {
			return f
		}
	}
	return onward
}

type compiler struct {
	templates *template.Template
	funcs     template.FuncMap
	blocks    map[blockKey]*block
}

// blockKey names what a template is compiled for. Without a type there is no
// dot; addressable tells whether methods of its pointer are there.
type blockKey struct {
	name        string
	dot         reflect.Type
	addressable bool
}

// mostBlocks is how many are made of one layout.
const mostBlocks = 1000

// block compiles the template of a name for a type of its dot, once: one that
// calls itself finds itself.
func (c *compiler) block(name string, dot reflect.Type, addressable bool) *block {
	key := blockKey{name, dot, addressable}
	if b, ok := c.blocks[key]; ok {
		return b
	}
	t := c.templates.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		unknown("the template %q cannot be reached", name)
	}
	if len(c.blocks) == mostBlocks {
		unknown("there are more than %d templates", mostBlocks)
	}
	b := &block{}
	c.blocks[key] = b
	s := &scope{compiler: c, dot: value{typ: dot, addressable: addressable, ofDot: true, get: func(_ *run, dot reflect.Value) reflect.Value { return dot }}}
	s.declare("$", s.dot)
	b.steps = s.list(t.Tree.Root)
	b.slots = s.slots
	return b
}

// scope is what a node of one template sees: its dot and variables.
type scope struct {
	*compiler
	dot   value
	vars  []variable // the innermost last
	slots int        // how many were ever declared
}

// variable is a variable and where run keeps it. What it holds never changes its
// type.
type variable struct {
	name        string
	slot        int
	typ         reflect.Type
	addressable bool
}

// declare gives a variable that holds values of v's type.
func (s *scope) declare(name string, v value) int {
	s.vars = append(s.vars, variable{name, s.slots, v.typ, v.addressable && !plain(v.typ)})
	s.slots++
	return s.slots - 1
}

// find gives the variable of a name.
func (s *scope) find(name string) variable {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i]
		}
	}
	unknown("there is no variable %q", name)
	panic("not reached")
}

// list compiles what stands between two ends; what it declares ends with it.
func (s *scope) list(l *parse.ListNode) []step {
	if l == nil {
		return nil
	}
	outer := len(s.vars)
	var w writer
	for _, n := range l.Nodes {
		s.node(n, &w)
	}
	s.vars = s.vars[:outer]
	return w.all()
}

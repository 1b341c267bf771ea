package render

import (
	"cmp"
	"html/template"
	"text/template/parse"
)

// parts are templates as parsed, by name: those of the frame, or a page's own. They
// are shared and never changed: html/template, which changes what it escapes, gets
// copies.
type parts map[string]*parse.Tree

// partsOf are the templates of one file or of several.
func partsOf(t *template.Template) parts {
	all := parts{}
	for _, one := range t.Templates() {
		if one.Tree != nil {
			countIn(one.Tree.Root)
			all[one.Name()] = one.Tree
		}
	}
	return all
}

// of is what stands under a name in a page: the page's own or the frame's. As
// html/template has it, what is empty takes no other's place. It is nil if nothing
// does.
func (own parts) of(frame parts, name string) *parse.Tree {
	mine, theirs := own[name], frame[name]
	if mine == nil || theirs != nil && parse.IsEmptyTree(mine.Root) {
		return theirs
	}
	return mine
}

// page puts a page together, of copies of what it needs: "base", and what that
// calls. Most pages need few of the parts.
func (own parts) page(frame parts) (*template.Template, error) {
	page := template.New("base").Option("missingkey=error")
	added := map[string]bool{}
	var add func(name string) error
	add = func(name string) error {
		tree := own.of(frame, name)
		if tree == nil || added[name] {
			return nil // html/template says so if there is none
		}
		added[name] = true
		if _, err := page.AddParseTree(name, tree.Copy()); err != nil {
			return err
		}
		for _, call := range callsIn(tree.Root, nil) {
			if err := add(call); err != nil {
				return err
			}
		}
		return nil
	}
	if err := add("base"); err != nil {
		return nil, err
	}
	return cmp.Or(page.Lookup("base"), page), nil
}

// callsIn appends the names of the templates that are called in a list.
func callsIn(list *parse.ListNode, names []string) []string {
	if list == nil {
		return names
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.RangeNode:
			names = callsIn(n.ElseList, callsIn(n.List, names))
		case *parse.IfNode:
			names = callsIn(n.ElseList, callsIn(n.List, names))
		case *parse.WithNode:
			names = callsIn(n.ElseList, callsIn(n.List, names))
		}
	}
	return names
}

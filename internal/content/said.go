package content

import (
	"reflect"
	"slices"
	"time"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// Said gives to say all that a document says once its internal parts are cut:
// its text without comments, its title and its front matter. Of unknown fields it gives those
// that are published, which extra names.
func (d *Document) Said(extra []string, say func(text string)) {
	f := d.facts.Get()
	say(withoutComments(f.text.String()))
	say(d.Title)
	saidIn(reflect.ValueOf(&f.Meta).Elem(), say)
	for _, e := range f.Meta.Unknown {
		if slices.Contains(extra, e.Key.Value) {
			saidInTree(e.Value, say)
		}
	}
}

// unsaid are the types of values that hold no text of the author's, and unsaidFields
// those of a Postmortem and its Head whose texts are not published.
var unsaid = []reflect.Type{reflect.TypeFor[diag.Pos](), reflect.TypeFor[time.Time](), reflect.TypeFor[postmortem.Field]()}

var unsaidFields = []string{"Internal", "Unknown", "Fields"}

func saidIn(v reflect.Value, say func(string)) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" {
			say(s)
		}
	case reflect.Struct:
		if slices.Contains(unsaid, v.Type()) {
			return
		}
		whole := v.Type() == reflect.TypeFor[postmortem.Postmortem]() || v.Type() == reflect.TypeFor[postmortem.Head]()
		for i := range v.NumField() {
			if !whole || !slices.Contains(unsaidFields, v.Type().Field(i).Name) {
				saidIn(v.Field(i), say)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			saidIn(v.Index(i), say)
		}
	}
}

// saidInTree gives the texts of a value but for what is marked in it.
func saidInTree(n *tree.Node, say func(string)) {
	if n.Get("internal") != nil {
		return
	}
	say(n.Value)
	for _, item := range n.Items {
		saidInTree(item, say)
	}
	for _, e := range n.Entries {
		say(e.Key.Value)
		saidInTree(e.Value, say)
	}
}

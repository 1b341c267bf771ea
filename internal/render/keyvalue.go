package render

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"slices"
	"time"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/route"
)

// addMoment adds all that can be shown of a moment.
func addMoment(h *route.Hash, m postmortem.Moment) {
	h.Add(m.Written)
	h.Int(int(m.Precision))
	h.Bool(m.Approximate)
	if m.Precision == postmortem.Day && !m.Zoned {
		year, month, day := m.Time.Date()
		h.Int(year*10000 + int(month)*100 + day)
		return // without the hour at which a draft of today was looked at
	}
	name, offset := m.Time.Zone()
	h.Add(name)
	h.Int(int(m.Time.Unix()))
	h.Int(offset)
	h.Bool(m.Zoned)
}

// addValue adds a value of any type with all its fields, so that one that is
// new counts by itself. Places in files do not count.
func addValue(h *route.Hash, v any) { addReflected(h, reflect.ValueOf(v)) }

func addReflected(h *route.Hash, v reflect.Value) {
	if !v.IsValid() {
		h.Add("none")
		return
	}
	if v.CanInterface() {
		switch known := v.Interface().(type) {
		case diag.Pos:
			return
		case time.Time:
			h.Add(known.Format(time.RFC3339Nano))
			return
		case *time.Location:
			if known != nil {
				h.Add(known.String())
			}
			return
		case *url.URL:
			if known != nil {
				h.Add(known.String())
			}
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		h.Add(v.String())
	case reflect.Bool:
		h.Bool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		h.Int(int(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		h.Int(int(v.Uint()))
	case reflect.Float32, reflect.Float64:
		h.Int(int(math.Float64bits(v.Float())))
	case reflect.Pointer, reflect.Interface:
		h.Bool(!v.IsNil())
		if !v.IsNil() {
			addReflected(h, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		h.Int(v.Len())
		for i := range v.Len() {
			addReflected(h, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			h.Add(v.Type().Field(i).Name)
			addReflected(h, v.Field(i))
		}
	case reflect.Map:
		names := v.MapKeys()
		slices.SortFunc(names, func(a, b reflect.Value) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		h.Int(len(names))
		for _, name := range names {
			addReflected(h, name)
			addReflected(h, v.MapIndex(name))
		}
	default: // a function, say: nobody knows what it depends on
		h.Unknown()
	}
}

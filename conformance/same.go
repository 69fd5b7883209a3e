package conformance

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// sameText says whether a text on the wire stands for a JSON value.
func sameText(want any, got string) bool {
	switch v := want.(type) {
	case string:
		return v == got || sameMoment(v, got)
	case float64:
		n, err := strconv.ParseFloat(got, 64)
		return err == nil && n == v
	case bool:
		return got == strconv.FormatBool(v)
	}
	return false
}

func sameMoment(a, b string) bool {
	x, badA := time.Parse(time.RFC3339, a)
	y, badB := time.Parse(time.RFC3339, b)
	return badA == nil && badB == nil && x.Equal(y)
}

// later says whether a moment is behind another; other values never are.
func later(a, b any) bool {
	first, ok := a.(string)
	last, ok2 := b.(string)
	if !ok || !ok2 {
		return false
	}
	x, badA := time.Parse(time.RFC3339, first)
	y, badB := time.Parse(time.RFC3339, last)
	return badA == nil && badB == nil && x.After(y)
}

// sameJSON says where two values differ. An optional property that is zero may be left out.
func sameJSON(s *openapi3.Schema, at string, want, got any) error {
	if s == nil {
		s = &openapi3.Schema{}
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		var faults []error
		for _, name := range slices.Sorted(maps.Keys(w)) {
			inner := property(s, name)
			value, there := g[name]
			switch {
			case there:
				faults = append(faults, sameJSON(inner, at+"/"+name, w[name], value))
			case !isZero(w[name]) || slices.Contains(s.Required, name):
				faults = append(faults, fmt.Errorf("%s/%s is missing; it should be %v", at, name, w[name]))
			}
		}
		for _, name := range slices.Sorted(maps.Keys(g)) {
			if _, there := w[name]; !there {
				faults = append(faults, fmt.Errorf("%s/%s is there with %v, and nobody asked for it", at, name, g[name]))
			}
		}
		return errors.Join(faults...)
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			break
		}
		var faults []error
		for i := range w {
			faults = append(faults, sameJSON(items(s), at+"/"+strconv.Itoa(i), w[i], g[i]))
		}
		return errors.Join(faults...)
	case string:
		if g, ok := got.(string); ok && (g == w || s.Format == "date-time" && sameMoment(w, g)) {
			return nil
		}
	default:
		if want == got {
			return nil
		}
	}
	return fmt.Errorf("%s is %v, and should be %v", at, got, want)
}

// property finds the schema of a property, also in the parts of a composition.
func property(s *openapi3.Schema, name string) *openapi3.Schema {
	if ref := propertyRef(s, name); ref != nil {
		return ref.Value
	}
	return nil
}

func propertyRef(s *openapi3.Schema, name string) *openapi3.SchemaRef {
	if s == nil {
		return nil
	}
	if ref := s.Properties[name]; ref != nil {
		return ref
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, ref := range list {
			if found := propertyRef(ref.Value, name); found != nil {
				return found
			}
		}
	}
	return nil
}

// extensions are those beside a $ref, and those of what it refers to.
func extensions(ref *openapi3.SchemaRef) map[string]any {
	if len(ref.Extensions) == 0 {
		return ref.Value.Extensions
	}
	out := maps.Clone(ref.Value.Extensions)
	if out == nil {
		out = map[string]any{}
	}
	maps.Copy(out, ref.Extensions)
	return out
}

func items(s *openapi3.Schema) *openapi3.Schema {
	if s.Items == nil {
		return nil
	}
	return s.Items.Value
}

func isZero(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case float64:
		return v == 0
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !isZero(inner) {
				return false
			}
		}
		return true
	}
	return false
}

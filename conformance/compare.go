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

// sameText reports whether a string on the wire represents a JSON value.
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

// later reports whether a time is after another; for other values it returns false.
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

// sameJSON returns where two values differ. An optional property that is zero may be omitted.
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
				faults = append(faults, fmt.Errorf("%s/%s is %v, and the request has no such value", at, name, g[name]))
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

package model

import (
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Bound is one end of a number's range.
type Bound struct {
	At        float64
	Min       bool
	Exclusive bool
}

// Excludes reports whether a number is out of bounds.
func (b Bound) Excludes(v float64) bool {
	switch {
	case b.Min && b.Exclusive:
		return v <= b.At
	case b.Min:
		return v < b.At
	case b.Exclusive:
		return v >= b.At
	}
	return v > b.At
}

func (b Bound) String() string {
	text := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%f", b.At), "0"), ".")
	switch {
	case b.Min && b.Exclusive:
		return "more than " + text
	case b.Min:
		return "at least " + text
	case b.Exclusive:
		return "less than " + text
	}
	return "at most " + text
}

// Bounds returns the bounds of a number.
func Bounds(s *openapi3.Schema) []Bound {
	var out []Bound
	if v := s.ExclusiveMin.Value; v != nil {
		out = append(out, Bound{*v, true, true})
	}
	if s.Min != nil {
		out = append(out, Bound{*s.Min, true, s.ExclusiveMin.IsTrue()})
	}
	if v := s.ExclusiveMax.Value; v != nil {
		out = append(out, Bound{*v, false, true})
	}
	if s.Max != nil {
		out = append(out, Bound{*s.Max, false, s.ExclusiveMax.IsTrue()})
	}
	return out
}

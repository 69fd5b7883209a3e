package schema

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// cycles finds the schemas that refer to themselves for the same value, such as {"allOf": [itself]}. JSON Schema forbids
// them, and leaves their meaning open: here, such a reference accepts nothing. It uses Tarjan's algorithm for strongly
// connected components, which continues where it stopped when it is asked about a new schema.
type cycles struct {
	component map[*openapi3.Schema]int // of finished schemas
	low       map[*openapi3.Schema]int // of visited schemas
	stack     []*openapi3.Schema
}

func newCycles() cycles {
	return cycles{component: map[*openapi3.Schema]int{}, low: map[*openapi3.Schema]int{}}
}

// Endless returns a function that reports whether a schema refers to itself for the same value.
func Endless() func(*openapi3.Schema) bool {
	c := newCycles()
	return func(s *openapi3.Schema) bool { return c.anyLeadsBack(s, inPlace(s)) }
}

func (c *cycles) anyLeadsBack(s *openapi3.Schema, refs []*openapi3.SchemaRef) bool {
	return slices.ContainsFunc(refs, func(ref *openapi3.SchemaRef) bool {
		return ref != nil && ref.Value != nil && c.leadsBack(s, ref.Value)
	})
}

// OpenBases breaks the cycle between a base that lists its derived schemas as the branches of a choice and a branch that has
// the base in its allOf. Documents express inheritance this way; they mean that a branch has everything in the base except
// the choice.
func OpenBases(doc *openapi3.T) {
	c := newCycles()
	var toBase []*openapi3.SchemaRef
	_ = doc.WalkSchemas(func(_ string, from *openapi3.SchemaRef) error { // the function returns no error
		for _, ref := range from.Value.AllOf {
			if base := ref.Value; ref.Ref != "" && base != nil && c.leadsBack(from.Value, base) &&
				c.anyLeadsBack(base, slices.Concat(base.OneOf, base.AnyOf)) {
				toBase = append(toBase, ref)
			}
		}
		return nil
	})
	opened := map[*openapi3.Schema]*openapi3.Schema{}
	for _, ref := range toBase {
		if opened[ref.Value] == nil {
			base := *ref.Value
			base.OneOf, base.AnyOf, base.Discriminator = nil, nil, nil
			opened[ref.Value] = &base
		}
		ref.Value = opened[ref.Value]
	}
}

// leadsBack reports whether the reference of one schema to another, about the same value, leads back to the first.
func (c *cycles) leadsBack(from, to *openapi3.Schema) bool {
	if _, done := c.component[from]; !done {
		c.visit(from)
	}
	return c.component[from] == c.component[to]
}

func (c *cycles) visit(s *openapi3.Schema) {
	index := len(c.low) + 1
	c.low[s] = index
	at := len(c.stack)
	c.stack = append(c.stack, s)
	for _, ref := range inPlace(s) {
		if ref == nil || ref.Value == nil {
			continue
		}
		if _, visited := c.low[ref.Value]; !visited {
			c.visit(ref.Value)
		}
		if _, done := c.component[ref.Value]; !done {
			c.low[s] = min(c.low[s], c.low[ref.Value])
		}
	}
	if c.low[s] == index {
		for _, member := range c.stack[at:] {
			c.component[member] = index
		}
		c.stack = c.stack[:at]
	}
}

// inPlace returns the schemas that a schema applies to the same value.
func inPlace(s *openapi3.Schema) []*openapi3.SchemaRef {
	out := slices.Concat(s.AllOf, s.OneOf, s.AnyOf, openapi3.SchemaRefs{s.Not, s.If, s.Then, s.Else})
	return slices.AppendSeq(out, maps.Values(s.DependentSchemas))
}

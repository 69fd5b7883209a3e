package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// enter is the place of the schema itself, behind its reference.
func (l *lowering) enter(n node) oas.Place {
	if n.ref == nil || n.ref.Ref == "" {
		return n.at
	}
	if at, err := l.Resolve(n.at.File, n.ref.Ref); err == nil && l.Find(at) != nil {
		return at
	}
	return n.at
}

// members are the schemas of an allOf, oneOf or anyOf.
func members(refs openapi3.SchemaRefs, at oas.Place) []node {
	out := make([]node, len(refs))
	for i, ref := range refs {
		out[i] = node{ref, at.Index(i)}
	}
	return out
}

// core takes off the wrappers: an allOf around one schema (which is how 3.0 puts a description beside a reference), and a
// oneOf or anyOf with one choice that is not null.
func (l *lowering) core(n node) node {
	for range 100 {
		s := n.schema()
		if s == nil || len(s.Properties) > 0 || additional(s) {
			return n
		}
		at := l.enter(n)
		var inner []node
		switch {
		case len(s.AllOf) > 0:
			inner = telling(members(s.AllOf, at.At("allOf")))
		case len(s.OneOf) > 0:
			inner = telling(members(s.OneOf, at.At("oneOf")))
		case len(s.AnyOf) > 0:
			inner = telling(members(s.AnyOf, at.At("anyOf")))
		}
		if len(inner) != 1 {
			return n
		}
		n = inner[0]
	}
	return n
}

// telling leaves out the members that say nothing about the type: null, and bare constraints.
func telling(nodes []node) []node {
	var out []node
	for _, n := range nodes {
		s := n.schema()
		if s == nil {
			continue
		}
		if types := typesOf(s); len(types) == 0 && (len(s.Type.Slice()) > 0 || len(enumOf(s)) == 0 && len(s.Properties) == 0 && s.Items == nil &&
			len(s.AllOf) == 0 && len(s.OneOf) == 0 && len(s.AnyOf) == 0 && !additional(s)) {
			continue
		}
		out = append(out, n)
	}
	return out
}

func additional(s *openapi3.Schema) bool {
	return s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil && *s.AdditionalProperties.Has
}

// shape tells what a schema (a core) becomes.
func (l *lowering) shape(n node) Shape {
	s := n.schema()
	if s == nil {
		return ShapeAny
	}
	if len(s.AllOf) > 0 {
		return l.allOfShape(n)
	}
	choices := append(append(openapi3.SchemaRefs{}, s.OneOf...), s.AnyOf...)
	types := typesOf(s)
	switch {
	case len(telling(members(choices, n.at))) > 0:
		return l.unionShape(n)
	case len(types) > 1:
		return ShapeAny
	case len(types) == 0 && (len(s.Properties) > 0 || additional(s)), len(types) == 1 && types[0] == "object":
		switch {
		case len(s.Properties) > 0:
			return ShapeObject
		default:
			return ShapeMap
		}
	case len(types) == 0 && s.Items != nil, len(types) == 1 && types[0] == "array":
		return ShapeArray
	case len(EnumValues(s)) > 0:
		return ShapeEnum
	case len(types) == 0:
		return ShapeAny
	}
	return Shape(types[0])
}

func (l *lowering) allOfShape(n node) Shape {
	if l.busy[n.schema()] {
		return ShapeObject
	}
	l.busy[n.schema()] = true
	defer delete(l.busy, n.schema())
	at := l.enter(n)
	got := ShapeMap
	if len(n.schema().Properties) > 0 {
		got = ShapeObject
	}
	for _, m := range telling(members(n.schema().AllOf, at.At("allOf"))) {
		switch s := l.shape(l.core(m)); s {
		case ShapeUnion:
			return ShapeUnion
		case ShapeObject:
			got = ShapeObject
		case ShapeMap, ShapeAny:
		default:
			l.Add(m.at, "this member of an allOf is %s; only objects can be merged", prose.Article(string(s)))
			return ShapeAny
		}
	}
	return got
}

// unionShape is a union, unless all its choices are texts, or numbers: then one Go type holds them all.
func (l *lowering) unionShape(n node) Shape {
	s := n.schema()
	if len(s.Properties) > 0 || l.busy[s] {
		return ShapeUnion
	}
	l.busy[s] = true
	defer delete(l.busy, s)
	at := l.enter(n)
	shapes := map[Shape]bool{}
	for _, key := range []string{"oneOf", "anyOf"} {
		refs := s.OneOf
		if key == "anyOf" {
			refs = s.AnyOf
		}
		for _, m := range telling(members(refs, at.At(key))) {
			c := l.core(m)
			got := l.shape(c)
			if got == ShapeEnum {
				got = ShapeString
				if v, _ := EnumType(c.schema()); v == "integer" {
					got = ShapeInteger
				}
			}
			if (c.schema().Format == "date-time" || c.schema().Format == "date") && got == ShapeString {
				got = ShapeUnion
			}
			shapes[got] = true
		}
	}
	switch {
	case len(shapes) == 1 && shapes[ShapeString]:
		return ShapeString
	case len(shapes) == 1 && shapes[ShapeInteger]:
		return ShapeInteger
	case shapes[ShapeNumber] && (len(shapes) == 1 || len(shapes) == 2 && shapes[ShapeInteger]):
		return ShapeNumber
	case shapes[ShapeAny]:
		return ShapeAny
	}
	return ShapeUnion
}

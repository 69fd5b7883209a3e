package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// placeOf returns the place of the schema itself: the target of a reference.
func (l *lowering) placeOf(n node) oas.Place {
	if n.ref == nil {
		return n.at
	}
	return l.follow(n.at, n.ref.Ref)
}

// members returns the schemas of an allOf, oneOf or anyOf.
func members(refs openapi3.SchemaRefs, at oas.Place) []node {
	out := make([]node, len(refs))
	for i, ref := range refs {
		out[i] = node{ref, at.Index(i)}
	}
	return out
}

// typedMembers leaves out the members that have no type: null, and those that only constrain others.
func typedMembers(nodes []node) []node {
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

// shape returns what a schema (a core) becomes in Go.
func (l *lowering) shape(n node) Shape {
	s := n.schema()
	if s == nil {
		return ShapeAny
	}
	if done, ok := l.shapes[s]; ok {
		return done
	}
	got := l.newShape(n)
	if !l.busy[s] { // otherwise it is a guess
		l.shapes[s] = got
	}
	return got
}

func (l *lowering) newShape(n node) Shape {
	s := n.schema()
	if len(l.children[s]) > 0 {
		return ShapeUnion
	}
	if len(s.AllOf) > 0 {
		return l.allOfShape(n)
	}
	types, kind := typesOf(s), ""
	if len(types) == 1 {
		kind = types[0]
	}
	switch {
	case len(l.choices(n)) > 0:
		return l.unionShape(n)
	case len(types) > 1:
		return ShapeAny
	case len(s.Properties) > 0 && (kind == "" || kind == "object"):
		return ShapeObject
	case kind == "object", kind == "" && additional(s):
		return ShapeMap
	case kind == "array", kind == "" && s.Items != nil:
		return ShapeArray
	case len(EnumValues(s)) > 0:
		return ShapeEnum
	case kind == "":
		return ShapeAny
	}
	return Shape(kind)
}

func (l *lowering) allOfShape(n node) Shape {
	if l.busy[n.schema()] {
		return ShapeObject
	}
	l.busy[n.schema()] = true
	defer delete(l.busy, n.schema())
	at := l.placeOf(n)
	got := ShapeMap
	if len(n.schema().Properties) > 0 {
		got = ShapeObject
	}
	for _, m := range typedMembers(members(n.schema().AllOf, at.At("allOf"))) {
		core := l.core(m)
		if len(l.children[core.schema()]) > 0 { // as a member it has its properties alone
			got = ShapeObject
			continue
		}
		switch s := l.shape(core); s {
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

// unionShape returns a union, unless all choices are strings or all are numbers: then one Go type can have all of them.
func (l *lowering) unionShape(n node) Shape {
	s := n.schema()
	if len(s.Properties) > 0 || l.busy[s] {
		return ShapeUnion
	}
	l.busy[s] = true
	defer delete(l.busy, s)
	shapes := map[Shape]bool{}
	for _, m := range l.choices(n) {
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

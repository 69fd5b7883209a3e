package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// core returns a schema without its wrappers: an allOf around one schema (which is how 3.0 adds a description to a reference),
// and a oneOf or anyOf with one choice that is not null.
func (l *lowering) core(n node) node {
	s := n.schema()
	if s == nil {
		return n
	}
	inner, known := l.cores[s]
	if !known {
		normalize(s)
		l.cores[s] = nil // a schema that contains itself is its own core
		if next, ok := l.unwrap(n); ok {
			next = l.core(next)
			inner = &next
			l.cores[s] = inner
		}
	}
	if inner == nil {
		return n
	}
	return *inner
}

// unwrap removes one wrapper, and reports whether there was one.
func (l *lowering) unwrap(n node) (node, bool) {
	if bare, ok := l.withoutSiblings(n); ok {
		return bare, true
	}
	s, at := n.schema(), l.placeOf(n)
	var inner []node
	switch {
	case len(s.Properties) > 0 || additional(s):
	case len(s.AllOf) > 0:
		return l.unwrapAllOf(n)
	case len(s.OneOf) > 0:
		inner = typedMembers(members(s.OneOf, at.At("oneOf")))
	case len(s.AnyOf) > 0:
		inner = typedMembers(members(s.AnyOf, at.At("anyOf")))
	}
	return append(inner, node{})[0], len(inner) == 1
}

// unwrapAllOf merges an allOf of strings, numbers or lists into one schema with the constraints of all of them. If that
// equals a member, it returns the member itself, which may have a name. An allOf of objects is a wrapper only if a single
// member has a type.
func (l *lowering) unwrapAllOf(n node) (node, bool) {
	self, at := *n.schema(), l.placeOf(n)
	self.AllOf = nil
	if slices.Contains(typesOf(&self), "object") && len(self.OneOf)+len(self.AnyOf) == 0 {
		self.Type = nil // the members have better ones
	}
	all := append([]node{{&openapi3.SchemaRef{Value: &self}, at}}, members(n.schema().AllOf, at.At("allOf"))...)
	inner := typedMembers(all)
	simple := len(inner) > 0
	for _, m := range inner {
		switch l.shape(l.core(m)) {
		case ShapeObject, ShapeMap, ShapeUnion, ShapeAny:
			simple = false
		}
	}
	if !simple {
		required := slices.ContainsFunc(all, func(m node) bool { return len(m.schema().Required) > 0 && len(typedMembers([]node{m})) == 0 })
		child := len(inner) == 1 && l.isChildOf(n.schema(), inner[0])
		return append(inner, node{})[0], len(inner) == 1 && !required && !child
	}
	out := &openapi3.Schema{}
	for _, m := range all {
		l.merge(out, l.core(m).schema(), at)
	}
	want := demands(out)
	for _, m := range inner {
		if demands(l.core(m).schema()) == want {
			return m, true
		}
	}
	return node{&openapi3.SchemaRef{Value: out}, n.at}, true
}

// withoutSiblings undoes what kin-openapi does with keywords next to a $ref, which 3.1 allows: it copies the referenced
// schema and adds the other keywords as one more member of its allOf. The copy would become a separate Go type.
func (l *lowering) withoutSiblings(n node) (node, bool) {
	at := l.placeOf(n)
	if n.ref.Ref == "" || !strings.HasPrefix(at.Pointer, "/components/schemas/") || at.File != l.File() {
		return node{}, false
	}
	target := l.OpenAPI.Components.Schemas[at.Key()]
	if target == nil || target.Value == nil || target.Value == n.schema() || len(target.Value.AllOf) > len(n.schema().AllOf) {
		return node{}, false
	}
	ref := &openapi3.SchemaRef{Ref: n.ref.Ref, Value: target.Value}
	if siblings := n.schema().AllOf[len(target.Value.AllOf):]; len(siblings) > 0 {
		ref = &openapi3.SchemaRef{Value: &openapi3.Schema{AllOf: append(openapi3.SchemaRefs{ref}, siblings...)}}
	}
	return node{ref, n.at}, true
}

package lower

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// describe collects what the document says about a property: first next to a reference, then in its target.
func (l *lowering) describe(p node, wire string) *Field {
	info := &Field{Wire: wire, Value: l.value(p, 0), Outer: p.schema(), At: p.at, from: p, Extensions: map[string]any{}}
	info.Outer = cmp.Or(info.Outer, info.Schema)
	info.MayBeNull = mayBeNull(info.Outer, 0) || mayBeNull(info.Schema, 0)
	for k, v := range info.Outer.Extensions {
		if p.ref.Ref == "" || k != "x-go-name" { // the name of a component is for the type
			info.Extensions[k] = v
		}
	}
	maps.Copy(info.Extensions, p.ref.Extensions)
	info.Curated, _ = info.Extensions["x-go-name"].(string)
	info.Description = cmp.Or(info.Outer.Description, info.Schema.Description)
	if beside := l.Find(p.at.At("description")); p.ref.Ref != "" && beside != nil { // 3.0 ignores it, readers do not
		info.Description = beside.Value
	}
	info.Description = unlessName(info.Description, wire)
	return info
}

// unlessName returns a description, unless it contains only the words of the name that it describes, such as "Location Id".
func unlessName(description, name string) string {
	if strings.EqualFold(strings.Join(goname.Words(description), ""), strings.Join(goname.Words(name), "")) {
		return ""
	}
	return description
}

// deepest is the maximum depth to which lists and maps are described, since a list may contain itself.
const deepest = 50

// value describes the value of a schema and, if it is a list or a map, what is in it.
func (l *lowering) value(n node, depth int) Value {
	core := l.core(n)
	v := Value{Shape: l.shape(core), Schema: core.schema()}
	if v.Schema == nil {
		v.Schema = &openapi3.Schema{}
	}
	at := l.placeOf(core)
	switch v.Shape {
	case ShapeArray:
		v.Item = l.inner(node{v.Schema.Items, at.At("items")}, depth)
	case ShapeUnion:
		v.ScalarChoices = l.hasScalarChoices(core)
	case ShapeMap:
		v.Entry = l.inner(node{v.Schema.AdditionalProperties.Schema, at.At("additionalProperties")}, depth)
	}
	return v
}

// hasScalarChoices reports whether each choice of a union is a string, a number or a boolean.
func (l *lowering) hasScalarChoices(n node) bool {
	choices := l.choices(n)
	composite := func(c node) bool { return !Value{Shape: l.shape(l.core(c))}.IsScalar() }
	return len(choices) > 0 && len(n.schema().Properties) == 0 && !slices.ContainsFunc(choices, composite)
}

// inner describes what is in a list or a map; nil when nothing is known about it.
func (l *lowering) inner(n node, depth int) *Value {
	if n.ref == nil || l.core(n).schema() == nil || depth == deepest {
		return nil
	}
	v := l.value(n, depth+1)
	return &v
}

// mayBeNull reports whether a schema allows null: by nullable, or as a type, a choice or a value of an enum.
func mayBeNull(s *openapi3.Schema, depth int) bool {
	if s == nil || depth > 10 {
		return false
	}
	if s.Nullable || s.Type.Includes("null") || len(s.Type.Slice()) == 0 && slices.Contains(s.Enum, nil) {
		return true
	}
	return slices.ContainsFunc(append(slices.Clone(s.OneOf), s.AnyOf...), func(ref *openapi3.SchemaRef) bool { return mayBeNull(ref.Value, depth+1) })
}

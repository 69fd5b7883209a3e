package lower

import (
	"math"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// noteUncheckedParts calls noteUnchecked for a schema and for the members of its allOf, at any depth.
func (l *lowering) noteUncheckedParts(n node, m Direction, seen schemas[bool]) {
	s := n.schema()
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	l.noteUnchecked(n, m)
	for _, member := range members(s.AllOf, l.placeOf(n).At("allOf")) {
		l.noteUncheckedParts(l.core(member), m, seen)
	}
}

// noteUnchecked notes the constraints of a schema that the client does not check, so that none is dropped silently. They are
// harmless: the service checks them.
func (l *lowering) noteUnchecked(n node, m Direction) {
	s, at := n.schema(), l.placeOf(n)
	if why := enumProblem(s); why != "" {
		key := "enum"
		if len(s.Enum) == 0 {
			key = "const"
		}
		l.Note(at.At(key), "the client does not check this %s: %s", key, why)
	}
	if s.DynamicRef != "" {
		l.Note(at.At("$dynamicRef"), "$dynamicRef is not followed; the value can be anything")
	}
	if m&InRequest == 0 {
		return
	}
	for _, keyword := range []struct {
		name      string
		unchecked bool
	}{
		{"pattern", s.Pattern != "" && !CheckedPattern(s)},
		{"multipleOf", s.MultipleOf != nil && (slices.Contains(typesOf(s), "number") || *s.MultipleOf != math.Trunc(*s.MultipleOf))},
		{"uniqueItems", s.UniqueItems && s.Items != nil && !l.comparable(node{s.Items, at.At("items")})},
		{"prefixItems", len(s.PrefixItems) > 0},
		{"not", s.Not != nil},
		{"oneOf", constrains(s.OneOf)},
		{"anyOf", constrains(s.AnyOf)},
		{"minProperties", s.MinProps > 0},
		{"maxProperties", s.MaxProps != nil},
		{"contains", s.Contains != nil},
		{"if", s.If != nil},
		{"propertyNames", s.PropertyNames != nil},
		{"patternProperties", len(s.PatternProperties) > 0},
		{"dependentRequired", len(s.DependentRequired) > 0},
		{"dependentSchemas", len(s.DependentSchemas) > 0},
	} {
		if keyword.unchecked {
			l.Note(at.At(keyword.name), "the client does not check %s; the service does", keyword.name)
		}
	}
}

// constrains reports whether a choice has no type of its own, but constrains the schema that contains it.
func constrains(choices openapi3.SchemaRefs) bool {
	return slices.ContainsFunc(members(choices, oas.Place{}), func(n node) bool {
		s := n.schema()
		return s != nil && len(s.Type.Slice()) == 0 && len(typedMembers([]node{n})) == 0 && demands(s) != "{}" && demands(s) != `{"nullable":true}`
	})
}

// comparable reports whether Go can compare two values of a schema.
func (l *lowering) comparable(n node) bool {
	n = l.core(n)
	switch l.shape(n) {
	case ShapeString:
		return !isTime(n.schema()) && n.schema().Format != "byte"
	case ShapeInteger, ShapeNumber, ShapeBoolean, ShapeEnum:
		return true
	}
	return false
}

// enumProblem returns why an enum has no constants, or "" if it has them or the schema is not an enum.
func enumProblem(s *openapi3.Schema) string {
	values := enumOf(s)
	if _, ok := EnumType(s); ok || len(values) == 0 {
		return ""
	}
	if types := typesOf(s); len(types) == 1 && slices.Contains([]string{"string", "integer", "number", "boolean"}, types[0]) {
		for _, v := range values {
			if got := typeName(v); v != nil && got != types[0] && (got != "integer" || types[0] != "number") {
				if got == "list" || got == "object" {
					got = prose.Article(got)
				} else {
					got = prose.Article(got) + " (" + prose.OneLine(ValueText(v)) + ")"
				}
				return "it holds " + got + ", but the type is " + types[0]
			}
		}
	}
	return "it holds more than texts or more than whole numbers"
}

package lower

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// maxFields is the maximum number of fields in all structs of a client. A short document can produce very many.
const maxFields = 100_000

// lowerObject returns the fields of an object that consists of parts, and the schema of the properties that the document does not name.
// Of two properties of one name the last counts.
func (l *lowering) lowerObject(parts []node, name string, m Direction) (fields []*Field, rest *openapi3.SchemaRef) {
	var required []string
	for _, part := range parts {
		s, holder := part.schema(), name
		if part.ref.Ref != "" { // so that what is inside has one name, no matter what contains it
			holder = cmp.Or(l.TypeNames[s], l.componentName(RefName(part.ref.Ref)))
		}
		required = append(required, s.Required...)
		for _, p := range l.properties(part) {
			if l.fields++; l.fields > maxFields {
				l.Add(oas.Place{File: l.File()}, "the client would have more than %d fields; a schema that many others include by allOf is repeated in each", maxFields)
				return nil, nil
			}
			f := l.describe(p, p.at.Key())
			if text := WrongTag(f.Wire); text != "" {
				l.Add(p.at, "%s", text)
				continue
			}
			f.Lowered = l.lowerField(f, holder, m)
			fields = append(fields, f)
		}
		if additional(s) && rest == nil { // two schemas for additional properties cannot be merged: the first counts
			rest = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
			if more := s.AdditionalProperties.Schema; more != nil {
				n := node{more, l.placeOf(part).At("additionalProperties")}
				rest = l.lowerSchema(n, holder+"Value", m)
				if t := l.Types[name]; t != nil {
					t.More = l.inner(n, 0)
				}
			}
		}
	}
	last := map[string]*Field{}
	for _, f := range fields {
		f.Required = slices.Contains(required, f.Wire)
		last[f.Wire] = f
	}
	return slices.DeleteFunc(fields, func(f *Field) bool { return last[f.Wire] != f }), rest
}

// lowerField determines the type of a field of a request or of a struct that is called holder.
func (l *lowering) lowerField(f *Field, holder string, m Direction) *openapi3.SchemaRef {
	switch {
	case f.Extensions["x-comma-separated"] == true:
		return goType("rest.CommaList")
	case f.Extensions["x-go-type"] == "Time":
		return l.lowerText(&openapi3.Schema{Format: "date-time"}, m)
	}
	return l.lowerSchema(f.from, holder+f.goName(), m)
}

func (l *lowering) lowerUnion(n node, t *Type) {
	objects, choices := l.parts(n)
	m := t.Direction
	if len(objects) > 0 { // the properties that do not depend on the choice are one more choice
		t.Common = l.Names.Claim(t.Name+"Common", t.Name+"Fields")
		common := &Type{Name: t.Common, Shape: ShapeObject, Schema: &openapi3.Schema{}, At: l.placeOf(n), Direction: m}
		common.Fields, common.Rest = l.lowerObject(objects, t.Common, m)
		l.declare(common)
		t.Union = append(t.Union, typeRef(t.Common))
		t.Choices = append(t.Choices, Value{Shape: ShapeObject, Schema: &openapi3.Schema{}})
	}
	for _, child := range l.children[l.core(n).schema()] {
		t.Children = append(t.Children, child.ref)
	}
	for i, c := range choices {
		hint := t.Name + "Choice" + strconv.Itoa(i+1)
		if core := l.core(c); core.ref.Ref != "" {
			hint = l.componentName(RefName(core.ref.Ref))
		} else if title := core.schema().Title; title != "" {
			hint = t.Name + goname.From(title)
		}
		if l.shape(l.core(c)) == ShapeArray {
			m = InRequest // a list is a list here, not a string that may be one
		}
		t.Union = append(t.Union, l.lowerSchema(c, hint, m))
		t.Choices = append(t.Choices, l.value(c, 0))
	}
}

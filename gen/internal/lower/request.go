package lower

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

func (l *lowering) markOperation(op *Operation) {
	for _, p := range op.Parameters {
		l.mark(l.paramNode(p), InRequest)
	}
	if b := op.Body; b != nil && b.Kind != BodyText && b.Kind != BodyBytes && !b.Open {
		if b.Fields {
			l.markInside(l.core(b.schema), InRequest)
		} else {
			l.mark(b.schema, InRequest)
		}
	}
	for _, r := range op.results {
		l.mark(r.schema, InResponse)
	}
}

// paramNode is the schema of a parameter.
func (l *lowering) paramNode(p *Field) node {
	if p.from.ref != nil {
		return p.from
	}
	return node{&openapi3.SchemaRef{Value: p.Schema}, p.At}
}

// lowerOperation makes the request of an operation one object schema, of parameters and body together, so that
// oapi-codegen types its fields like any other; and names what a success answers with.
func (l *lowering) lowerOperation(op *Operation) {
	out := &openapi3.Schema{Type: typed("object"), Properties: openapi3.Schemas{}}
	all := openapi3.SchemaRefs{{Value: out}}
	order := 0
	add := func(in string, info *Field, ref *openapi3.SchemaRef) {
		order++
		info.Order = order
		key := in + "," + strconv.Itoa(order) // no property is called so: a comma cannot stand in a tag
		out.Properties[key] = withInfo(ref, info)
		if info.Required {
			out.Required = append(out.Required, key)
		}
	}
	for _, p := range op.Parameters {
		if p.Extensions["x-from-client"] == "always" {
			continue
		}
		add(p.In, p, l.lowerParameter(op, p))
	}
	switch b := op.Body; {
	case b == nil:
	case b.Kind == BodyText:
		add("body", l.wholeBody(op), goType("string"))
	case b.Kind == BodyBytes:
		add("body", l.wholeBody(op), goType("[]byte"))
	case b.Open:
		l.openForm(op, add)
	case b.Fields:
		objects, _ := l.parts(b.schema)
		fields := l.lowerObject(objects, op.Name, InRequest)
		l.ownBody(op, fields, order)
		all = append(all, &openapi3.SchemaRef{Value: fields})
	default:
		add("body", l.wholeBody(op), l.lowerSchema(b.schema, op.Name+"Body", InRequest))
	}
	request := out
	if len(all) > 1 {
		request = &openapi3.Schema{AllOf: all}
	}
	l.components[op.Request] = &openapi3.SchemaRef{Value: request}
	l.Types[op.Request] = &Type{Name: op.Request, Shape: ShapeObject, Schema: &openapi3.Schema{}, At: op.At, Direction: InRequest, Request: op}
}

// ownBody marks the properties of a body as such, behind the parameters.
func (l *lowering) ownBody(op *Operation, fields *openapi3.Schema, order int) {
	parts := append(openapi3.SchemaRefs{{Value: fields}}, fields.AllOf...)
	for _, part := range parts {
		for name, ref := range part.Value.Properties {
			info := ref.Extensions[FieldKey].(*Field)
			if info.Schema.ReadOnly || info.Outer.ReadOnly {
				delete(part.Value.Properties, name)
				continue
			}
			info.In = "body"
			info.Order += order
			ref.Extensions[extOrder] = float64(info.Order)
			if op.Body.Kind == BodyMultipart {
				multipartField(ref, info)
			}
		}
	}
}

// multipartField makes a binary field of a multipart form a file.
func multipartField(ref *openapi3.SchemaRef, info *Field) {
	isFile := func(s *openapi3.Schema) bool { return s.Format == "binary" }
	switch {
	case isFile(info.Schema):
		ref.Ref, ref.Value = "", goType("File").Value
	case info.Item != nil && isFile(info.Item.Schema):
		ref.Ref, ref.Value = "", goType("[]File").Value
	}
}

// openForm gives a form whose fields the spec does not name a field for texts, and one for files.
func (l *lowering) openForm(op *Operation, add func(in string, info *Field, ref *openapi3.SchemaRef)) {
	part := func(name, description string) *Field {
		info := l.wholeBody(op)
		info.Curated, info.Description, info.Required, info.Shape, info.Extensions = name, description, false, ShapeMap, map[string]any{}
		return info
	}
	if op.Body.Kind == BodyForm {
		add("body", part("Form", "The fields of the form, which the spec does not name."), goType("url.Values"))
		return
	}
	add("body", part("Fields", "The fields of the form by name; the spec does not name them."), goType("map[string]string"))
	add("body", part("Files", "The files of the form by the name of their field."), goType("map[string]File"))
}

func (l *lowering) wholeBody(op *Operation) *Field {
	info := l.describe(op.Body.schema, "body")
	info.In, info.Required, info.WholeBody, info.Curated = "body", op.Body.Required, true, ""
	if ref := op.Spec.RequestBody; ref.Value.Description != "" {
		info.Description = ref.Value.Description
	}
	return info
}

// lowerParameter types a parameter. Enums of the same name and values share one type, wherever they are written.
func (l *lowering) lowerParameter(op *Operation, p *Field) *openapi3.SchemaRef {
	switch {
	case p.Extensions["x-comma-separated"] == true:
		return goType("rest.CommaList")
	case p.Extensions["x-go-type"] == "Time":
		return goType("time.Time")
	}
	hint := p.Curated
	if hint == "" {
		hint = goname.From(p.Wire)
	}
	n := l.paramNode(p)
	s := p.Schema
	if p.Item != nil {
		s, hint = p.Item.Schema, goname.Singular(hint)
	}
	if _, known := l.TypeNames[s]; !known && l.shape(node{&openapi3.SchemaRef{Value: s}, n.at}) == ShapeEnum {
		key := p.Wire + "\x00" + strings.Join(EnumValues(s), "\x00")
		if l.enums[key] == "" {
			l.enums[key] = l.Names.Claim(strings.TrimSuffix(hint, "Item"), op.Name+hint)
		}
		l.TypeNames[s] = l.enums[key]
	}
	return l.lowerSchema(n, op.Name+hint, InRequest)
}

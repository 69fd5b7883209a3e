package main

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

func (l *lowering) markOperation(op *operation) {
	for _, p := range op.params {
		l.mark(l.paramNode(p), inRequest)
	}
	if b := op.body; b != nil && b.kind != bodyText && b.kind != bodyBytes && !b.open {
		if b.fields {
			l.markInside(l.core(b.schema), inRequest)
		} else {
			l.mark(b.schema, inRequest)
		}
	}
	for _, r := range op.results {
		l.mark(r.schema, inResponse)
	}
}

// paramNode is the schema of a parameter.
func (l *lowering) paramNode(p *fieldInfo) node {
	if p.from.ref != nil {
		return p.from
	}
	return node{&openapi3.SchemaRef{Value: p.schema}, p.at}
}

// lowerOperation makes the request of an operation one object schema, of parameters and body together, so that
// oapi-codegen types its fields like any other; and names what a success answers with.
func (l *lowering) lowerOperation(op *operation) {
	out := &openapi3.Schema{Type: typed("object"), Properties: openapi3.Schemas{}}
	all := openapi3.SchemaRefs{{Value: out}}
	order := 0
	add := func(in string, info *fieldInfo, ref *openapi3.SchemaRef) {
		order++
		info.order = order
		key := in + "," + strconv.Itoa(order) // no property is called so: a comma cannot stand in a tag
		out.Properties[key] = withInfo(ref, info)
		if info.required {
			out.Required = append(out.Required, key)
		}
	}
	for _, p := range op.params {
		if p.ext["x-from-client"] == "always" {
			continue
		}
		add(p.in, p, l.lowerParameter(op, p))
	}
	switch b := op.body; {
	case b == nil:
	case b.kind == bodyText:
		add("body", l.wholeBody(op), goType("string"))
	case b.kind == bodyBytes:
		add("body", l.wholeBody(op), goType("[]byte"))
	case b.open:
		l.openForm(op, add)
	case b.fields:
		objects, _ := l.parts(b.schema)
		fields := l.lowerObject(objects, op.name, inRequest)
		l.ownBody(op, fields, order)
		all = append(all, &openapi3.SchemaRef{Value: fields})
	default:
		add("body", l.wholeBody(op), l.lowerSchema(b.schema, op.name+"Body", inRequest))
	}
	request := out
	if len(all) > 1 {
		request = &openapi3.Schema{AllOf: all}
	}
	l.components[op.request] = &openapi3.SchemaRef{Value: request}
	l.types[op.request] = &typeInfo{name: op.request, shape: shapeObject, schema: &openapi3.Schema{}, at: op.at, mode: inRequest, request: op}
}

// ownBody marks the properties of a body as such, behind the parameters.
func (l *lowering) ownBody(op *operation, fields *openapi3.Schema, order int) {
	parts := append(openapi3.SchemaRefs{{Value: fields}}, fields.AllOf...)
	for _, part := range parts {
		for name, ref := range part.Value.Properties {
			info := ref.Extensions[extInfo].(*fieldInfo)
			if info.schema.ReadOnly || info.outer.ReadOnly {
				delete(part.Value.Properties, name)
				continue
			}
			info.in = "body"
			info.order += order
			ref.Extensions[extOrder] = float64(info.order)
			if op.body.kind == bodyMultipart {
				multipartField(ref, info)
			}
		}
	}
}

// multipartField makes a binary field of a multipart form a file.
func multipartField(ref *openapi3.SchemaRef, info *fieldInfo) {
	isFile := func(s *openapi3.Schema) bool { return s != nil && s.Format == "binary" }
	switch {
	case isFile(info.schema):
		ref.Ref, ref.Value = "", goType("File").Value
	case info.shape == shapeArray && isFile(info.items):
		ref.Ref, ref.Value = "", goType("[]File").Value
	}
}

// openForm gives a form whose fields the spec does not name a field for texts, and one for files.
func (l *lowering) openForm(op *operation, add func(in string, info *fieldInfo, ref *openapi3.SchemaRef)) {
	part := func(name, description string) *fieldInfo {
		info := l.wholeBody(op)
		info.curated, info.description, info.required, info.shape, info.ext = name, description, false, shapeMap, map[string]any{}
		return info
	}
	if op.body.kind == bodyForm {
		add("body", part("Form", "The fields of the form, which the spec does not name."), goType("url.Values"))
		return
	}
	add("body", part("Fields", "The fields of the form by name; the spec does not name them."), goType("map[string]string"))
	add("body", part("Files", "The files of the form by the name of their field."), goType("map[string]File"))
}

func (l *lowering) wholeBody(op *operation) *fieldInfo {
	info := l.describe(op.body.schema, "body")
	info.in, info.required, info.whole, info.curated = "body", op.body.required, true, ""
	if ref := op.op.RequestBody; ref.Value.Description != "" {
		info.description = ref.Value.Description
	}
	return info
}

// lowerParameter types a parameter. Enums of the same name and values share one type, wherever they are written.
func (l *lowering) lowerParameter(op *operation, p *fieldInfo) *openapi3.SchemaRef {
	switch {
	case p.ext["x-comma-separated"] == true:
		return goType("rest.CommaList")
	case p.ext["x-go-type"] == "Time":
		return goType("time.Time")
	}
	hint := p.curated
	if hint == "" {
		hint = goName(p.wire)
	}
	n := l.paramNode(p)
	s := p.schema
	if items := p.items; p.shape == shapeArray && items != nil {
		s, hint = items, singular(hint)
	}
	if _, known := l.memo[s]; !known && l.shape(node{&openapi3.SchemaRef{Value: s}, n.at}) == shapeEnum {
		key := p.wire + "\x00" + strings.Join(enumValues(s), "\x00")
		if l.enums[key] == "" {
			l.enums[key] = l.names.claim(strings.TrimSuffix(hint, "Item"), op.name+hint)
		}
		l.memo[s] = l.enums[key]
	}
	return l.lowerSchema(n, op.name+hint, inRequest)
}

package lower

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// lowerOperation makes the request of an operation one object schema, of parameters and body together, so that oapi-codegen
// types its fields like those of any other.
func (l *lowering) lowerOperation(op *Operation) {
	out := &openapi3.Schema{Type: typed("object"), Properties: openapi3.Schemas{}}
	all := openapi3.SchemaRefs{{Value: out}}
	order := 0
	add := func(in string, info *Field, ref *openapi3.SchemaRef) {
		order++
		info.Order = order
		key := in + "," + strconv.Itoa(order) // no property has such a name: a struct tag cannot hold a comma
		out.Properties[key] = withInfo(ref, info)
		if info.Required {
			out.Required = append(out.Required, key)
		}
	}
	for _, p := range op.Parameters {
		if p.Extensions["x-from-client"] != "always" {
			add(p.In, p, l.lowerParameter(p, op.Descriptor()))
		}
	}
	switch b := op.Body; {
	case b == nil:
	case b.Kind == BodyText:
		add("body", l.rawBody(op), goType("string"))
	case b.Kind == BodyBytes:
		add("body", l.rawBody(op), goType("[]byte"))
		if b.Range {
			add("body", l.mediaOfBody(op), goType("string"))
		}
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
	l.Components[op.Request] = &openapi3.SchemaRef{Value: request} // not one of Order: it is written with its operation
	l.Types[op.Request] = &Type{Name: op.Request, Shape: ShapeObject, Schema: &openapi3.Schema{}, At: op.At, Direction: InRequest, Request: op}
}

// ownBody makes the properties of a body fields of the request, after the parameters.
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
			if op.Body.Kind == BodyMultipart {
				multipartField(ref, info)
			}
			if encoding := op.Body.encoding[name]; encoding != nil && op.Body.Kind != BodyJSON {
				info.Encoding = encoding
				l.checkEncoding(op.Body, info, op.Body.at.At("encoding", name))
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

// openForm gives a form, whose fields the document does not name, one field for texts and one for files.
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
	info.Description = cmp.Or(op.Spec.RequestBody.Value.Description, info.Description)
	return info
}

// rawBody is the body of an operation that is sent as the program gives it. Of what its schema demands, a text alone can be
// checked.
func (l *lowering) rawBody(op *Operation) *Field {
	info := l.wholeBody(op)
	info.MayBeNull = false
	if op.Body.Kind == BodyBytes || info.Shape != ShapeString || info.Schema.Format == "byte" || isTime(info.Schema) {
		info.Value, info.Outer = Value{Shape: ShapeString, Schema: &openapi3.Schema{}}, &openapi3.Schema{}
	}
	return info
}

// mediaOfBody is the media type of a body for which the document has only a range, such as image/*.
func (l *lowering) mediaOfBody(op *Operation) *Field {
	info := l.rawBody(op)
	prefix, rest, found := strings.Cut(op.Body.Media, "*")
	info.Curated, info.Description = "ContentType", "The media type of the body: one of "+op.Body.Media+"."
	info.Schema = &openapi3.Schema{Pattern: "^" + regexp.QuoteMeta(prefix) + "[^*;\\s]+" + regexp.QuoteMeta(rest)}
	if !found {
		info.Description = "The media type of the body: " + op.Body.Media + " with its boundary."
		info.Schema.Pattern = "^" + regexp.QuoteMeta(prefix) + ".*boundary="
	}
	return info
}

// lowerParameter types a parameter. An enum of one value, which many operations have, is named after that.
func (l *lowering) lowerParameter(p *Field, holder string) *openapi3.SchemaRef {
	if values := EnumValues(p.Schema); p.Shape == ShapeEnum && len(values) == 1 && values[0] != "" && l.core(p.from).ref.Ref == "" {
		return l.lowerSchema(p.from, goname.From(p.Wire+" "+values[0]), InRequest)
	}
	return l.lowerField(p, holder, InRequest)
}

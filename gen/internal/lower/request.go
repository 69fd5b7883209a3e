package lower

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

// lowerOperation makes the request of an operation a single type, with the parameters and the body.
func (l *lowering) lowerOperation(op *Operation) {
	request := &Type{Name: op.Request, Shape: ShapeObject, Schema: &openapi3.Schema{}, At: op.At, Direction: InRequest, Request: op}
	l.Types[op.Request] = request // not one of Order: it is written with its operation
	for _, p := range op.Parameters {
		if p.Extensions["x-from-client"] != "always" {
			p.Lowered = l.lowerParameter(p, op.Descriptor())
			request.Fields = append(request.Fields, p)
		}
	}
	add := func(f *Field, lowered *openapi3.SchemaRef) {
		f.Lowered = lowered
		request.Fields = append(request.Fields, f)
	}
	switch b := op.Body; {
	case b == nil:
	case b.Kind == BodyText:
		add(l.rawBody(op), goType("string"))
	case b.Kind == BodyBytes:
		add(l.rawBody(op), goType("[]byte"))
		if b.Range {
			add(l.mediaOfBody(op), goType("string"))
		}
	case b.Open && b.Kind == BodyForm:
		add(l.openForm(op, "Form", "The fields of the form, which the spec does not name."), goType("url.Values"))
	case b.Open:
		add(l.openForm(op, "Fields", "The fields of the form by name; the spec does not name them."), goType("map[string]string"))
		add(l.openForm(op, "Files", "The files of the form by the name of their field."), goType("map[string]File"))
	case b.Fields:
		request.Fields = append(request.Fields, l.ownBody(op)...)
	default:
		add(l.wholeBody(op), l.lowerSchema(b.schema, op.Name+"Body", InRequest))
	}
}

// ownBody makes the properties of a body fields of the request.
func (l *lowering) ownBody(op *Operation) []*Field {
	objects, _ := l.parts(op.Body.schema)
	fields, _ := l.lowerObject(objects, op.Name, InRequest)
	fields = slices.DeleteFunc(fields, func(f *Field) bool { return f.Schema.ReadOnly || f.Outer.ReadOnly })
	for _, f := range fields {
		f.In = "body"
		if op.Body.Kind == BodyMultipart {
			multipartField(f)
		}
		if encoding := op.Body.encoding[f.Wire]; encoding != nil && op.Body.Kind != BodyJSON {
			f.Encoding = encoding
			l.checkEncoding(op.Body, f, op.Body.at.At("encoding", f.Wire))
		}
	}
	return fields
}

// multipartField makes a binary field of a multipart form a file.
func multipartField(f *Field) {
	isFile := func(s *openapi3.Schema) bool { return s.Format == "binary" }
	switch {
	case isFile(f.Schema):
		f.Lowered = goType("File")
	case f.Item != nil && isFile(f.Item.Schema):
		f.Lowered = goType("[]File")
	}
}

// openForm returns a field for the content of a form whose fields the document does not name.
func (l *lowering) openForm(op *Operation, name, description string) *Field {
	info := l.wholeBody(op)
	info.Curated, info.Description, info.Required, info.Shape, info.Extensions = name, description, false, ShapeMap, map[string]any{}
	return info
}

func (l *lowering) wholeBody(op *Operation) *Field {
	info := l.describe(op.Body.schema, "body")
	info.In, info.Required, info.WholeBody, info.Curated = "body", op.Body.Required, true, ""
	info.Description = cmp.Or(op.Spec.RequestBody.Value.Description, info.Description)
	return info
}

// rawBody returns the body of an operation that is sent unchanged. The constraints of its schema can be checked only if it
// is a string.
func (l *lowering) rawBody(op *Operation) *Field {
	info := l.wholeBody(op)
	info.MayBeNull = false
	if op.Body.Kind == BodyBytes || info.Shape != ShapeString || info.Schema.Format == "byte" || isTime(info.Schema) {
		info.Value, info.Outer = Value{Shape: ShapeString, Schema: &openapi3.Schema{}}, &openapi3.Schema{}
	}
	return info
}

// mediaOfBody returns the field for the media type of a body, if the document has only a range, such as image/*.
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

// lowerParameter determines the type of a parameter. An enum with a single value, which many operations share, is named
// after the value.
func (l *lowering) lowerParameter(p *Field, holder string) *openapi3.SchemaRef {
	if values := EnumValues(p.Schema); p.Shape == ShapeEnum && len(values) == 1 && values[0] != "" && l.core(p.from).ref.Ref == "" {
		return l.lowerSchema(p.from, goname.From(p.Wire+" "+values[0]), InRequest)
	}
	return l.lowerField(p, holder, InRequest)
}

package lower

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
)

func typed(t string) *openapi3.Types { return &openapi3.Types{t} }

// goType returns a schema whose Go type is already known.
func goType(t string) *openapi3.SchemaRef {
	return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string"), Extensions: map[string]any{extType: t}}}
}

// lowerSchema rewrites a schema: one that becomes a named Go type is replaced by a reference to its component, the rest
// stays in place. hint is the name for a schema that has none of its own; m is the direction of what contains the schema.
func (l *lowering) lowerSchema(n node, hint string, m Direction) *openapi3.SchemaRef {
	n = l.core(n)
	s := n.schema()
	sh := l.shape(n)
	if s == nil {
		return &openapi3.SchemaRef{Value: &openapi3.Schema{}}
	}
	if s.Extensions["x-comma-separated"] == true {
		return goType("rest.CommaList")
	}
	if sh.named() {
		return l.lowerNamed(n, sh, hint)
	}
	if l.open[s] { // a list of itself
		l.Add(n.at, "this %s contains only itself", sh)
		return &openapi3.SchemaRef{Value: &openapi3.Schema{}}
	}
	l.open[s] = true
	defer delete(l.open, s)
	switch sh {
	case ShapeArray:
		if s.Items == nil {
			return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("array"), Items: &openapi3.SchemaRef{Value: &openapi3.Schema{}}}}
		}
		items := node{s.Items, l.placeOf(n).At("items")}
		if m&InResponse != 0 && l.plainText(items) {
			return goType("rest.Strings")
		}
		inner := l.lowerSchema(items, goname.Singular(hint), m)
		return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("array"), Items: inner}}
	case ShapeMap:
		out := &openapi3.Schema{Type: typed("object")}
		if more := s.AdditionalProperties.Schema; more != nil {
			out.AdditionalProperties.Schema = l.lowerSchema(node{more, l.placeOf(n).At("additionalProperties")}, hint+"Value", m)
		}
		return &openapi3.SchemaRef{Value: out}
	case ShapeString:
		return l.lowerText(s, m)
	case ShapeInteger, ShapeNumber, ShapeBoolean:
		return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed(string(sh)), Format: known(s.Format, integerFormats...)}}
	}
	return &openapi3.SchemaRef{Value: &openapi3.Schema{}}
}

// plainText reports whether a schema is a string that Go has no other type for.
func (l *lowering) plainText(n node) bool {
	n = l.core(n)
	s := n.schema()
	return s != nil && l.shape(n) == ShapeString && !isTime(s) && s.Format != "date" && s.Format != "byte"
}

// integerFormats are the formats that change the Go type of a number. Strings stay strings whatever their format, except
// byte and the formats of times, because a service that sends a bad UUID must not break a page.
var integerFormats = []string{"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}

// known returns the format if it changes the Go type; otherwise "".
func known(format string, formats ...string) string {
	if slices.Contains(formats, format) {
		return format
	}
	return ""
}

func isTime(s *openapi3.Schema) bool {
	return s != nil && (s.Format == "date-time" || s.Extensions["x-go-type"] == "Time")
}

func (l *lowering) lowerText(s *openapi3.Schema, m Direction) *openapi3.SchemaRef {
	switch {
	case m&InResponse != 0 && (isTime(s) || s.Format == "date"):
		return goType("rest.Time")
	case isTime(s):
		return goType("time.Time")
	}
	return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string"), Format: known(s.Format, "byte")}}
}

// lowerNamed makes a schema a component, once.
func (l *lowering) lowerNamed(n node, sh Shape, hint string) *openapi3.SchemaRef {
	s := n.schema()
	name, known := l.TypeNames[s]
	own, curated := s.Extensions["x-go-name"].(string)
	switch {
	case n.ref.Ref == "":
		name = l.nameInline(n, sh, hint)
	case known:
	case curated:
		name = l.claimCurated(own, l.placeOf(n))
	case sh == ShapeEnum:
		name = l.Names.Claim(hint, hint+"Value")
	default:
		name = l.Names.Claim(hint, hint+"Model")
	}
	l.TypeNames[s] = name
	if l.Types[name] != nil {
		return typeRef(name)
	}
	m := l.usage[s]
	if m == 0 {
		m = InRequest
	}
	t := &Type{Name: name, Shape: sh, Schema: s, At: l.placeOf(n), Direction: m}
	l.declare(t)
	defer l.enter(s)()
	switch sh {
	case ShapeObject:
		objects, _ := l.parts(n)
		t.Fields, t.Rest = l.lowerObject(objects, name, m)
	case ShapeUnion:
		l.lowerUnion(n, t)
	}
	return typeRef(name)
}

// declare adds a Go type.
func (l *lowering) declare(t *Type) {
	l.Types[t.Name] = t
	l.Order = append(l.Order, t.Name)
}

// typeRef returns a reference to a Go type of the client.
func typeRef(name string) *openapi3.SchemaRef {
	return &openapi3.SchemaRef{Ref: "#/components/schemas/" + name, Value: &openapi3.Schema{}}
}

package lower

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/internal/oas"
)

func typed(t string) *openapi3.Types { return &openapi3.Types{t} }

// goType is a schema of which the Go type is already known.
func goType(t string) *openapi3.SchemaRef {
	return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string"), Extensions: map[string]any{extType: t}}}
}

// lowerSchema rewrites a schema: what becomes a Go type with a name is a reference to its component, the rest stays where it
// is. hint is the name of one that has none of its own; m is the direction of what holds the schema.
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
		l.Add(n.at, "this %s holds only itself", sh)
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

// integerFormats are those that change the Go type of a number. Texts stay texts whatever their format, apart from byte and those of moments,
// because a service that sends a bad UUID must not spoil a page.
var integerFormats = []string{"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}

// known is the format if it changes the Go type; otherwise "".
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

// lowerNamed makes a component of a schema, once.
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

// typeRef refers to a Go type of the client.
func typeRef(name string) *openapi3.SchemaRef {
	return &openapi3.SchemaRef{Ref: "#/components/schemas/" + name, Value: &openapi3.Schema{}}
}

// maxFields is how many fields the structs of a client may have, all together. A document can make many of few lines.
const maxFields = 100_000

// lowerObject returns the fields of an object that consists of parts, and the schema of the properties that the document does not name.
// Of two properties of one name the last counts.
func (l *lowering) lowerObject(parts []node, name string, m Direction) (fields []*Field, rest *openapi3.SchemaRef) {
	var required []string
	for _, part := range parts {
		s, holder := part.schema(), name
		if part.ref.Ref != "" { // so that what is inside has one name, whatever it is a part of
			holder = cmp.Or(l.TypeNames[s], l.componentName(RefName(part.ref.Ref)))
		}
		required = append(required, s.Required...)
		for _, p := range l.properties(part) {
			if l.fields++; l.fields > maxFields {
				l.Add(oas.Place{File: l.File()}, "the client would have more than %d fields; a schema that many others hold by allOf is written out in each", maxFields)
				return nil, nil
			}
			f := l.describe(p, lastKey(p.at))
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

// lowerField types a field of a request or of a struct that is called holder.
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
			m = InRequest // a list is a list here, not a text that may be one
		}
		t.Union = append(t.Union, l.lowerSchema(c, hint, m))
		t.Choices = append(t.Choices, l.value(c, 0))
	}
}

// maxProperty is how long the name of a property may be. The time of oapi-codegen grows with the square.
const maxProperty = 500

// WrongTag returns why a property name cannot be written in a struct tag that encoding/json reads, or "" if it can.
func WrongTag(name string) string {
	if name == "" {
		return "a property without a name cannot be a Go field"
	}
	if len(name) > maxProperty {
		return fmt.Sprintf("property %.20q… has a name of more than %d bytes", name, maxProperty)
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) {
			return "property " + strconv.Quote(name) + " cannot be a Go field: encoding/json does not accept " + strconv.Quote(string(r)) + " in a name"
		}
	}
	return ""
}

package model

import (
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// Type is one type of models.gen.go: a struct, an enum or a union.
type Type struct {
	*lower.Type
	Fields     []*Field
	Additional string // Go type of the properties that the document does not name; "" for none
	Enum       *Enum
	Union      *Union
}

func (b *builder) clientTypes() []*Type {
	for _, name := range b.low.Order { // listers and constants are named before anything mentions them
		if info := b.low.Types[name]; info.Shape == lower.ShapeEnum {
			b.enums[name] = b.enum(info, declared(b.types.schemas[name].Schema))
		}
	}
	var out []*Type
	for _, name := range b.low.Order {
		info, t := b.low.Types[name], b.types.schemas[name]
		m := &Type{Type: info}
		switch info.Shape {
		case lower.ShapeEnum:
			m.Enum = b.enums[name]
		case lower.ShapeUnion:
			m.Union = b.union(info, t)
		default:
			m.Fields = b.structFields(name)
			if t.Schema.HasAdditionalProperties && t.Schema.AdditionalPropertiesType != nil {
				m.Additional = declared(*t.Schema.AdditionalPropertiesType)
			}
		}
		out = append(out, m)
	}
	return out
}

// structFields are the fields of a struct, made once.
func (b *builder) structFields(name string) []*Field {
	fields, ok := b.structs[name]
	if !ok {
		info := b.low.Types[name]
		fields = b.fields(b.types.schemas[name], info)
		if info.Direction&lower.InRequest != 0 {
			b.relate(fields)
		}
		b.structs[name] = fields
	}
	return fields
}

// typeWords names a Go type in a method: AsStrings for []string.
func typeWords(t string) string {
	if inner, ok := strings.CutPrefix(t, "[]"); ok {
		if inner == "byte" {
			return "Bytes"
		}
		return goname.Plural(typeWords(inner))
	}
	if inner, ok := strings.CutPrefix(t, "map[string]"); ok {
		return "MapOf" + typeWords(inner)
	}
	t = strings.TrimPrefix(t, "*")
	if _, inner, ok := strings.Cut(t, "."); ok {
		t = inner
	}
	return goname.From(t)
}

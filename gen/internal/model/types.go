package model

import "github.com/highlevel-go/snapshots/gen/internal/lower"

func (b *builder) clientTypes() []*Type {
	for _, name := range b.low.Order { // listers and constants are named before anything mentions them
		if info := b.low.Types[name]; info.Shape == lower.ShapeEnum {
			b.enums[name] = b.enum(info)
		}
	}
	for _, name := range b.low.Order {
		if info := b.low.Types[name]; info.Alias != "" && info.Shape == lower.ShapeEnum {
			b.enums[name].Of = b.enums[info.Alias]
		}
	}
	var out []*Type
	for _, name := range b.low.Order {
		info := b.low.Types[name]
		m := &Type{Type: info}
		switch {
		case info.Shape == lower.ShapeEnum:
			m.Enum = b.enums[name]
		case info.Alias != "":
		case info.Shape == lower.ShapeUnion:
			m.Union = b.union(info)
		default:
			m.Fields, m.Additional = b.structFields(name), b.goType(info.Rest)
		}
		out = append(out, m)
	}
	return out
}

// structFields returns the fields of a struct, made once.
func (b *builder) structFields(name string) []*Field {
	fields, ok := b.structs[name]
	if !ok {
		info := b.low.Types[name]
		fields = b.fields(info)
		if info.Direction&lower.InRequest != 0 {
			b.relate(fields)
		}
		if info.Request == nil {
			b.fillsNothing(fields)
		}
		b.structs[name] = fields
	}
	return fields
}

// fillsNothing finds x-from-client where no client fills a field: in an object inside a body, and in a response.
func (b *builder) fillsNothing(fields []*Field) {
	for _, f := range fields {
		if f.Extensions["x-from-client"] != nil {
			b.low.Add(f.At.At("x-from-client"), "x-from-client is for parameters and for the properties of a request's body itself; %s is one of an object", f.Wire)
		}
	}
}

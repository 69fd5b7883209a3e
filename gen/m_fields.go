package main

import (
	"slices"

	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"
)

// Field is one field of a generated struct.
type Field struct {
	*fieldInfo
	Name         string
	Type         string // as declared
	Base         string // the type without the pointer
	Pointer      bool
	Tag          string
	Nested       bool       // it is a field of a struct inside a request
	Request      *operation // it is a field of this operation's request
	RequiredWhen []Condition
	NotAfter     *Field
}

// fields are those of a struct, in the order of the document, under names that are unique in it.
func (b *builder) fields(t codegen.TypeDefinition, info *typeInfo) []*Field {
	var out []*Field
	for _, p := range t.Schema.Properties {
		fi, ok := p.Extensions[extInfo].(*fieldInfo)
		if !ok {
			continue
		}
		f := &Field{fieldInfo: fi, Base: declared(p.Schema), Request: info.request}
		f.Nested = info.request == nil && info.shape == shapeObject && info.mode&inRequest != 0
		if info.request == nil || fi.in == "body" && !fi.whole {
			f.required = p.Required
		}
		if info.mode&inRequest != 0 && (fi.schema.ReadOnly || fi.outer.ReadOnly) {
			f.required = false // the service writes it
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b *Field) int { return a.order - b.order })
	b.nameFields(out, info)
	for _, f := range out {
		f.Pointer = b.needsPointer(f, info)
		f.Type = f.Base
		if f.Pointer {
			f.Type = "*" + f.Base
		}
		f.Tag = f.tag(info)
	}
	return out
}

// nameFields claims the curated names first.
func (b *builder) nameFields(fields []*Field, info *typeInfo) {
	names := scope{}
	if info.request != nil {
		names["Validate"] = true
	} else {
		names["MarshalJSON"], names["UnmarshalJSON"], names["AdditionalProperties"] = true, true, true
	}
	for _, f := range fields {
		if f.curated == "" {
			continue
		}
		if names[f.curated] {
			b.low.Add(f.at.At("x-go-name"), "the Go name %s is taken by another field of %s", f.curated, info.name)
		}
		f.Name = names.claim(f.curated)
	}
	for _, f := range fields {
		if f.Name != "" {
			continue
		}
		name := goName(f.wire)
		if f.in == "" {
			f.Name = names.claim(name, name+"Field")
		} else {
			f.Name = names.claim(name, goName(f.in)+name)
		}
	}
}

func (f *Field) tag(info *typeInfo) string {
	name := f.wire
	switch {
	case info.request != nil && (f.in != "body" || f.whole || info.request.body.kind != bodyJSON):
		return "`json:\"-\"`"
	case name == "-": // encoding/json leaves such a field out unless a comma follows
		name = "-,"
	case !f.required:
		name += ",omitzero"
	}
	return "`json:\"" + name + "\"`"
}

// IsText reports whether the Go type is a string or made of one.
func (f *Field) IsText() bool {
	if f.Base == "string" {
		return true
	}
	t, _ := enumType(f.schema)
	return f.shape == shapeEnum && t == "string"
}

// IsNumber reports whether the Go type is a number.
func (f *Field) IsNumber() bool {
	switch f.Base {
	case "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float64", "float32":
		return true
	}
	return false
}

package model

import (
	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// fields returns the fields of a struct, in the order of the document, with names that are unique in it.
func (b *builder) fields(info *lower.Type) []*Field {
	var out []*Field
	for _, lowered := range info.Fields {
		f := &Field{Field: lowered, Base: b.bases[lowered], Request: info.Request}
		f.Nested = info.Request == nil && info.Direction&lower.InRequest != 0
		if info.Direction&lower.InRequest != 0 && (f.Schema.ReadOnly || f.Outer.ReadOnly) {
			f.Required = false // the service writes it
		}
		out = append(out, f)
	}
	b.nameFields(out, info)
	for _, f := range out {
		f.MayBeNull = f.MayBeNull && sendsJSON(f, info)
		f.Nullable = f.MayBeNull && !f.Required
		f.Pointer = !f.Nullable && b.needsPointer(f, info)
		f.Type = f.Base
		switch {
		case f.Nullable:
			f.Type = "rest.Nullable[" + f.Base + "]"
		case f.Pointer:
			f.Type = "*" + f.Base
		}
		f.Tag = f.tag(info)
	}
	return out
}

// sendsJSON reports whether a field is sent as a JSON property, which can be null.
func sendsJSON(f *Field, info *lower.Type) bool {
	switch {
	case info.Direction&lower.InRequest == 0, f.Schema.ReadOnly, f.Outer.ReadOnly, f.Base == "any", f.Base == "json.RawMessage", f.Base == "rest.CommaList":
		return false
	case info.Request != nil:
		return f.In == "body" && (!f.WholeBody || f.Required) && info.Request.Body.Kind == lower.BodyJSON
	}
	return true
}

// nameFields claims the curated names first.
func (b *builder) nameFields(fields []*Field, info *lower.Type) {
	names := goname.Scope{}
	if info.Request != nil {
		names["Validate"] = true
	} else {
		names["MarshalJSON"], names["UnmarshalJSON"], names["AdditionalProperties"] = true, true, true
	}
	for _, f := range fields {
		if f.Curated == "" {
			continue
		}
		if names[f.Curated] {
			b.low.Add(f.At.At("x-go-name"), "the Go name %s is already that of another field of %s", f.Curated, info.Name)
		}
		f.Name = names.Claim(f.Curated)
	}
	for _, f := range fields {
		if f.Name != "" {
			continue
		}
		name := goname.From(f.Wire)
		if f.In == "" {
			f.Name = names.Claim(name, name+"Field")
		} else {
			f.Name = names.Claim(name, goname.From(f.In)+name)
		}
	}
}

func (f *Field) tag(info *lower.Type) string {
	switch {
	case info.Request != nil && (f.In != "body" || f.WholeBody || info.Request.Body.Kind != lower.BodyJSON):
		return "`json:\"-\"`"
	case f.Required || f.Wire == "-":
		return Tag(f.Wire)
	}
	return Tag(f.Wire + ",omitzero")
}

// Tag returns the struct tag of a field with a name on the wire.
func Tag(name string) string {
	if name == "-" { // encoding/json omits such a field unless a comma follows
		name = "-,"
	}
	return "`json:\"" + name + "\"`"
}

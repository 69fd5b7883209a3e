package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"
)

// field is one field of a generated struct.
type field struct {
	*fieldInfo
	Name    string
	Type    string // as declared
	Tag     string
	Doc     string
	Gap     bool   // an empty line comes before it
	base    string // the type without the pointer
	pointer bool
	nested  bool       // it is a field of a struct inside a request
	op      *operation // it is a field of this operation's request
}

// fields are those of a struct, in the order of the spec, under names that are unique in it.
func (g *generator) fields(t codegen.TypeDefinition, info *typeInfo) []*field {
	var out []*field
	for _, p := range t.Schema.Properties {
		fi, ok := p.Extensions[extInfo].(*fieldInfo)
		if !ok {
			continue
		}
		f := &field{fieldInfo: fi, base: decl(p.Schema), op: info.request}
		if info.request == nil {
			f.required = p.Required
		} else if fi.in == "body" && !fi.whole {
			f.required = p.Required
		}
		if info.mode&inRequest != 0 && (fi.schema.ReadOnly || fi.outer.ReadOnly) {
			f.required = false // the service writes it
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b *field) int { return a.order - b.order })
	g.nameFields(out, t, info)
	for _, f := range out {
		f.pointer = g.needsPointer(f, t.TypeName, info)
		f.Type = f.base
		if f.pointer {
			f.Type = "*" + f.base
		}
		f.Tag = f.tag(info)
	}
	return out
}

// nameFields claims the curated names first.
func (g *generator) nameFields(fields []*field, t codegen.TypeDefinition, info *typeInfo) {
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
			g.fault(f.at.at("x-go-name"), "the Go name %s is taken by another field of %s", f.curated, t.TypeName)
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

func (f *field) tag(info *typeInfo) string {
	name := f.wire
	switch {
	case info.request != nil && (f.in != "body" || f.whole || info.request.body.kind != bodyJSON):
		return "`json:\"-\"`"
	case name == "-": // which encoding/json takes for "none" unless a comma follows
		name = "-,"
	case !f.required:
		name += ",omitzero"
	}
	return "`json:\"" + name + "\"`"
}

// needsPointer keeps values plain. A pointer is there only where a type holds itself, and in requests for an optional number
// or boolean whose zero says something else than leaving it out.
func (g *generator) needsPointer(f *field, holder string, info *typeInfo) bool {
	if g.holds(f.base, holder, map[string]bool{}) || g.weight(f.base, nil) > maxWeight {
		return true
	}
	if f.required || info.mode&inRequest == 0 {
		return false
	}
	switch f.shape {
	case shapeBoolean:
		return f.outer.Default != false && f.schema.Default != false
	case shapeInteger, shapeNumber:
		return !zeroIs(f.outer.Default) && !zeroIs(f.schema.Default) && f.allows(0)
	case shapeEnum:
		t, _ := enumType(f.schema)
		return t == "integer" && slices.Contains(enumValues(f.schema), "0")
	case shapeString:
		return f.base == "string" && f.in != "query" && f.in != "header" && f.in != "cookie" && (f.schema.Nullable || f.outer.Nullable || f.schema.Type.Includes("null"))
	case shapeObject:
		return info.request != nil && f.whole // an optional body is sent or not
	}
	return false
}

func zeroIs(v any) bool {
	switch v := v.(type) {
	case float64:
		return v == 0
	case int:
		return v == 0
	}
	return false
}

// allows says whether the bounds of a number take a value.
func (f *fieldInfo) allows(v float64) bool {
	for _, b := range f.bounds() {
		if b.breaks(v) {
			return false
		}
	}
	return true
}

// holds says whether a struct has another one in it as a value, at any depth.
func (g *generator) holds(outer, inner string, seen map[string]bool) bool {
	if seen[outer] {
		return false
	}
	seen[outer] = true
	t, ok := g.types[outer]
	if !ok || g.low.types[outer] == nil || g.low.types[outer].shape != shapeObject {
		return false
	}
	if outer == inner {
		return true
	}
	for _, p := range t.Schema.Properties {
		if g.holds(decl(p.Schema), inner, seen) {
			return true
		}
	}
	return false
}

// maxWeight is how many values a struct may hold, all the way down, before it is held by pointer: structs in structs in
// structs multiply.
const maxWeight = 4096

// weight counts the values of a struct, all the way down; busy are the structs that are being counted.
func (g *generator) weight(t string, busy []string) int {
	if n, ok := g.weights[t]; ok {
		return n
	}
	info := g.low.types[t]
	if info == nil || info.shape != shapeObject || slices.Contains(busy, t) {
		return 1
	}
	n := 0
	for _, p := range g.types[t].Schema.Properties {
		n = min(n+g.weight(decl(p.Schema), append(busy, t)), maxWeight+1)
	}
	g.weights[t] = n
	return n
}

// bound is one end of a number's range.
type bound struct {
	at        float64
	min       bool
	exclusive bool
}

func (b bound) breaks(v float64) bool {
	switch {
	case b.min && b.exclusive:
		return v <= b.at
	case b.min:
		return v < b.at
	case b.exclusive:
		return v >= b.at
	}
	return v > b.at
}

func (b bound) words() string {
	n := number(b.at)
	switch {
	case b.min && b.exclusive:
		return "more than " + n
	case b.min:
		return "at least " + n
	case b.exclusive:
		return "less than " + n
	}
	return "at most " + n
}

func (f *fieldInfo) bounds() []bound {
	s := f.schema
	var out []bound
	if v := s.ExclusiveMin.Value; v != nil {
		out = append(out, bound{*v, true, true})
	}
	if s.Min != nil {
		out = append(out, bound{*s.Min, true, s.ExclusiveMin.IsTrue()})
	}
	if v := s.ExclusiveMax.Value; v != nil {
		out = append(out, bound{*v, false, true})
	}
	if s.Max != nil {
		out = append(out, bound{*s.Max, false, s.ExclusiveMax.IsTrue()})
	}
	return out
}

func number(v float64) string {
	text := fmt.Sprintf("%f", v)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Wire is the name on the wire.
func (f *field) Wire() string { return f.wire }

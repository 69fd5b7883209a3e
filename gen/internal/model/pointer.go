package model

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

// needsPointer reports whether a field needs a pointer: only if a type contains itself, or in a request if the zero value
// does not mean the same as omitting the field.
func (b *builder) needsPointer(f *Field, info *lower.Type) bool {
	if b.isStruct(f.Base) && b.circle[f.Base] == b.circle[info.Name] || b.weight(f.Base, nil) > maxWeight {
		return true
	}
	if f.MayBeNull { // and required: nil is null; a list or map can be nil without a pointer
		return f.Base != "rest.Strings" && f.Base != "rest.Time" && !strings.HasPrefix(f.Base, "[]") && !strings.HasPrefix(f.Base, "map[")
	}
	if f.Required || info.Direction&lower.InRequest == 0 {
		return false
	}
	decides := info.Request != nil && f.In == "body" && !info.Request.Body.Required // the fields of an optional body decide whether it is sent
	switch f.Shape {
	case lower.ShapeBoolean:
		return decides || f.Outer.Default != false && f.Schema.Default != false
	case lower.ShapeInteger, lower.ShapeNumber:
		return (decides || !isZeroNumber(f.Outer.Default) && !isZeroNumber(f.Schema.Default)) && !slices.ContainsFunc(Bounds(f.Schema), func(b Bound) bool { return b.Excludes(0) })
	case lower.ShapeEnum:
		zero := ""
		if t, _ := lower.EnumType(f.Schema); t == "integer" {
			zero = "0"
		}
		isDefault := lower.ValueText(f.Outer.Default) == zero || lower.ValueText(f.Schema.Default) == zero
		return (decides || !isDefault) && slices.Contains(lower.EnumValues(f.Schema), zero)
	case lower.ShapeString:
		if f.AllowsEmpty() {
			return true
		}
		return f.Base == "string" && f.In != "query" && f.In != "header" && f.In != "cookie" && (f.Schema.Nullable || f.Outer.Nullable || f.Schema.Type.Includes("null"))
	case lower.ShapeObject:
		return info.Request != nil && f.WholeBody // an optional body is sent or not
	}
	return false
}

func isZeroNumber(v any) bool { return v == 0.0 || v == 0 }

// circles numbers the structs: those that contain each other by value, at any depth, have the same number (Tarjan's
// algorithm).
func (b *builder) circles() map[string]int {
	circle, index := map[string]int{}, map[string]int{}
	var open []string // visited, but without a number yet
	var visit func(t string) (lowest int)
	visit = func(t string) int {
		index[t] = len(index) + 1
		lowest, first := index[t], len(open)
		open = append(open, t)
		for _, f := range b.low.Types[t].Fields {
			inner := b.bases[f]
			switch _, done := circle[inner]; {
			case done || !b.isStruct(inner):
			case index[inner] > 0:
				lowest = min(lowest, index[inner])
			default:
				lowest = min(lowest, visit(inner))
			}
		}
		if lowest == index[t] {
			for _, member := range open[first:] {
				circle[member] = lowest
			}
			open = open[:first]
		}
		return lowest
	}
	for t := range b.low.Types {
		if _, done := circle[t]; !done && b.isStruct(t) {
			visit(t)
		}
	}
	return circle
}

func (b *builder) isStruct(t string) bool {
	info := b.low.Types[t]
	return info != nil && info.Shape == lower.ShapeObject
}

// maxWeight is the maximum number of values in a struct, at any depth, before it is used by pointer: nested structs
// multiply.
const maxWeight = 4096

// weight counts the values of a struct, at any depth; busy contains the structs that are being counted.
func (b *builder) weight(t string, busy []string) int {
	if n, ok := b.weights[t]; ok {
		return n
	}
	if !b.isStruct(t) || slices.Contains(busy, t) {
		return 1
	}
	n := 0
	for _, f := range b.low.Types[t].Fields {
		n = min(n+b.weight(b.bases[f], append(busy, t)), maxWeight+1)
	}
	b.weights[t] = n
	return n
}

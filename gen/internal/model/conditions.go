package model

import (
	"maps"
	"slices"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// relate resolves the extensions that name another field of the same request.
func (b *builder) relate(fields []*Field) {
	named := map[string]*Field{}
	for _, f := range fields {
		if _, found := named[f.Wire]; !found || f.In == "body" {
			named[f.Wire] = f
		}
	}
	for _, f := range fields {
		b.requiredWhen(f, named)
		b.notAfter(f, named)
	}
}

func (b *builder) requiredWhen(f *Field, named map[string]*Field) {
	conditions, _ := f.Extensions["x-required-when"].(map[string]any)
	for _, property := range slices.Sorted(maps.Keys(conditions)) {
		other, at := named[property], f.At.At("x-required-when", property)
		switch {
		case other == nil:
			b.low.Add(at, "x-required-when names %q, which is not a field of the same request", property)
			continue
		case !other.IsText() || other.Pointer || other.Nullable:
			b.low.Add(at, "x-required-when names %q, which is not a string, or may be null", property)
			continue
		}
		c := Condition{Other: other}
		values, _ := conditions[property].([]any)
		for _, v := range values {
			value := lower.ValueText(v)
			if known := lower.EnumValues(other.Schema); len(known) > 0 && !slices.Contains(known, value) {
				b.low.Add(at, "x-required-when: %q is not a value of %s (%s)", value, property, prose.List(known, "or"))
			}
			c.Values = append(c.Values, value)
		}
		f.RequiredWhen = append(f.RequiredWhen, c)
		f.OnlyWhen = f.Extensions["x-only-when-required"] == true
	}
}

func (b *builder) notAfter(f *Field, named map[string]*Field) {
	name, ok := f.Extensions["x-not-after"].(string)
	if !ok {
		return
	}
	other, at := named[name], f.At.At("x-not-after")
	switch {
	case other == nil:
		b.low.Add(at, "x-not-after names %q, which is not a field of the same request", name)
	case f.Type != "time.Time" || other.Type != "time.Time":
		b.low.Add(at, "x-not-after needs two times (format: date-time); %s and %s are %s and %s", f.Wire, name, f.Type, other.Type)
	default:
		f.NotAfter = other
	}
}

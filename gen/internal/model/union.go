package model

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

func (b *builder) union(info *lower.Type) *Union {
	u := &Union{}
	methods := goname.Scope{"IsZero": true, "MarshalJSON": true, "UnmarshalJSON": true, "Raw": true, "Discriminator": true, "Value": true}
	byType := map[string]string{}
	var all []string
	for _, choice := range info.Union {
		all = append(all, b.goType(choice))
	}
	for i, c := range all {
		if slices.Index(all, c) < i {
			continue
		}
		word := typeWords(c)
		if short, ok := strings.CutPrefix(word, info.Name); ok && goname.IsExported(short) { // only the s of a plural is left
			word = short
		}
		m := Choice{Type: c, Method: methods.Claim("As" + word)}
		m.Maker = b.low.Names.Claim(info.Name + "From" + m.Method[2:])
		if len(all) == len(info.Choices) && !slices.Contains(all[i+1:], c) { // with two choices of one Go type, it is unknown which one a value is
			m.Value = &info.Choices[i]
		}
		byType[c] = m.Method
		if len(info.Children) == 0 && info.Common != "" && c != info.Common && b.isStruct(c) {
			m.Common, u.Common = info.Common, byType[info.Common]
		}
		u.Choices = append(u.Choices, m)
	}
	d := info.Schema.Discriminator
	if d == nil || lower.WrongTag(d.PropertyName) != "" {
		return u
	}
	u.Discriminator = d.PropertyName
	mapping := map[string]string{}
	for _, refs := range []openapi3.SchemaRefs{info.Schema.OneOf, info.Schema.AnyOf, info.Children} {
		for _, ref := range refs {
			if ref.Ref == "" || byType[b.low.TypeNames[ref.Value]] == "" {
				continue
			}
			method, explicit := byType[b.low.TypeNames[ref.Value]], false
			for value, target := range d.Mapping {
				if target.Ref == ref.Ref || target.Ref == lower.RefName(ref.Ref) {
					mapping[value], explicit = method, true
				}
			}
			if !explicit {
				mapping[lower.RefName(ref.Ref)] = method
			}
		}
	}
	if len(info.Children) > 0 {
		u.Otherwise = byType[info.Common]
	}
	for _, value := range slices.Sorted(maps.Keys(mapping)) {
		u.Cases = append(u.Cases, Case{value, mapping[value]})
	}
	b.fillIn(u)
	return u
}

// fillIn finds what the constructor of each choice sets: the discriminator, if exactly one of its values names that choice.
func (b *builder) fillIn(u *Union) {
	values := map[string][]string{}
	for _, c := range u.Cases {
		values[c.Method] = append(values[c.Method], c.Value)
	}
	for i, c := range u.Choices {
		if len(values[c.Method]) != 1 {
			continue
		}
		for _, part := range []struct{ variable, name string }{{"common", c.Common}, {"v", c.Type}} {
			if !b.isStruct(part.name) {
				continue
			}
			for _, f := range b.structFields(part.name) {
				if f.Wire == u.Discriminator && f.IsText() && f.Type == f.Base {
					u.Choices[i].Kinds = append(u.Choices[i].Kinds, Kind{part.variable + "." + f.Name, values[c.Method][0]})
				}
			}
		}
	}
}

// typeWords names a Go type for use in a method name: AsStrings for []string.
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

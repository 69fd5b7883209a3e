package main

import (
	"fmt"
	"strings"
	"unicode"
)

// Enum is a type with constants for the values that the document names.
type Enum struct {
	Name   string
	Base   string // string or int
	Lister string // name of the function that lists the values
	Values []EnumValue
}

// EnumValue is one constant of an enum.
type EnumValue struct{ Name, Wire, Description string }

func (b *builder) enum(info *typeInfo, base string) *Enum {
	e := &Enum{Name: info.name, Base: base}
	e.Lister = b.low.names.claim(plural(info.name), info.name+"Values")
	values := enumValues(info.schema)
	names, _ := info.schema.Extensions["x-enum-varnames"].([]any)
	descriptions, _ := info.schema.Extensions["x-enum-descriptions"].([]any)
	if len(info.schema.Enum) != len(values) { // a value twice or null: the lists no longer fit
		names, descriptions = nil, nil
	}
	for i, v := range values {
		c := EnumValue{Wire: v}
		switch {
		case len(names) > i:
			name := fmt.Sprint(names[i])
			if b.low.names[name] {
				b.low.Add(info.at.At("x-enum-varnames").Index(i), "the Go name %s is taken", name)
			}
			c.Name = b.low.names.claim(name)
		case v == "":
			c.Name = b.low.names.claim(info.name + "Empty")
		case strings.HasPrefix(v, "-") && len(words(v)) > 0:
			c.Name = b.low.names.claim(info.name + "Minus" + constantName(v))
		default:
			c.Name = b.low.names.claim(info.name + constantName(v))
		}
		if len(descriptions) > i {
			c.Description = fmt.Sprint(descriptions[i])
		}
		e.Values = append(e.Values, c)
	}
	return e
}

// constantName is goName after a type's name, where a digit needs no letter before it.
func constantName(value string) string {
	name := goName(value)
	if rest, ok := strings.CutPrefix(name, "N"); ok && unicode.IsDigit(firstRune(rest)) {
		return rest
	}
	return name
}

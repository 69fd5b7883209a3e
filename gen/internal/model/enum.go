package model

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/gen/internal/goname"
	"github.com/highlevel-go/snapshots/gen/internal/lower"
)

func (b *builder) enum(info *lower.Type) *Enum {
	e := &Enum{Name: info.Name, Base: "string"}
	if t, _ := lower.EnumType(info.Schema); t == "integer" {
		e.Base = "int"
	}
	e.Lister = b.low.Names.Claim(goname.Plural(info.Name), info.Name+"Values")
	values := lower.EnumValues(info.Schema)
	if info.Alias != "" && info.Schema.Extensions["x-enum-varnames"] != nil {
		return e // the names come from the document, and exist already
	}
	names, _ := info.Schema.Extensions["x-enum-varnames"].([]any)
	descriptions, _ := info.Schema.Extensions["x-enum-descriptions"].([]any)
	if len(info.Schema.Enum) != len(values) { // a duplicate or null: the lists no longer match
		names, descriptions = nil, nil
	}
	for i, v := range values {
		c := EnumValue{Wire: v}
		switch {
		case len(names) > i:
			name := fmt.Sprint(names[i])
			if b.low.Names[name] {
				b.low.Add(info.At.At("x-enum-varnames").Index(i), "the Go name %s is already used", name)
			}
			c.Name = b.low.Names.Claim(name)
		case v == "":
			c.Name = b.low.Names.Claim(info.Name + "Empty")
		case strings.HasPrefix(v, "-") && len(goname.Words(v)) > 0:
			c.Name = b.low.Names.Claim(info.Name + "Minus" + constantName(v))
		case len(values) == 1 && strings.HasSuffix(info.Name, constantName(v)):
			c.Name = b.low.Names.Claim(info.Name + "Value")
		default:
			c.Name = b.low.Names.Claim(info.Name + constantName(v))
		}
		if len(descriptions) > i {
			c.Description = fmt.Sprint(descriptions[i])
		}
		e.Values = append(e.Values, c)
	}
	return e
}

// constantName is like goName, but for use after a type's name, where a leading digit needs no letter before it.
func constantName(value string) string {
	name := goname.From(value)
	if rest, ok := strings.CutPrefix(name, "N"); ok && unicode.IsDigit(goname.FirstRune(rest)) {
		return rest
	}
	return name
}

package judge

import (
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/jsontext"
	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// fits reports whether a schema accepts a value.
func (c *check) fits(s *openapi3.Schema, value any) bool {
	return c.values.Fits(s, value)
}

// schema judges a value by its schema. where names the value, such as "body".
func (c *check) schema(where string, value any, s *openapi3.Schema) {
	for _, fault := range c.values.Check(s, value) {
		place := where
		if len(fault.Path) > 0 {
			place += " " + oas.Place{}.At(fault.Path...).Pointer
		}
		pos := c.atOperation()
		if fault.Schema != nil {
			if p := c.at(fault.Schema.Origin); p != "" {
				pos = p
			}
		}
		v := Violation{Rule: Schema, Keyword: fault.Keyword, Pos: pos, Where: place, Text: fault.Text}
		if senseless(fault) {
			v.Rule, v.Keyword = Format, ""
		}
		c.put(v)
	}
}

// letters match strings that are written in a format, whether or not they have a meaning: 2023-02-30 is written as a date.
var letters = map[string]*regexp.Regexp{
	"date":      regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`),
	"date-time": regexp.MustCompile(`(?i)^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`),
}

// senseless reports whether a fault is one of rule [Format]: a string that is written in its format but has no meaning in
// it.
func senseless(fault schema.Fault) bool {
	if fault.Keyword != "format" || fault.Format == "int32" {
		return false
	}
	text, _ := fault.Value.(string)
	return letters[fault.Format] == nil || letters[fault.Format].MatchString(text)
}

// json decodes a JSON text. where is its place: "body", or the parameter that contains it. ok reports whether there is a
// value.
func (c *check) json(where string, text []byte) (value any, ok bool) {
	value, ok, faults := jsontext.Read(text)
	for _, fault := range faults {
		place := where
		if fault.Path != "" {
			place += " " + fault.Path
		}
		c.put(Violation{Rule: Rule(fault.Kind), Pos: c.atOperation(), Where: place, Text: fault.Text})
	}
	return value, ok
}

// value judges a value by its schema, and by the rules for what the schema leaves open.
func (c *check) value(where string, value any, s *openapi3.Schema) {
	c.schema(where, value, s)
	at := where
	if !strings.Contains(at, " ") {
		at += " " // "body /key"
	}
	c.members([]*openapi3.Schema{s}, at, value)
}

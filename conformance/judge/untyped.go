package judge

import (
	"encoding/json"

	"github.com/getkin/kin-openapi/openapi3"
)

// untyped says that a parameter's schema, or a branch of it, has no type. kin-openapi then does not know how to read it, and
// takes its value for an empty one.
func untyped(p *openapi3.Parameter) bool {
	if p.Schema == nil || p.Schema.Value == nil {
		return false
	}
	for _, s := range parts(p.Schema.Value) {
		composed := len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0
		if s.Not != nil || s.Type == nil && !composed && len(s.Properties) == 0 && s.Items == nil {
			return true
		}
	}
	return false
}

// untyped judges such a value: it must be right as a text, or as the number or truth that it spells.
func (f *finding) untyped(p *openapi3.Parameter, where, text string) {
	s := p.Schema.Value
	for _, one := range leaves(p, p.Name, text) {
		if one.schema != s {
			return // a list or an object: its leaves have schemas of their own
		}
	}
	if f.fits(text, s) == nil {
		return
	}
	var value any
	if jsonNumber.MatchString(text) {
		value = json.Number(text)
	} else if text == "true" || text == "false" {
		value = text == "true"
	}
	if value == nil {
		value = text
	}
	f.schema(where, value, s)
}

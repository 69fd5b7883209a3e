package judge

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// parameter judges the values of one parameter: whether they are written in its style, and whether they follow its schema.
func (c *check) parameter(p *openapi3.Parameter, pos, where string, pairs []pair) {
	rule := EmptyHeader
	if p.In == openapi3.ParameterInQuery {
		rule = EmptyQuery
	}
	mayBeEmpty := p.AllowEmptyValue || namesEmpty(p.Schema)
	full := false
	for _, one := range pairs {
		at := where
		if p.In == openapi3.ParameterInQuery {
			at = "query " + one.name
		}
		if full = full || one.value != ""; one.value == "" && !mayBeEmpty {
			c.add(rule, pos, at, "is empty; leave it out or give it a value")
		}
	}
	if !full && (p.AllowEmptyValue || !mayBeEmpty && !c.off[rule]) {
		c.read(p, "")
		return
	}
	for kind, media := range p.Content {
		if value, ok := c.jsonParameter(kind, where, pairs[0].value); ok && media.Schema != nil && media.Schema.Value != nil {
			c.read(p, value)
			c.value(where, value, media.Schema.Value)
		}
	}
	if p.Schema != nil && p.Schema.Value != nil {
		c.styled(p, pos, where, pairs)
	}
}

func (c *check) jsonParameter(kind, where, text string) (any, bool) {
	if !isJSON(kind) {
		return nil, false
	}
	return c.json(where, []byte(text))
}

// styled judges a parameter that is not JSON. It is right if it can be read in one way that is right.
func (c *check) styled(p *openapi3.Parameter, pos, where string, pairs []pair) {
	s := p.Schema.Value
	readings := styled{c, p, pos, where}.readings(pairs)
	if len(readings) == 0 {
		style, _ := styleOf(p)
		c.put(Violation{Rule: Schema, Keyword: "style", Pos: pos, Where: where, Text: show(pairs[0].value) + " is not written in the style " + style})
		return
	}
	chosen := readings[0]
	for _, accepted := range []func(reading) bool{
		func(r reading) bool { return len(r.faults) == 0 && c.fits(s, r.value) },
		func(r reading) bool { return c.fits(s, r.value) },
	} {
		if i := slices.IndexFunc(readings, accepted); i >= 0 {
			chosen = readings[i]
			break
		}
	}
	for _, fault := range chosen.faults {
		c.put(fault)
	}
	c.read(p, chosen.value)
	c.schema(where, chosen.value, s)
}

// read records the value of a parameter.
func (c *check) read(p *openapi3.Parameter, value any) {
	if c.parameters == nil {
		c.parameters = map[string]any{}
	}
	c.parameters[p.In+" "+p.Name] = value
}

// required judges whether a required parameter is present.
func (c *check) required(p *openapi3.Parameter, where string) {
	if p.Required {
		c.put(Violation{Rule: Schema, Keyword: "required", Pos: c.at(p.Origin), Where: where, Text: "is required"})
	}
}

// namesEmpty reports whether the schema itself lists the empty string.
func namesEmpty(ref *openapi3.SchemaRef) bool {
	return ref != nil && ref.Value != nil && slices.Contains(ref.Value.Enum, any(""))
}

package judge

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// members judges what schemas leave open: keys that they do not name, and numbers in another form than theirs. The schemas
// describe the value together. at is its place: "body /a/0".
func (c *check) members(schemas []*openapi3.Schema, at string, value any) {
	all := c.values.PartsFor(value, schemas...)
	if len(all) == 0 || c.values.Exceeded() != nil {
		return
	}
	switch v := value.(type) {
	case json.Number:
		c.integer(all, at, v)
	case []any:
		for i, item := range v {
			c.members(schema.Items(all, i), at+"/"+strconv.Itoa(i), item)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			where := at + "/" + oas.EscapeToken(key)
			below := c.values.Named(all, key)
			switch {
			case len(below) > 0:
				c.members(below, where, v[key])
			case schema.Open(all):
				c.members(schema.More(all), where, v[key])
			default:
				c.add(ExtraKey, c.at(all[0].Origin), where, "is not a key of the schema, which has %s", schema.Keys(all))
			}
		}
	}
}

// integer judges the form of a number. Up to OpenAPI 3.0 an integer has neither a fraction nor an exponent, even if they
// change nothing; from 3.1 on only its value matters.
func (c *check) integer(all []*openapi3.Schema, at string, v json.Number) {
	if c.doc.IsOpenAPI31OrLater() || jsonInteger.MatchString(v.String()) {
		return
	}
	for _, p := range all {
		if p.Type.Is("integer") {
			c.add(NumberForm, c.at(p.Origin), at, "%s is not an integer in plain digits", show(v.String()))
		}
	}
}

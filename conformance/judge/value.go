package judge

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// value judges what a value says beyond its schema: keys that are not named, numbers in another form, and formats that
// hold no sense. at is where it is: "body /a/0".
//
// kin-openapi looks at a schema once on the way down, so that of a value inside a value of the same schema (a tree) it
// sees nothing. Where a schema comes again, it is asked again. above holds the schemas since it was last asked.
func (f *finding) value(s *openapi3.Schema, at string, value any, above []*openapi3.Schema) {
	if s == nil {
		return
	}
	all := f.parts(s, value)
	if slices.ContainsFunc(all, func(p *openapi3.Schema) bool { return slices.Contains(above, p) }) {
		f.schemaBelow(at, value, s)
		above = nil
	}
	above = append(slices.Clip(above), all...)
	switch v := value.(type) {
	case string:
		for _, p := range all {
			f.format(p, at, v)
		}
	case json.Number:
		for _, p := range all {
			f.number(p, at, v)
		}
	case []any:
		for _, p := range all {
			f.array(p, at, v, above)
		}
	case map[string]any:
		f.object(s, all, at, v, above)
	}
}

func (f *finding) array(p *openapi3.Schema, at string, v []any, above []*openapi3.Schema) {
	for i, item := range v {
		switch {
		case i < len(p.PrefixItems):
			f.value(p.PrefixItems[i].Value, at+"/"+strconv.Itoa(i), item, above)
		case p.Items != nil:
			f.value(p.Items.Value, at+"/"+strconv.Itoa(i), item, above)
		}
	}
}

// number judges the form of a number. Up to OpenAPI 3.0 an integer has neither fraction nor exponent, even if they change
// nothing; from 3.1 on its value counts. What kin-openapi holds to be in the range of int64 is rounded before.
func (f *finding) number(p *openapi3.Schema, at string, v json.Number) {
	if !p.Type.Is("integer") {
		return
	}
	text := v.String()
	if !f.later && !jsonInteger.MatchString(text) {
		f.add(NumberForm, f.at(p.Origin), at, "%s is not an integer in plain digits", text)
	}
	if _, err := strconv.ParseInt(text, 10, 64); p.Format == "int64" && errors.Is(err, strconv.ErrRange) {
		f.add(Format, f.at(p.Origin), at, "%s is no int64", text)
	}
}

func (f *finding) object(s *openapi3.Schema, all []*openapi3.Schema, at string, v map[string]any, above []*openapi3.Schema) {
	free := open(all)
	for _, key := range sortedKeys(v) {
		named := false
		where := at + "/" + escapePointer(key)
		for _, p := range all {
			for _, below := range namedBy(p, key) {
				named = true
				f.value(below, where, v[key], above)
			}
		}
		if named {
			continue
		}
		if !free {
			f.add(ExtraKey, f.at(s.Origin), where, "is not a key of the schema, which has %s", keyNames(all))
			continue
		}
		for _, p := range all {
			if more := p.AdditionalProperties.Schema; more != nil {
				f.value(more.Value, where, v[key], above)
			}
		}
	}
}

func keyNames(all []*openapi3.Schema) string {
	var out []string
	for _, p := range all {
		for key := range p.Properties {
			if !slices.Contains(out, key) {
				out = append(out, key)
			}
		}
	}
	if len(out) == 0 {
		return "none"
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

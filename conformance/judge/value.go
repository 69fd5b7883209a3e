package judge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// value judges what a body says beyond its schema: keys that are not named, and formats that hold no sense.
//
// kin-openapi looks at a schema once on the way down, so that of a value inside a value of the same schema (a tree) it
// sees nothing. Where a schema comes again, it is asked again. above holds the schemas since it was last asked.
func (f *finding) value(s *openapi3.Schema, at string, value any, above []*openapi3.Schema) {
	if s == nil {
		return
	}
	if slices.Contains(above, s) {
		as := openapi3.VisitAsRequest()
		if f.status != 0 {
			as = openapi3.VisitAsResponse()
		}
		if err := s.VisitJSON(value, openapi3.MultiErrors(), as); err != nil {
			f.kinBelow(at, err)
		}
		above = nil
	}
	above = append(slices.Clip(above), s)
	all := parts(s, value, true)
	switch v := value.(type) {
	case string:
		for _, p := range all {
			f.format(p, "body "+at, v)
		}
	case []any:
		for _, p := range all {
			if p.Items == nil {
				continue
			}
			for i, item := range v {
				f.value(p.Items.Value, at+"/"+strconv.Itoa(i), item, above)
			}
		}
	case map[string]any:
		f.object(s, all, at, v, above)
	}
}

func (f *finding) object(s *openapi3.Schema, all []*openapi3.Schema, at string, v map[string]any, above []*openapi3.Schema) {
	keys := make([]string, 0, len(v))
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	free := open(all)
	for _, key := range keys {
		named := false
		where := at + "/" + escapePointer(key)
		for _, p := range all {
			if ref := p.Properties[key]; ref != nil {
				named = true
				f.value(ref.Value, where, v[key], above)
			}
		}
		if named {
			continue
		}
		if !free {
			f.add(ExtraKey, f.at(s.Origin), "body "+where, "is not a key of the schema, which has %s", keyNames(all))
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

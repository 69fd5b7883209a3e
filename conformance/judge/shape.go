package judge

import "github.com/getkin/kin-openapi/openapi3"

// parts are the schemas that speak about one value together: the schema and what it is composed of. Of a choice only
// the branches that the value fits count; without a value, all do.
func parts(s *openapi3.Schema, value any, known bool) []*openapi3.Schema {
	var out []*openapi3.Schema
	seen := map[*openapi3.Schema]bool{}
	var visit func(*openapi3.Schema)
	visit = func(s *openapi3.Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		out = append(out, s)
		for _, ref := range s.AllOf {
			visit(ref.Value)
		}
		for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
			for _, ref := range list {
				if !known || ref.Value.VisitJSON(value) == nil {
					visit(ref.Value)
				}
			}
		}
	}
	visit(s)
	return out
}

// mayBe says whether the schema has that type somewhere.
func mayBe(s *openapi3.Schema, kind string) bool {
	for _, p := range parts(s, nil, false) {
		if p.Type.Is(kind) || kind == "object" && len(p.Properties) > 0 || kind == "array" && p.Items != nil {
			return true
		}
	}
	return false
}

// declares says whether an object of that schema may have the key.
func declares(s *openapi3.Schema, key string) bool {
	all := parts(s, nil, false)
	if open(all) {
		return true
	}
	for _, p := range all {
		if p.Properties[key] != nil {
			return true
		}
	}
	return false
}

// open says that objects may have keys that are not named: the schemas say so, or name none at all.
func open(all []*openapi3.Schema) bool {
	named := false
	for _, p := range all {
		more := p.AdditionalProperties
		if more.Schema != nil || more.Has != nil && *more.Has {
			return true
		}
		named = named || len(p.Properties) > 0 || more.Has != nil && !*more.Has
	}
	return !named
}

package judge

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// parts are the schemas that speak about one value together: the schema and what it is composed of, every branch of a
// choice among it.
func parts(s *openapi3.Schema) []*openapi3.Schema {
	return composed(s, func(_ *openapi3.Schema, _ *openapi3.SchemaRef) bool { return true })
}

// parts are those that speak about this value: of a choice only the branches that it fits. When it fits none, kin-openapi
// says so, and all count.
func (f *finding) parts(s *openapi3.Schema, value any) []*openapi3.Schema {
	return composed(s, func(choice *openapi3.Schema, branch *openapi3.SchemaRef) bool {
		if named, chosen := chooses(choice, branch, value); chosen {
			return named
		}
		return f.fits(value, branch.Value) == nil
	})
}

// chooses says whether the value names the branch, where the choice has a discriminator.
func chooses(choice *openapi3.Schema, branch *openapi3.SchemaRef, value any) (named, chosen bool) {
	object, _ := value.(map[string]any)
	if choice.Discriminator == nil || object == nil || branch.Ref == "" {
		return false, false
	}
	name, isText := object[choice.Discriminator.PropertyName].(string)
	if !isText {
		return false, false
	}
	target := name
	if mapped, ok := choice.Discriminator.Mapping[name]; ok {
		target = mapped.Ref
	}
	return branch.Ref == target || branch.Ref[strings.LastIndex(branch.Ref, "/")+1:] == target, true
}

func composed(s *openapi3.Schema, fits func(choice *openapi3.Schema, branch *openapi3.SchemaRef) bool) []*openapi3.Schema {
	var out []*openapi3.Schema
	var visit func(*openapi3.SchemaRef)
	all := func(list openapi3.SchemaRefs) {
		for _, ref := range list {
			visit(ref)
		}
	}
	choose := func(choice *openapi3.Schema, list openapi3.SchemaRefs) {
		fitting := slices.DeleteFunc(slices.Clone(list), func(ref *openapi3.SchemaRef) bool { return ref.Value == nil || !fits(choice, ref) })
		if len(fitting) == 0 {
			fitting = list
		}
		all(fitting)
	}
	visit = func(ref *openapi3.SchemaRef) {
		if ref == nil || ref.Value == nil || slices.Contains(out, ref.Value) {
			return
		}
		s := ref.Value
		out = append(out, s)
		all(s.AllOf)
		choose(s, s.OneOf)
		choose(s, s.AnyOf)
		all(openapi3.SchemaRefs{s.If, s.Then, s.Else})
		for _, key := range sortedKeys(s.DependentSchemas) {
			visit(s.DependentSchemas[key])
		}
	}
	visit(&openapi3.SchemaRef{Value: s})
	return out
}

// mayBe says whether the schema has that type somewhere.
func mayBe(s *openapi3.Schema, kind string) bool {
	for _, p := range parts(s) {
		if p.Type.Includes(kind) || p.Type == nil && (kind == "object" && len(p.Properties) > 0 || kind == "array" && p.Items != nil) {
			return true
		}
	}
	return false
}

// declares says whether an object of that schema may have the key.
func declares(s *openapi3.Schema, key string) bool {
	all := parts(s)
	if open(all) {
		return true
	}
	for _, p := range all {
		if len(namedBy(p, key)) > 0 {
			return true
		}
	}
	return false
}

// namedBy are the schemas that one schema has for a key by name, or by a pattern of names.
func namedBy(p *openapi3.Schema, key string) []*openapi3.Schema {
	var out []*openapi3.Schema
	if ref := p.Properties[key]; ref != nil {
		out = append(out, ref.Value)
	}
	for _, pattern := range sortedKeys(p.PatternProperties) {
		if re, err := regexp.Compile(pattern); err == nil && re.MatchString(key) {
			out = append(out, p.PatternProperties[pattern].Value)
		}
	}
	return out
}

// open says that objects may have keys that are not named: the schemas say so, or name none at all.
func open(all []*openapi3.Schema) bool {
	named := false
	for _, p := range all {
		more := p.AdditionalProperties
		if more.Schema != nil || more.Has != nil && *more.Has {
			return true
		}
		named = named || len(p.Properties)+len(p.PatternProperties) > 0 || more.Has != nil && !*more.Has
	}
	return !named
}

package schema

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/format"
)

// Parts returns the schemas that describe one value together: the given ones and those that they are composed of, including
// every branch of a choice.
func Parts(all ...*openapi3.Schema) []*openapi3.Schema {
	return composed(all, func(_ *openapi3.Schema, _ *openapi3.SchemaRef) bool { return true })
}

// PartsFor returns the schemas that describe this value: of a choice only the branches that it fits, or all branches if it
// fits none.
func (m *Message) PartsFor(value any, all ...*openapi3.Schema) []*openapi3.Schema {
	return composed(all, func(choice *openapi3.Schema, branch *openapi3.SchemaRef) bool {
		if named, chosen := chooses(choice, branch, value); chosen {
			return named
		}
		if !m.mayFit(branch.Value, value) {
			return false
		}
		// A right value fits a branch. Checking all of it at every level would take its size times its depth.
		return m.right && m.isOnly(choice, branch, value) || m.Fits(branch.Value, value)
	})
}

// isOnly reports whether a value cannot fit any other branch of a choice.
func (m *Message) isOnly(choice *openapi3.Schema, branch *openapi3.SchemaRef, value any) bool {
	refs := choice.OneOf
	if !slices.Contains(refs, branch) {
		refs = choice.AnyOf
	}
	return !slices.ContainsFunc(refs, func(other *openapi3.SchemaRef) bool {
		return other != branch && other != nil && other.Value != nil && m.mayFit(other.Value, value)
	})
}

// mayFit reports whether a value may fit a schema, without checking the values in a list or an object.
func (m *Message) mayFit(s *openapi3.Schema, value any) bool {
	object, isObject := value.(map[string]any)
	if _, isList := value.([]any); !isObject && !isList {
		return true
	}
	return !slices.ContainsFunc(Conjuncts(s), func(part *openapi3.Schema) bool {
		return !OfType(part, value) || isObject && (slices.ContainsFunc(m.way.required(part), func(name string) bool {
			_, there := object[name]
			return !there
		}) || hasOtherWord(part, object))
	})
}

// hasOtherWord reports whether an object has a string that is not in the enum or constant of its key, such as a key that
// names the kind.
func hasOtherWord(s *openapi3.Schema, object map[string]any) bool {
	for name, ref := range s.Properties {
		text, isText := object[name].(string)
		if !isText || ref == nil || ref.Value == nil {
			continue
		}
		words, constant := ref.Value.Enum, ref.Value.Const
		if len(words) > 0 && !slices.Contains(words, any(text)) || constant != nil && constant != any(text) {
			return true
		}
	}
	return false
}

// chooses reports whether the value names the branch, if the choice has a discriminator.
func chooses(choice *openapi3.Schema, branch *openapi3.SchemaRef, value any) (named, chosen bool) {
	object, _ := value.(map[string]any)
	if choice.Discriminator == nil || object == nil || branch.Ref == "" {
		return false, false
	}
	name, isText := object[choice.Discriminator.PropertyName].(string)
	return slices.Contains(namesOf(choice.Discriminator, branch), any(name)), isText
}

func composed(schemas []*openapi3.Schema, fits func(choice *openapi3.Schema, branch *openapi3.SchemaRef) bool) []*openapi3.Schema {
	var out []*openapi3.Schema
	var visit func(*openapi3.SchemaRef)
	all := func(list openapi3.SchemaRefs) {
		for _, ref := range list {
			visit(ref)
		}
	}
	choose := func(choice *openapi3.Schema, list openapi3.SchemaRefs) {
		fitting := slices.DeleteFunc(slices.Clone(list), func(ref *openapi3.SchemaRef) bool {
			return ref == nil || ref.Value == nil || !fits(choice, ref)
		})
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
		for _, key := range slices.Sorted(maps.Keys(s.DependentSchemas)) {
			visit(s.DependentSchemas[key])
		}
	}
	for _, s := range schemas {
		visit(&openapi3.SchemaRef{Value: s})
	}
	return out
}

// Conjuncts returns all the schemas that a value must follow: the schema itself, and the members of its allOf.
func Conjuncts(s *openapi3.Schema) []*openapi3.Schema {
	out := []*openapi3.Schema{s}
	for i := 0; i < len(out); i++ {
		for _, ref := range out[i].AllOf {
			if ref.Value != nil && !slices.Contains(out, ref.Value) {
				out = append(out, ref.Value)
			}
		}
	}
	return out
}

// MayBe reports whether the schema has that type in one of its parts.
func MayBe(s *openapi3.Schema, kind string) bool {
	return slices.ContainsFunc(Parts(s), func(p *openapi3.Schema) bool {
		return p.Type.Includes(kind) || p.Type == nil && (kind == "object" && len(p.Properties) > 0 || kind == "array" && p.Items != nil)
	})
}

// Named returns the schemas that parts of one schema have for a key, by its name or by a pattern of names, each once.
func (m *Message) Named(all []*openapi3.Schema, key string) []*openapi3.Schema {
	var out distinct
	for _, p := range all {
		out.add(p.Properties[key])
		for _, pattern := range slices.Sorted(maps.Keys(p.PatternProperties)) {
			if re, err := format.Pattern(pattern); err == nil && m.matches(re, key) {
				out.add(p.PatternProperties[pattern])
			}
		}
	}
	return out
}

// More returns the schemas of keys that are not named.
func More(all []*openapi3.Schema) []*openapi3.Schema {
	var out distinct
	for _, p := range all {
		out.add(p.AdditionalProperties.Schema)
	}
	return out
}

// Items returns the schemas of the item at an index of a list.
func Items(all []*openapi3.Schema, index int) []*openapi3.Schema {
	var out distinct
	for _, p := range all {
		if index < len(p.PrefixItems) {
			out.add(p.PrefixItems[index])
		} else {
			out.add(p.Items)
		}
	}
	return out
}

// distinct is a list of schemas, each once.
type distinct []*openapi3.Schema

func (d *distinct) add(ref *openapi3.SchemaRef) {
	if ref != nil && ref.Value != nil && !slices.Contains(*d, ref.Value) {
		*d = append(*d, ref.Value)
	}
}

// Open reports whether objects may have keys that are not named: the schemas allow it, or name no keys at all.
func Open(all []*openapi3.Schema) bool {
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

// Keys lists the names of the properties of an object, for a person.
func Keys(all []*openapi3.Schema) string {
	keys := map[string]bool{}
	for _, p := range all {
		for key := range p.Properties {
			keys[key] = true
		}
	}
	return cmp.Or(strings.Join(slices.Sorted(maps.Keys(keys)), ", "), "none")
}

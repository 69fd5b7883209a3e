package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// translate returns one schema as JSON Schema 2020-12. The schemas in it become references.
func (w *way) translate(s *openapi3.Schema) (any, error) {
	if s.Always != nil {
		return *s.Always, nil
	}
	source, err := s.MarshalYAML()
	if err != nil {
		return nil, err
	}
	fields, _ := source.(map[string]any)
	inPlace := func(ref *openapi3.SchemaRef) any { return w.inPlace(s, ref) }
	data := map[string]any{}
	out := map[string]any{stepKeyword: true}
	for keyword, value := range fields {
		switch keyword {
		case "allOf", "anyOf", "oneOf":
			out[keyword] = w.list(value.(openapi3.SchemaRefs), inPlace)
		case "prefixItems":
			out[keyword] = w.list(value.(openapi3.SchemaRefs), w.ref)
		case "not", "if", "then", "else":
			out[keyword] = inPlace(value.(*openapi3.SchemaRef))
		case "items", "contains", "propertyNames":
			out[keyword] = w.ref(value.(*openapi3.SchemaRef))
		case "properties", "patternProperties":
			out[keyword] = w.named(value.(openapi3.Schemas), w.ref)
		case "dependentSchemas":
			out[keyword] = w.named(value.(openapi3.Schemas), inPlace)
		case "additionalProperties", "unevaluatedItems", "unevaluatedProperties":
			out[keyword] = w.flag(value.(*openapi3.BoolSchema))
		case "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
			"pattern", "minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties", "uniqueItems", "dependentRequired":
			data[keyword] = value
		}
	}
	if required := w.required(s); len(required) > 0 {
		data["required"] = required
	}
	if w.set.asserts(s) {
		data["format"] = s.Format
	}
	if err := plain(data, out); err != nil {
		return nil, err
	}
	if !w.set.later {
		w.translate30(s, out)
	}
	return out, nil
}

// plain writes values in the form that the library expects: numbers as they are in JSON.
func plain(values, into map[string]any) error {
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	object, isObject := read.(map[string]any)
	if !isObject {
		return fmt.Errorf("%s is not an object", text)
	}
	for key, value := range object {
		into[key] = value
	}
	return nil
}

func (w *way) ref(ref *openapi3.SchemaRef) any {
	if ref == nil || ref.Value == nil {
		return true
	}
	return map[string]any{"$ref": w.address(ref.Value)}
}

// inPlace returns the reference of a schema to another one for the same value.
func (w *way) inPlace(from *openapi3.Schema, ref *openapi3.SchemaRef) any {
	if ref != nil && ref.Value != nil && w.set.cycles.leadsBack(from, ref.Value) {
		return map[string]any{"$ref": endless}
	}
	return w.ref(ref)
}

func (w *way) list(refs openapi3.SchemaRefs, write func(*openapi3.SchemaRef) any) []any {
	out := make([]any, len(refs))
	for i, ref := range refs {
		out[i] = write(ref)
	}
	return out
}

func (w *way) named(refs openapi3.Schemas, write func(*openapi3.SchemaRef) any) map[string]any {
	out := map[string]any{}
	for name, ref := range refs {
		if out[name] = write(ref); ref != nil && ref.Value != nil && w.absent(ref.Value) {
			out[name] = map[string]any{"$ref": never}
		}
	}
	return out
}

func (w *way) flag(b *openapi3.BoolSchema) any {
	if b.Schema != nil {
		return w.ref(b.Schema)
	}
	return b.Has == nil || *b.Has
}

// required returns the properties that an object must have in this direction.
func (w *way) required(s *openapi3.Schema) []string {
	return slices.DeleteFunc(slices.Clone(s.Required), func(name string) bool {
		ref := s.Properties[name]
		return ref != nil && ref.Value != nil && w.absent(ref.Value)
	})
}

// annotating is the dialect of JSON Schema in which a format does not restrict values.
const annotating = "https://json-schema.org/draft/2020-12/schema"

// asserts reports whether values are checked by the format of a schema. Up to 3.0 these are the formats that OpenAPI and its
// draft of JSON Schema define, and uuid, which everyone uses; any other format has whatever meaning its author chose.
func (set *Set) asserts(s *openapi3.Schema) bool {
	if set.later {
		return s.Format != "" && s.Format != "period" && s.Format != "semver" && !(s.Type == nil && s.SchemaDialect == annotating)
	}
	return slices.Contains([]string{"date", "date-time", "byte", "int32", "int64", "uuid", "email", "hostname", "ipv4", "ipv6", "uri"}, s.Format)
}

// translate30 translates what OpenAPI 3.0 expresses differently.
func (w *way) translate30(s *openapi3.Schema, out map[string]any) {
	for exclusive, bound := range map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"} {
		switch on, isFlag := out[exclusive].(bool); {
		case isFlag && on && out[bound] != nil:
			out[exclusive] = out[bound]
		case isFlag:
			delete(out, exclusive)
		}
	}
	for _, choice := range []string{"oneOf", "anyOf"} {
		refs := map[string]openapi3.SchemaRefs{"oneOf": s.OneOf, "anyOf": s.AnyOf}[choice]
		if s.Discriminator != nil && len(refs) > 0 {
			chosen := w.chosen(s, refs, map[string]any{choice: out[choice]})
			delete(out, choice)
			all, _ := out["allOf"].([]any)
			out["allOf"] = append(all, chosen)
		}
	}
	if s.Nullable {
		acceptNull(s, out)
	}
}

// acceptNull makes a schema accept null in addition. (By the specification nullable has a meaning only next to a type;
// published documents use it next to a reference.)
func acceptNull(s *openapi3.Schema, out map[string]any) {
	composed := len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0 || s.Not != nil
	switch kind := out["type"].(type) {
	case string:
		out["type"] = []any{kind, "null"}
	case []any:
		out["type"] = append(kind, "null")
	}
	if composed {
		rest := map[string]any{}
		for keyword, value := range out {
			rest[keyword] = value
			delete(out, keyword)
		}
		out["if"], out["else"] = map[string]any{"type": "null"}, rest
	}
}

// chosen applies the branch that a value names by its discriminator, or all of them if it names none. If every branch has a
// name, a value with any other name is wrong.
func (w *way) chosen(s *openapi3.Schema, branches openapi3.SchemaRefs, all map[string]any) map[string]any {
	property := s.Discriminator.PropertyName
	has := func(names []any) map[string]any {
		return map[string]any{property: map[string]any{"enum": names}}
	}
	out, known, named := all, []any{}, true
	for _, branch := range branches {
		names := namesOf(s.Discriminator, branch)
		known, named = append(known, names...), named && len(names) > 0
		if len(names) > 0 {
			out = map[string]any{
				"if":   map[string]any{"type": "object", "required": []any{property}, "properties": has(names)},
				"then": w.inPlace(s, branch), "else": out,
			}
		}
	}
	if named {
		all["properties"] = has(known)
	}
	return out
}

// namesOf returns the values of a discriminator that name a branch: those that are mapped to it, and its own name if no
// other branch is mapped to that.
func namesOf(d *openapi3.Discriminator, branch *openapi3.SchemaRef) []any {
	if branch.Ref == "" {
		return nil
	}
	var out []any
	own := branch.Ref[strings.LastIndex(branch.Ref, "/")+1:]
	for name, target := range d.Mapping {
		if target.Ref == branch.Ref || target.Ref == own {
			out = append(out, name)
		}
	}
	if _, mapped := d.Mapping[own]; !mapped {
		out = append(out, own)
	}
	return out
}

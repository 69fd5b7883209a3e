package facts

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// verbatim are the keys whose values are data instead of OpenAPI objects; ofNames are the keys whose values map names to
// objects.
var (
	verbatim = []string{"const", "enum", "default", "required", "dependentRequired", "mapping", "style", "type"}
	ofNames  = []string{"properties", "patternProperties", "dependentSchemas", "headers", "content", "responses", "callbacks", "encoding", "links",
		"variables", "examples"}
	annotationsOnly = []string{"description", "summary", "title", "example", "examples", "externalDocs", "tags", "operationId", "$comment", "$id", "$anchor",
		"$schema", "$defs", "definitions"}
)

// bareJSON returns bareValue as JSON.
func (r *reader) bareJSON(key string, value *yaml.Node) string {
	return CompactJSON(tidyNumbers(r.bareValue(key, value)))
}

// bareValue returns the value of a key without descriptions and extensions, and with references resolved.
func (r *reader) bareValue(key string, value *yaml.Node) any {
	if slices.Contains(verbatim, key) {
		return oas.Value(value)
	}
	out := r.bare(value, slices.Contains(ofNames, key), nil)
	if links, ok := out.(map[string]any); ok && key == "links" { // the target of a link is not a description
		for name, link := range oas.Pairs(value) {
			id := oas.Child(r.resolve(link), "operationId")
			if inner, ok := links[name.Value].(map[string]any); ok && id != nil {
				inner["operationId"] = id.Value
			}
		}
	}
	return out
}

func (r *reader) bare(node *yaml.Node, names bool, stack []*yaml.Node) any {
	node = oas.Dealias(node)
	if r.nodes++; r.nodes > maxSchemas || len(stack) > oas.MaxDepth {
		r.fail(r.docs.ErrorAt(node, "the schemas of the document are nested deeper than %d levels, or are more than %d with all references followed", oas.MaxDepth, maxSchemas))
	}
	if r.err != nil || node == nil {
		return nil
	}
	stack = append(slices.Clip(stack), node)
	switch node.Kind {
	case yaml.SequenceNode:
		list := make([]any, len(node.Content))
		for i, item := range node.Content {
			list[i] = r.bare(item, false, stack)
		}
		return list
	case yaml.MappingNode:
	default:
		return oas.Value(node)
	}
	out := map[string]any{}
	ref := oas.Ref(node)
	if names {
		ref = nil
	}
	if ref != nil {
		target, err := r.docs.Target(node)
		switch {
		case err != nil:
			r.fail(err)
			return nil
		case slices.Contains(stack, target):
			return map[string]any{"$ref": ref.Value}
		}
		inner, isMapping := r.bare(target, false, stack).(map[string]any)
		if !isMapping {
			return oas.Value(target)
		}
		out = inner
	}
	for key, value := range oas.Pairs(node) {
		name := key.Value
		switch {
		case names:
			out[name] = r.bare(value, false, stack)
		case ref != nil && name == "$ref", slices.Contains(annotationsOnly, name), strings.HasPrefix(name, "x-"):
		case slices.Contains(verbatim, name):
			out[name] = oas.Value(value)
		default:
			out[name] = r.bare(value, slices.Contains(ofNames, name), stack)
		}
	}
	return out
}

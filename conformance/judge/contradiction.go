package judge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// removedValues is the extension in which [Load] stores what it removes from an enum.
const removedValues = "x-judge-removed-enum-values"

// removeContradictions removes the values of an enum that are not of the type next to it, which no message can have. An enum
// that has no others remains as it is, and refuses every message.
func removeContradictions(s *openapi3.Schema) {
	if schema.Contradicts(s) {
		return
	}
	isRight := func(value any) bool { return schema.OfType(s, value) }
	if removed := slices.DeleteFunc(slices.Clone(s.Enum), isRight); len(removed) > 0 {
		s.Enum = slices.DeleteFunc(s.Enum, func(value any) bool { return !isRight(value) })
		if s.Extensions == nil {
			s.Extensions = map[string]any{}
		}
		s.Extensions[removedValues] = removed
	}
}

// Contradictions lists what no message can follow in a document that [Load] has read, with file and line: enum values that
// are not of the type next to them, and schemas that refer to themselves for the same value.
func Contradictions(doc *openapi3.T) []string {
	var out []string
	c := check{Judge: &Judge{}}
	tell := func(s *openapi3.Schema, format string, args ...any) {
		told := fmt.Sprintf(format, args...)
		if at := c.at(s.Origin); at != "" {
			told = at + ": " + told
		}
		out = append(out, told)
	}
	endless := schema.Endless()
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error { // the function returns no error
		values, _ := ref.Value.Extensions[removedValues].([]any)
		if schema.Contradicts(ref.Value) {
			values = ref.Value.Enum
		}
		for _, value := range values {
			text, _ := json.Marshal(value) // was decoded from JSON
			tell(ref.Value, "the enum value %s is not of the type %s, so that no message can have it", text, strings.Join(ref.Value.Type.Slice(), " or "))
		}
		if endless(ref.Value) {
			tell(ref.Value, "the schema refers to itself for the same value (by allOf, oneOf, anyOf, not, if or dependentSchemas), so that no value follows it")
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out)
}

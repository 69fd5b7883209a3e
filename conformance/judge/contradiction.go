package judge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// removedValues is the extension in which [Load] keeps what it removes from an enum.
const removedValues = "x-judge-removed-enum-values"

// removeContradictions removes the values of an enum that are not of the type beside it, which no message can have. An enum
// that has no others stays as it is, and refuses every message.
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

// Contradictions lists the values of enums that are not of the type beside them, with file and line, in a document that
// [Load] has read. No message can have them; where an enum has no others, every message is refused.
func Contradictions(doc *openapi3.T) []string {
	var out []string
	c := check{Judge: &Judge{}}
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error { // the function returns no error
		values, _ := ref.Value.Extensions[removedValues].([]any)
		if schema.Contradicts(ref.Value) {
			values = ref.Value.Enum
		}
		for _, value := range values {
			text, _ := json.Marshal(value) // was read from JSON
			told := fmt.Sprintf("the enum value %s is not of the type %s, so that no message can have it", text, strings.Join(ref.Value.Type.Slice(), " or "))
			if at := c.at(ref.Value.Origin); at != "" {
				told = at + ": " + told
			}
			out = append(out, told)
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out)
}

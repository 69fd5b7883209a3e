package judge

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/conformance/judge/internal/schema"
)

// Contradictions lists the values of enums that are not of the type beside them, with file and line. No message can have
// them; where an enum has no others, none is right.
func Contradictions(file string, data []byte) ([]string, error) {
	doc, err := load(file, data)
	if err != nil {
		return nil, err
	}
	var out []string
	c := check{Judge: &Judge{file: file}}
	err = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		for _, value := range ref.Value.Enum {
			if !schema.OfType(ref.Value, value) {
				text, _ := json.Marshal(value)
				out = append(out, fmt.Sprintf("%s: the enum value %s is not of the type %s, so that it is never right",
					c.at(ref.Value.Origin), text, strings.Join(ref.Value.Type.Slice(), " or ")))
			}
		}
		return nil
	})
	return out, err
}

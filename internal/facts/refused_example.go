package facts

import (
	"cmp"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// ExampleProblem returns why the example, examples or default of a place does not match its schema; "" if it does, or if the
// fact is not one of them.
func ExampleProblem(op *Operation, f Fact) string {
	if f.Aspect != Example && f.Aspect != Examples && f.Aspect != Default {
		return ""
	}
	node, err := Fragment(op, f.Place)
	if err != nil {
		return ""
	}
	holder, schema := SchemaIn(node)
	shown := []*yaml.Node{cmp.Or(oas.Child(holder, string(f.Aspect)), oas.Child(schema, string(f.Aspect)))}
	if f.Aspect == Examples {
		for _, example := range oas.Pairs(shown[0]) {
			shown = append(shown, oas.Child(example, "value"))
		}
		shown = shown[1:]
	}
	for _, example := range shown {
		if why := oas.ValueProblem(schema, oas.Value(example)); example != nil && why != "" {
			return why
		}
	}
	return ""
}

// SchemaIn returns the schema in the [Fragment] of a place, and the node that its example is in: a media type, a parameter, or
// the schema itself.
func SchemaIn(fragment *yaml.Node) (holder, schema *yaml.Node) {
	holder = fragment
	if media := oas.Child(fragment, "content"); media != nil && len(media.Content) > 1 {
		holder = media.Content[1]
	}
	return holder, cmp.Or(oas.Child(holder, "schema"), holder)
}

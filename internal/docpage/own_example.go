package docpage

import "github.com/highlevel-go/snapshots/internal/facts"

// nameOwnExamples gives the example of a body in a document the name that a page shows it by. What a page calls its sample is made
// from the schema, which no document holds.
func nameOwnExamples(op *facts.Operation) {
	for i, f := range op.Facts {
		if f.Aspect == facts.Sample {
			op.Facts[i].Aspect, op.Facts[i].Value = facts.Examples, facts.CompactJSON([][2]string{{"Example", f.Value}})
		}
	}
}

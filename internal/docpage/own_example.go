package docpage

import "github.com/highlevel-go/snapshots/internal/facts"

// nameOwnExamples gives the example of a body in a document the name under which a page shows it. The sample of a page is
// generated from the schema, and is not in a document.
func nameOwnExamples(op *facts.Operation) {
	for i, f := range op.Facts {
		if f.Aspect == facts.Sample {
			op.Facts[i].Aspect, op.Facts[i].Value = facts.Examples, facts.CompactJSON([][2]string{{"Example", f.Value}})
		}
	}
}

package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// comparison is how two documents are compared, and the verbs for what differs.
type comparison struct {
	added, removed, changed string
	// skip reports whether the two documents do not share an aspect of a place.
	skip func(facts.Place, facts.Aspect) bool
	// hides reports whether the second document cannot show a fact of the first, so that its absence means nothing. A nil function
	// hides nothing.
	hides func(facts.Fact) bool
	// lacks reports whether the first document cannot show an aspect of a place. Nil: it shows all.
	lacks func(facts.Place, facts.Aspect) bool
	// keepOldName: a renamed place is named as in the first document, which the second is to go back to.
	keepOldName bool
}

// againstRecord compares what a page said when it was accepted with what it says now.
func againstRecord(page *Page, docs *facts.Operation) comparison {
	return comparison{"added", "removed", "changed", func(_ facts.Place, a facts.Aspect) bool { return !a.IsCompared() || a == facts.OperationID }, func(f facts.Fact) bool {
		if page.Hides == nil {
			return false
		}
		_, hidden := page.Hides(docs, f, "")
		return hidden
	}, nil, false}
}

// recordAgainstSpec compares the record of an operation with a spec, which has its own descriptions and titles, and no samples.
func recordAgainstSpec(docs *facts.Operation) comparison {
	return comparison{"extra", "missing", "differs", func(_ facts.Place, a facts.Aspect) bool {
		return !a.IsCompared() || a.IsText() || a == facts.Sample || a == facts.Title || a.IsExtension()
	}, isEmptyExample, func(place facts.Place, a facts.Aspect) bool {
		return !docs.FromDocument && facts.OnlyInDocuments(place, a)
	}, true}
}

// isEmptyExample reports whether a fact is an example without a character. A spec may leave it out, since an entry of the ledger could
// not distinguish it from no example.
func isEmptyExample(f facts.Fact) bool { return f.Aspect == facts.Example && f.Value == "" }

// withRequiredPath is an operation of the record as a spec can hold it: in OpenAPI each parameter of a path is required, whatever
// its page says.
func withRequiredPath(docs, spec *facts.Operation) *facts.Operation {
	out := *docs
	for _, f := range spec.Facts {
		if f.Aspect != facts.Required || f.Place.Root() != "path" || f.Place.Parent() != "" {
			continue
		}
		at, described := docs.Get(f.Place, facts.Present)
		if _, marked := docs.Get(f.Place, facts.Required); described && !marked {
			out.Facts = append(slices.Clip(out.Facts), facts.Fact{Place: f.Place, Aspect: facts.Required, Value: "true", Pos: at.Pos})
		}
	}
	return &out
}

func (as comparison) isHidden(f facts.Fact) bool { return as.hides != nil && as.hides(f) }

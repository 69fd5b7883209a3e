package drift

import (
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// comparison defines how two documents are compared, and the verbs for differences.
type comparison struct {
	added, removed, changed string
	// skip reports whether an aspect of a place is not compared in these documents.
	skip func(facts.Place, facts.Aspect) bool
	// hides reports whether the second document cannot show a fact of the first, so that its absence means nothing. Nil
	// hides nothing.
	hides func(facts.Fact) bool
	// lacks reports whether the first document cannot show an aspect of a place. Nil means it shows all.
	lacks func(facts.Place, facts.Aspect) bool
	// keepOldName: a renamed place has the name of the first document, to which the second is to return.
	keepOldName bool
}

// againstRecord compares the accepted state of a page with its current state.
func againstRecord(page *Page, docs *facts.Operation) comparison {
	return comparison{"added", "removed", "changed", func(_ facts.Place, a facts.Aspect) bool { return !a.IsCompared() || a == facts.OperationID }, func(f facts.Fact) bool {
		if page.Hides == nil {
			return false
		}
		_, hidden := page.Hides(docs, f, "")
		return hidden
	}, nil, false}
}

// recordAgainstSpec compares the record of an operation with a spec, which has its own descriptions and titles, and no
// samples.
func recordAgainstSpec(docs *facts.Operation) comparison {
	return comparison{"extra", "missing", "differs", func(_ facts.Place, a facts.Aspect) bool {
		return !a.IsCompared() || a.IsText() || a == facts.Sample || a == facts.Title || a.IsExtension()
	}, isEmptyExample, func(place facts.Place, a facts.Aspect) bool {
		return !docs.FromDocument && facts.OnlyInDocuments(place, a)
	}, true}
}

// isEmptyExample reports whether a fact is an empty example. A spec may omit it, since a ledger entry could not distinguish
// it from no example.
func isEmptyExample(f facts.Fact) bool { return f.Aspect == facts.Example && f.Value == "" }

// withRequiredPath returns an operation of the record as a spec can contain it: OpenAPI requires every path parameter,
// whatever its page says.
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

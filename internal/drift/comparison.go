package drift

import "github.com/highlevel-go/snapshots/internal/facts"

// comparison is how two documents are compared, and the verbs for what differs.
type comparison struct {
	added, removed, changed string
	// skip reports whether the two documents do not share an aspect.
	skip func(facts.Aspect) bool
	// hides reports whether the second document cannot show an aspect of a place, so that its absence says nothing. Nil hides nothing.
	hides func(facts.Place, facts.Aspect) bool
	// lacks reports whether the first document cannot show an aspect of a place. Nil: it shows all.
	lacks func(facts.Place, facts.Aspect) bool
	// keepOldName: a renamed place is named as in the first document, which the second is to go back to.
	keepOldName bool
}

// againstRecord compares what a page said when it was accepted with what it says now.
func againstRecord(page *Page) comparison {
	return comparison{"added", "removed", "changed", func(a facts.Aspect) bool { return a == facts.Uncertain }, page.Hides, nil, false}
}

// recordAgainstSpec compares the record of an operation with a spec, which has its own descriptions and titles, and no samples.
func recordAgainstSpec(docs *facts.Operation) comparison {
	as := comparison{"extra", "missing", "differs", func(a facts.Aspect) bool {
		return a == facts.Uncertain || a.IsText() || a == facts.Sample || a == facts.Title || a.IsExtension()
	}, nil, nil, true}
	if !docs.FromDocument {
		as.lacks = facts.OnlyInDocuments
	}
	return as
}

func (as comparison) skips(place facts.Place, aspect facts.Aspect) bool {
	return as.skip(aspect) || as.hides != nil && as.hides(place, aspect)
}

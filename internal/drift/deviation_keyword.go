package drift

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// auditKeywords checks that a deviation is named on both sides: in the ledger, and with x-deviation at each of its places in
// the spec. For a doubtful entry it does not matter where else the spec names it.
func (c *checker) auditKeywords(doubtful map[string]bool, known []*Finding, all indexes) []*Finding {
	var out []*Finding
	l, spec := c.Ledger, c.Spec
	if len(c.editions) > 0 {
		spec = c.editions[0].spec
	}
	at := map[string]*Finding{}
	add := func(kind, deviation, message, fix string, site Site) {
		if f := at[message]; f != nil {
			f.Sites = append(f.Sites, site)
			return
		}
		at[message] = ledgerFinding(kind, Error, deviation, message, fix, site)
		out = append(out, at[message])
	}
	for _, op := range spec.Operations {
		for _, named := range op.Deviations {
			site := Site{Operation: op.ID, Place: named.Place, Spec: &Side{Says: named.ID, Pos: named.Pos}}
			switch {
			case l.entry(named.ID) == nil:
				add("deviation-unlisted", named.ID, fmt.Sprintf("the spec names the deviation %s, which %s does not list", named.ID, l.File),
					"list it with its reason, or remove x-deviation there", site)
			case !doubtful[named.ID] && !l.isJustified(named, spec) && !isMoved(known, op.ID, named.Place):
				add("deviation-misplaced", named.ID, fmt.Sprintf("the spec names the deviation %s at %s, and %s puts it elsewhere: at %s", named.ID, named.Place, l.File, l.entry(named.ID).Place),
					"move x-deviation to the place that the entry is about", site)
			}
		}
	}
	for _, of := range c.editions {
		for _, op := range of.spec.Operations {
			d := of.docs.Operation(op.ID)
			if d == nil {
				continue
			}
			for _, e := range of.ledger.Entries {
				for _, place := range e.unnamed(all.of(d), all.of(op)) {
					add("deviation-unmarked", e.ID, fmt.Sprintf("the deviation %s is listed, but the spec does not name it at %s", e.ID, place),
						"write x-deviation: "+e.ID+" at that place of the spec",
						Site{Operation: op.ID, Version: of.docs.Version, Place: place, Docs: &Side{Says: e.ID, Pos: e.Pos}, Spec: &Side{Pos: all.of(op).near(place, "")}})
				}
			}
		}
	}
	for _, f := range out {
		f.identify()
	}
	for _, named := range spec.Strays {
		f := ledgerFinding("deviation-misplaced", Error, "", fmt.Sprintf("the spec names the deviation %s where no operation reads it", named.ID),
			"move x-deviation into the parameter, response or schema that differs; beside a reference to a parameter or response it has no effect",
			Site{Spec: &Side{Says: named.ID, Pos: named.Pos}})
		f.ID += named.ID
		if !doubtful[named.ID] && !slices.ContainsFunc(out, func(g *Finding) bool { return g.ID == f.ID }) {
			out = append(out, f)
		}
	}
	makeDistinct(out)
	return out
}

// unnamed returns the places of an entry, in one operation, at which the spec does not name it: neither there, nor at a
// place that contains them, nor at the operation.
func (e *Entry) unnamed(docs, spec *index) []facts.Place {
	if !e.about(spec.op.ID) {
		return nil
	}
	return slices.DeleteFunc(e.places(docs, spec), func(place facts.Place) bool {
		return !spec.mentions(place) && !e.SpecAbsent || slices.ContainsFunc(spec.op.Deviations, func(d facts.Deviation) bool {
			return d.ID == e.ID && (d.Place == facts.OperationPlace || place.Under(d.Place))
		})
	})
}

// isMoved reports whether another finding reports a new name of a place.
func isMoved(known []*Finding, operation string, place facts.Place) bool {
	return slices.ContainsFunc(known, func(f *Finding) bool {
		return slices.ContainsFunc(f.Edits, func(e Edit) bool {
			return e.Operation == operation && (e.Rename != "" || e.MoveTo != "") && place.Under(e.Place)
		})
	})
}

// isJustified reports whether the entry that a node of the spec names is about that place, in an operation that uses the
// node.
func (l *Ledger) isJustified(named facts.Deviation, spec *facts.Document) bool {
	e := l.entry(named.ID)
	for _, op := range spec.Operations {
		for _, d := range op.Deviations {
			if d.ID != named.ID || d.Pos != named.Pos || !e.about(op.ID) {
				continue
			}
			if d.Place == facts.OperationPlace || matches(e.Place, d.Place) || isWithin(e.Place, d.Place) {
				return true
			}
		}
	}
	return false
}

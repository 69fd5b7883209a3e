package drift

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// auditMarks: a deviation is named at both ends, in the ledger and at each of its places in the spec.
// Of an entry that is doubtful itself, it does not matter where else the spec names it.
func (l *Ledger) auditMarks(docs, spec *facts.Document, doubtful map[string]bool, known []*Finding) []*Finding {
	var out []*Finding
	at := map[string]*Finding{}
	add := func(kind, deviation, message, fix string, site Site) {
		f := at[message]
		if f == nil {
			f = &Finding{Kind: kind, Severity: Error, Message: message, Fix: fix, Wire: ledgerOnly, Go: "none", detail: deviation}
			at[message], out = f, append(out, f)
		}
		f.Sites = append(f.Sites, site)
	}
	for _, op := range spec.Operations {
		for _, mark := range op.Deviations {
			site := Site{Operation: op.ID, Place: mark.Place, Spec: &Side{Says: mark.ID, Pos: mark.Pos}}
			switch {
			case l.entry(mark.ID) == nil:
				add("deviation-unlisted", mark.ID, fmt.Sprintf("the spec names the deviation %s, which %s does not list", mark.ID, l.File),
					"list it with its reason, or remove the mark", site)
			case !doubtful[mark.ID] && !l.justified(mark, spec) && !isMoved(known, op.ID, mark.Place):
				add("deviation-misplaced", mark.ID, fmt.Sprintf("the spec names the deviation %s at %s, and %s puts it elsewhere: at %s", mark.ID, mark.Place, l.File, l.entry(mark.ID).Place),
					"move the mark to the place that the entry is about", site)
			}
		}
		if d := docs.Operation(op.ID); d != nil {
			for _, e := range l.Entries {
				for _, place := range e.unmarked(d, op) {
					add("deviation-unmarked", e.ID, fmt.Sprintf("the deviation %s is listed, but the spec does not name it at %s", e.ID, place),
						"write x-deviation: "+e.ID+" at that place of the spec",
						Site{Operation: op.ID, Place: place, Docs: &Side{Says: e.ID, Pos: e.Pos}, Spec: &Side{Pos: indexOf(op).near(place, "")}})
				}
			}
		}
	}
	for _, mark := range spec.Strays {
		if doubtful[mark.ID] {
			continue
		}
		f := &Finding{Kind: "deviation-misplaced", Severity: Error, ID: "deviation-misplaced||" + mark.ID, Wire: ledgerOnly, Go: "none",
			Message: fmt.Sprintf("the spec names the deviation %s where no operation reads it", mark.ID),
			Fix:     "move the mark into the parameter, response or schema that differs; beside a reference to a parameter or response it says nothing",
			Sites:   []Site{{Spec: &Side{Says: mark.ID, Pos: mark.Pos}}}}
		if !slices.ContainsFunc(out, func(g *Finding) bool { return g.ID == f.ID }) {
			out = append(out, f)
		}
	}
	for _, f := range out {
		if f.ID == "" {
			f.identify()
		}
	}
	disambiguate(out)
	return out
}

// unmarked lists the places of an entry, in one operation, at which the spec does not name it: neither there, nor at what
// holds them, nor at the operation.
func (e *Entry) unmarked(docs, spec *facts.Operation) []facts.Place {
	if !e.about(spec.ID) {
		return nil
	}
	return slices.DeleteFunc(e.places(docs, spec), func(place facts.Place) bool {
		return !has(spec, place) && !e.SpecAbsent || slices.ContainsFunc(spec.Deviations, func(d facts.Deviation) bool {
			return d.ID == e.ID && (d.Place == facts.OperationPlace || place.Under(d.Place))
		})
	})
}

// isMoved: the marked place has another name now, which is said.
func isMoved(known []*Finding, operation string, place facts.Place) bool {
	return slices.ContainsFunc(known, func(f *Finding) bool {
		return slices.ContainsFunc(f.Edits, func(e Edit) bool {
			return e.Operation == operation && e.Rename != "" && place.Under(e.Place)
		})
	})
}

// justified: the entry of a mark is about that place in an operation that shares the marked node.
func (l *Ledger) justified(mark facts.Deviation, spec *facts.Document) bool {
	e := l.entry(mark.ID)
	for _, op := range spec.Operations {
		for _, d := range op.Deviations {
			if d.ID != mark.ID || d.Pos != mark.Pos || !e.about(op.ID) {
				continue
			}
			if d.Place == facts.OperationPlace || matches(e.Place, d.Place) || within(e.Place, d.Place) {
				return true
			}
		}
	}
	return false
}

// within reports whether an entry's place, which may have a * for a step, lies inside another.
func within(pattern, place facts.Place) bool {
	for at := pattern; at != ""; at = parent(at) {
		if matches(at, place) {
			return true
		}
	}
	return false
}

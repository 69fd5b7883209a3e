package drift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// auditEntries checks that every entry is still true. doubtful are the ids of the entries that are not.
func (c *checker) auditEntries(known []*Finding, all indexes) (out []*Finding, doubtful map[string]bool) {
	add := func(kind string, severity Severity, e *Entry, fix, format string, args ...any) {
		out = append(out, ledgerFinding(kind, severity, e.ID, fmt.Sprintf(format, args...), fix,
			Site{Operation: strings.Join(e.Pages, ","), Place: e.Place, Spec: &Side{Says: e.ID, Pos: e.Pos}}))
	}
	doubtful = map[string]bool{}
	for _, e := range c.Ledger.Entries {
		audit := e.audit(c.editions, known, all)
		doubtful[e.ID] = audit.doubtful
		switch {
		case audit.settled != "" && audit.holds:
			add("deviation-settled", Error, e, "write there in the spec what the entry says, or list in page and version the operations and API versions that it is about", "the deviation %s is settled in one place: %s", e.ID, audit.settled)
		case audit.settled != "":
			add("deviation-settled", Error, e, "remove the entry, and x-deviation in the spec", "the deviation %s is settled: %s", e.ID, audit.settled)
			out[len(out)-1].Settled = e.ID
		case audit.problem != "":
			add("deviation-stale", Error, e, "look at both sides again, then correct the entry", "the deviation %s is no longer true: %s", e.ID, audit.problem)
		}
		if !c.Today.IsZero() && c.Today.After(e.ReviewBy) {
			add("deviation-overdue", Note, e, "look at it again, then move review_by", "the deviation %s was to be reviewed by %s", e.ID, e.ReviewBy.Format(time.DateOnly))
		}
	}
	makeDistinct(out)
	return out, doubtful
}

// audit is the outcome of the check of an entry.
type audit struct {
	problem  string // what is no longer true, unless another finding reports it
	settled  string // where docs and spec agree again
	holds    bool   // true in at least one place
	doubtful bool
}

// audit checks an entry in each API version that it is about.
func (e *Entry) audit(editions []*edition, known []*Finding, all indexes) (out audit) {
	about := false
	for _, of := range editions {
		if !e.isOf(of.docs.Version) {
			continue
		}
		about = true
		docs, spec := of.docs, of.spec
		problem, settled, holds := e.examine(docs, spec, all)
		out.holds = out.holds || holds
		out.doubtful = out.doubtful || problem != "" || settled != ""
		switch {
		case settled == "" && problem != "" && e.isAlreadyFound(docs, spec, known, all):
		case slices.ContainsFunc(e.Pages, func(id string) bool { return docs.Operation(id) != nil && spec.Operation(id) == nil }):
			out.doubtful = true // another finding reports that the whole operation is missing
		default:
			where := ""
			if len(editions) > 1 {
				where = " (" + docs.Version + ")"
			}
			if settled != "" && out.settled == "" {
				out.settled = settled + where
			}
			if problem != "" && out.problem == "" {
				out.problem = problem + where
			}
		}
	}
	if !about {
		out.problem, out.doubtful = "there is no record of the API version "+strings.Join(e.Versions, ", "), true
	}
	return out
}

// examine returns what is no longer true of an entry, or where docs and spec agree again, and whether it is true in some
// place. An operation that one side lacks is a separate finding, and no reason to doubt the entry.
func (e *Entry) examine(docs, spec *facts.Document, all indexes) (problem, settled string, holds bool) {
	found := false
	for _, id := range e.operations(docs, spec) {
		d, s := docs.Operation(id), spec.Operation(id)
		switch {
		case d == nil && s == nil:
			problem = "there is no operation " + id
			continue
		case d == nil || s == nil:
			found = true
			continue
		}
		places := e.places(all.of(d), all.of(s))
		found = found || len(places) > 0
		named := slices.ContainsFunc(s.Deviations, func(m facts.Deviation) bool { return m.ID == e.ID })
		if len(places) == 0 && (named || !slices.Contains(e.Pages, "*")) {
			problem = fmt.Sprintf("the place %s is unknown in %s", e.Place, id)
		}
		for _, place := range places {
			if p, done := e.holds(place, all.of(d), all.of(s)); done {
				settled = fmt.Sprintf("in %s at %s docs and spec agree", id, place)
			} else if p != "" {
				problem = fmt.Sprintf("in %s at %s %s", id, place, p)
			} else {
				holds = true
			}
		}
	}
	if problem == "" && !found {
		problem = "its place is in no operation: " + string(e.Place)
	}
	return problem, settled, holds
}

// holds compares an entry with what both sides say now. settled means that both say the same.
func (e *Entry) holds(place facts.Place, docs, spec *index) (problem string, settled bool) {
	inDocs, inSpec := docs.says(place, facts.Present), spec.says(place, facts.Present)
	oneAbsent := e.DocsAbsent || e.SpecAbsent
	switch {
	case oneAbsent && inDocs && inSpec:
		return "", true
	case e.DocsAbsent && inDocs:
		return "the docs have it now", false
	case e.SpecAbsent && inSpec:
		return "the spec has it now", false
	case e.DocsAbsent && !inSpec:
		return "the spec does not have it", false
	case e.SpecAbsent && !inDocs:
		return "the docs do not have it", false
	case !oneAbsent && docs.mentions(place) != spec.mentions(place):
		return "only one of docs and spec has the place", false
	}
	differ := oneAbsent
	for _, a := range e.aspects() {
		d, s := docs.value(place, a), spec.value(place, a)
		differ = differ || d != s
		if d != e.Docs[a] && !e.DocsAbsent {
			problem = fmt.Sprintf("the docs say %s: %s, not %s", a, cmp.Or(d, "nothing"), cmp.Or(e.Docs[a], "nothing"))
		} else if s != e.Spec[a] && !e.SpecAbsent {
			problem = fmt.Sprintf("the spec says %s: %s, not %s", a, cmp.Or(s, "nothing"), cmp.Or(e.Spec[a], "nothing"))
		}
	}
	return problem, !differ
}

// isAlreadyFound reports whether the docs still say what the entry quotes, the spec no longer does, and another finding
// reports that.
func (e *Entry) isAlreadyFound(docs, spec *facts.Document, known []*Finding, all indexes) bool {
	found := false
	for _, id := range e.operations(docs, spec) {
		d, s := docs.Operation(id), spec.Operation(id)
		if d == nil || s == nil {
			return false
		}
		docs, spec := all.of(d), all.of(s)
		places := e.places(docs, spec)
		if len(places) == 0 {
			return false
		}
		for _, place := range places {
			for _, a := range e.aspects() {
				if docs.value(place, a) != e.Docs[a] && !e.DocsAbsent {
					return false
				}
				if spec.value(place, a) == e.Spec[a] {
					continue
				}
				found = hasSite(known, func(at Site) bool {
					return at.Operation == id && (at.Place == place && at.Aspect == a || place.Under(at.Place) && at.Aspect != a && isStructure(at.Aspect))
				})
				if !found {
					return false
				}
			}
		}
	}
	return found
}

// isStructure reports whether a change of an aspect affects everything inside the place.
func isStructure(a facts.Aspect) bool {
	return a == facts.Present || a == facts.Type || a == facts.Union || a == facts.MediaType
}

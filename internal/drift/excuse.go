package drift

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// excuse splits differences between record and spec into those that the ledger explains and the others.
func (l *Ledger) excuse(changes []change) (open, excused []change) {
	for _, c := range changes {
		if slices.ContainsFunc(l.Entries, func(e *Entry) bool { return e.explains(c) }) {
			excused = append(excused, c)
		} else {
			open = append(open, c)
		}
	}
	return open, excused
}

// reason is why a difference is on purpose, with the id of the entry that says so.
func (l *Ledger) reason(f *Finding) string {
	for _, site := range f.Sites {
		for _, e := range l.Entries {
			if e.covers(site.Operation, site.Place) && (site.Aspect == facts.Present || slices.Contains(e.aspects(), site.Aspect)) {
				return e.ID + ": " + e.Why
			}
		}
	}
	return ""
}

// explains reports whether a difference is exactly what the entry says, on both sides.
func (e *Entry) explains(c change) bool {
	if !e.covers(c.operation, c.place) {
		return false
	}
	if c.aspect == facts.Present {
		return e.DocsAbsent && c.from == "" || e.SpecAbsent && c.to == ""
	}
	if c.aspect == facts.Enum && c.value != "" && e.Docs[facts.Enum] == c.from { // other values than these do not make it untrue
		return contains(e.Docs[facts.Enum], c.value) != contains(e.Spec[facts.Enum], c.value)
	}
	return slices.Contains(e.aspects(), c.aspect) && e.Docs[c.aspect] == c.from && e.Spec[c.aspect] == c.to
}

// audit checks that every entry is still true, and that the spec and the ledger name the same deviations.
func (l *Ledger) audit(docs, spec *facts.Document, today time.Time, known []*Finding) []*Finding {
	var out []*Finding
	add := func(kind string, severity Severity, e *Entry, fix, format string, args ...any) {
		f := &Finding{Kind: kind, Severity: severity, Message: fmt.Sprintf(format, args...), Fix: fix, Wire: ledgerOnly, Go: "none", detail: e.ID}
		f.Sites = []Site{{Operation: strings.Join(e.Pages, ","), Place: e.Place, Spec: &Side{Says: e.ID, Pos: e.Pos}}}
		f.ID = kind + "|" + strings.Join(e.Pages, ",") + "|" + string(e.Place)
		out = append(out, f)
	}
	doubtful, all := map[string]bool{}, indexes{}
	for _, e := range l.Entries {
		problem, settled := e.examine(docs, spec, all)
		doubtful[e.ID] = problem != "" || settled != ""
		switch {
		case settled == "" && problem != "" && e.isSaid(docs, spec, known, all):
		case slices.ContainsFunc(e.Pages, func(id string) bool { return docs.Operation(id) != nil && spec.Operation(id) == nil }):
			doubtful[e.ID] = true // all of the operation is gone, and said to be
		case settled != "":
			add("deviation-settled", Error, e, "remove the entry and the mark in the spec", "the deviation %s is settled: %s", e.ID, settled)
		case problem != "":
			add("deviation-stale", Error, e, "look at both sides again, then correct the entry", "the deviation %s is no longer true: %s", e.ID, problem)
		}
		if !today.IsZero() && today.After(e.ReviewBy) {
			add("deviation-overdue", Note, e, "look at it again, then move review_by", "the deviation %s was to be reviewed by %s", e.ID, e.ReviewBy.Format(time.DateOnly))
		}
	}
	disambiguate(out)
	return append(out, l.auditMarks(docs, spec, doubtful, known)...)
}

// isSaid: the docs say what the entry says they do, the spec no longer does, and that is a finding already.
func (e *Entry) isSaid(docs, spec *facts.Document, known []*Finding, all indexes) bool {
	said := false
	for _, id := range e.operations(docs, spec) {
		d, s := docs.Operation(id), spec.Operation(id)
		if d == nil || s == nil {
			return false
		}
		places := e.places(d, s)
		for _, place := range places {
			docs, spec := all.of(d), all.of(s)
			for _, a := range e.aspects() {
				says, aspect := spec.facts[key{place, a}].Value, a
				if docs.facts[key{place, a}].Value != e.Docs[a] && !e.DocsAbsent {
					return false
				}
				if says == e.Spec[a] {
					continue
				}
				said = isAbout(known, id, func(at Site) bool {
					return at.Place == place && at.Aspect == aspect || place.Under(at.Place) && at.Aspect != aspect && isStructure(at.Aspect)
				})
				if !said {
					return false
				}
			}
		}
		if len(places) == 0 {
			return false
		}
	}
	return said
}

// isStructure: aspects whose change takes all that is inside the place with it.
func isStructure(a facts.Aspect) bool {
	return a == facts.Present || a == facts.Type || a == facts.Union || a == facts.MediaType
}

func isAbout(findings []*Finding, operation string, about func(Site) bool) bool {
	return slices.ContainsFunc(findings, func(f *Finding) bool {
		return slices.ContainsFunc(f.Sites, func(at Site) bool { return at.Operation == operation && about(at) })
	})
}

const ledgerOnly = "none by itself: it is about the reasons on record"

// examine says what is no longer true of an entry, or that docs and spec agree again. An operation that one side lacks is a
// finding of its own, and no reason to doubt the entry.
func (e *Entry) examine(docs, spec *facts.Document, all indexes) (problem, settled string) {
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
		places := e.places(d, s)
		found = found || len(places) > 0
		marked := slices.ContainsFunc(s.Deviations, func(m facts.Deviation) bool { return m.ID == e.ID })
		if len(places) == 0 && (marked || !slices.Contains(e.Pages, "*")) {
			problem = fmt.Sprintf("the place %s is unknown in %s", e.Place, id)
		}
		for _, place := range places {
			if p, done := e.holds(place, all.of(d), all.of(s)); done {
				settled = fmt.Sprintf("in %s at %s docs and spec agree", id, place)
			} else if p != "" {
				problem = fmt.Sprintf("in %s at %s %s", id, place, p)
			}
		}
	}
	if problem == "" && !found {
		problem = "its place is in no operation: " + string(e.Place)
	}
	return problem, settled
}

// operations lists what an entry is about.
func (e *Entry) operations(docs, spec *facts.Document) []string {
	if !slices.Contains(e.Pages, "*") {
		return e.Pages
	}
	var out []string
	for _, op := range docs.Operations {
		if spec.Operation(op.ID) != nil {
			out = append(out, op.ID)
		}
	}
	return out
}

// places lists the places of an operation, on either side, that an entry is about. A pattern stands for the places that
// both sides have, unless the entry is about a side that has none.
func (e *Entry) places(docs, spec *facts.Operation) []facts.Place {
	var out []facts.Place
	isPattern := strings.Contains(string(e.Place), "*") && !e.DocsAbsent && !e.SpecAbsent
	for _, op := range []*facts.Operation{docs, spec} {
		for _, f := range op.Facts {
			if !matches(e.Place, f.Place) || slices.Contains(out, f.Place) || isPattern && !(has(docs, f.Place) && has(spec, f.Place)) {
				continue
			}
			out = append(out, f.Place)
		}
	}
	return out
}

// has reports whether a document says anything about a place.
func has(op *facts.Operation, place facts.Place) bool {
	return slices.ContainsFunc(op.Facts, func(f facts.Fact) bool { return f.Place == place })
}

// holds compares an entry with what both sides say now. settled means that they say the same.
func (e *Entry) holds(place facts.Place, docs, spec *index) (problem string, settled bool) {
	_, inDocs := docs.facts[key{place, facts.Present}]
	_, inSpec := spec.facts[key{place, facts.Present}]
	switch {
	case e.DocsAbsent && inDocs && inSpec, e.SpecAbsent && inDocs && inSpec:
		return "", true
	case e.DocsAbsent && inDocs:
		return "the docs have it now", false
	case e.SpecAbsent && inSpec:
		return "the spec has it now", false
	case e.DocsAbsent && !inSpec && !e.SpecAbsent:
		return "the spec does not have it", false
	case e.SpecAbsent && !inDocs && !e.DocsAbsent:
		return "the docs do not have it", false
	}
	if has(docs.op, place) != has(spec.op, place) && !e.DocsAbsent && !e.SpecAbsent {
		return "only one of docs and spec has the place", false
	}
	differ := e.DocsAbsent || e.SpecAbsent
	for _, a := range e.aspects() {
		d, s := docs.facts[key{place, a}].Value, spec.facts[key{place, a}].Value
		differ = differ || d != s
		if d != e.Docs[a] && !e.DocsAbsent {
			problem = fmt.Sprintf("the docs say %s: %s, not %s", a, orAbsent(d), orAbsent(e.Docs[a]))
		} else if s != e.Spec[a] && !e.SpecAbsent {
			problem = fmt.Sprintf("the spec says %s: %s, not %s", a, orAbsent(s), orAbsent(e.Spec[a]))
		}
	}
	return problem, !differ
}

func orAbsent(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

func (l *Ledger) entry(id string) *Entry {
	for _, e := range l.Entries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

package drift

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Ledger lists every place where the spec differs from the documentation on purpose.
type Ledger struct {
	File    string
	Entries []*Entry
}

// Entry is one deviation. It is true as long as both sides say what it quotes.
type Entry struct {
	ID    string
	Pages []string // operation ids; "*" means all
	// Versions are the API versions that it applies to; empty means all.
	Versions []string
	Place    facts.Place
	// Docs and Spec are what the two sides say, by aspect; an aspect that is missing on one side is absent there.
	Docs, Spec map[facts.Aspect]string
	// DocsAbsent and SpecAbsent mean that the place itself is missing there.
	DocsAbsent, SpecAbsent bool
	Why, Evidence, Wire    string
	Since, ReviewBy        time.Time
	Pos                    facts.Pos
}

// ledgerFinding returns a finding about an entry of the ledger.
func ledgerFinding(kind string, severity Severity, id, message, fix string, site Site) *Finding {
	f := &Finding{Kind: kind, Severity: severity, Message: message, Fix: fix, Wire: "none by itself: it is about the reasons on record", Go: "none",
		Sites: []Site{site}, detail: id}
	f.identify()
	return f
}

// of returns the entries of a ledger for an API version.
func (l *Ledger) of(version string) *Ledger {
	return &Ledger{File: l.File, Entries: slices.DeleteFunc(slices.Clone(l.Entries), func(e *Entry) bool { return !e.isOf(version) })}
}

func (e *Entry) isOf(version string) bool {
	return len(e.Versions) == 0 || slices.Contains(e.Versions, "*") || slices.Contains(e.Versions, version)
}

func (l *Ledger) entry(id string) *Entry {
	for _, e := range l.Entries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// entryFor returns the entry for the aspect and place of a change.
func (l *Ledger) entryFor(ch change) *Entry {
	for _, e := range l.Entries {
		if slices.Contains(e.aspects(), ch.aspect) && e.covers(ch.operation, ch.place) {
			return e
		}
	}
	return nil
}

// split separates differences between record and spec into unexplained ones and those that the ledger explains.
func (l *Ledger) split(changes []change) (open, onPurpose []change) {
	for _, c := range changes {
		if slices.ContainsFunc(l.Entries, func(e *Entry) bool { return e.explains(c) }) {
			onPurpose = append(onPurpose, c)
		} else {
			open = append(open, c)
		}
	}
	return open, onPurpose
}

// reason returns the reason for an intended difference, with the id of its entry.
func (l *Ledger) reason(f *Finding) string {
	for _, site := range f.Sites {
		for _, e := range l.of(site.Version).Entries {
			if e.covers(site.Operation, site.Place) && (site.Aspect == facts.Present || slices.Contains(e.aspects(), site.Aspect)) {
				return e.ID + ": " + e.Why
			}
		}
	}
	return ""
}

// explains reports whether a difference is exactly what the entry says on both sides.
func (e *Entry) explains(c change) bool {
	if !e.covers(c.operation, c.place) {
		return false
	}
	if c.aspect == facts.Present {
		return e.DocsAbsent && c.from == "" || e.SpecAbsent && c.to == ""
	}
	if docs := e.Docs[facts.Enum]; c.aspect == facts.Enum && c.value != "" && docs == c.from { // other values do not make it untrue
		return slices.Contains(facts.Texts(docs), c.value) != slices.Contains(facts.Texts(e.Spec[facts.Enum]), c.value)
	}
	return slices.Contains(e.aspects(), c.aspect) && e.Docs[c.aspect] == c.from && e.Spec[c.aspect] == c.to
}

// covers reports whether the entry is about a place. The place of an entry may have a * for one step.
func (e *Entry) covers(operation string, place facts.Place) bool {
	return e.about(operation) && matches(e.Place, place)
}

func (e *Entry) about(operation string) bool {
	return slices.Contains(e.Pages, "*") || slices.Contains(e.Pages, operation)
}

// aspects returns the aspects of the entry, in order.
func (e *Entry) aspects() []facts.Aspect {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(e.Docs)), slices.Collect(maps.Keys(e.Spec))))))
}

// operations returns the operations that an entry is about.
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

// places returns the places of an operation, on either side, that an entry is about. A pattern matches the places that both
// sides have, unless the entry is about a side without the place.
func (e *Entry) places(docs, spec *index) []facts.Place {
	var out []facts.Place
	isPattern := strings.Contains(string(e.Place), "*") && !e.DocsAbsent && !e.SpecAbsent
	for _, side := range []*index{docs, spec} {
		for _, f := range side.op.Facts {
			if !matches(e.Place, f.Place) || slices.Contains(out, f.Place) || isPattern && !(docs.mentions(f.Place) && spec.mentions(f.Place)) {
				continue
			}
			out = append(out, f.Place)
		}
	}
	return out
}

// matches reports whether a place matches a pattern, which may have a * for a step.
func matches(pattern, place facts.Place) bool {
	if pattern == place {
		return true
	}
	start, _, some := strings.Cut(string(pattern), "*")
	if !some || !strings.HasPrefix(string(place), start) {
		return false
	}
	a, errA := pattern.Steps()
	b, errB := place.Steps()
	if errA != nil || errB != nil || len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Name != "*" && a[i].Name != b[i].Name {
			return false
		}
	}
	return true
}

// isWithin reports whether the places that match a pattern are inside a place.
func isWithin(pattern, place facts.Place) bool {
	for at := pattern; at != ""; at = at.Parent() {
		if matches(at, place) {
			return true
		}
	}
	return false
}

package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Severity is how much a finding matters to users of the client.
type Severity string

// The severities. A note does not count as drift.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Verdict is the outcome of a check; its value is the exit code.
type Verdict int

// The verdicts.
const (
	Clean       Verdict = 0
	Drift       Verdict = 1
	CannotJudge Verdict = 2
)

// Side is what one document says about the place of a finding.
type Side struct {
	Says string // "" if it says nothing
	Pos  facts.Pos
}

// Site is one place where a finding occurs. A root cause can occur in several operations.
type Site struct {
	Operation string
	Version   string // of the API; "" if unknown
	Place     facts.Place
	Aspect    facts.Aspect
	Page      *Side // the current page; nil if no page was given
	Docs      *Side // the record
	Spec      *Side
}

// Finding is one root cause of one or more differences.
type Finding struct {
	// ID is stable between runs: kind|operations|place.
	ID       string
	Kind     string
	Severity Severity
	// Unjudgeable means that the finding is about a document that could not be understood.
	Unjudgeable bool
	Message     string
	Sites       []Site
	Wire        string // the effect on calls
	Go          string // the effect on programs
	Fix         string // what to do
	Why         string // the reason in the ledger, for an intended difference
	Settled     string // the id of the ledger entry that is no longer needed anywhere
	Edits       []Edit // Fix as edits of the spec, one for each site that needs one; sites can share the edited node

	detail string   // distinguishes it from other findings of its kind at its place
	accept []string // the files of the pages to accept once it is resolved
}

// Edit is a change of a YAML file that resolves a finding.
type Edit struct {
	Operation string
	Version   string // the API version whose docs the edit follows
	Place     facts.Place
	Aspect    facts.Aspect
	From, To  string // canonical values; "" is absence
	// Rename is the new name of the place's last step.
	Rename string
	// Bare means that other edits add the content of an added place.
	Bare bool
	// MoveTo is the place that the place moves to with its content.
	MoveTo facts.Place
	Pos    facts.Pos // position in the spec
}

// Report is the outcome of a check.
type Report struct {
	Findings []*Finding
	// OnPurpose are findings that the ledger explains.
	OnPurpose []*Finding
	// Versions are the API versions whose records were compared.
	Versions []string
	// Pages, Operations and Facts count what was compared.
	Pages, Operations, Facts int
	// Remarks are notes that do not affect the verdict.
	Remarks []string
}

// Verdict returns the overall outcome of a report.
func (r *Report) Verdict() Verdict {
	verdict := Clean
	for _, f := range r.Findings {
		switch {
		case f.Unjudgeable:
			return CannotJudge
		case f.Severity != Note:
			verdict = Drift
		}
	}
	return verdict
}

// Find returns the finding with an id, including intended differences, or nil.
func (r *Report) Find(id string) *Finding {
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Matching returns the findings, including intended differences, that text refers to: the one with that id, otherwise those
// whose ids begin with it, otherwise those whose ids contain it.
func (r *Report) Matching(text string) (found []*Finding) {
	if f := r.Find(text); f != nil {
		return []*Finding{f}
	}
	for _, matches := range []func(id, text string) bool{strings.HasPrefix, strings.Contains} {
		for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
			if matches(f.ID, text) {
				found = append(found, f)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// IsAmong reports whether others cover everything that this finding is about.
func (f *Finding) IsAmong(others []*Finding) bool {
	return !slices.ContainsFunc(f.Sites, func(site Site) bool { return !hasSite(others, site.isAt) })
}

func hasSite(findings []*Finding, about func(Site) bool) bool {
	return slices.ContainsFunc(findings, func(f *Finding) bool { return slices.ContainsFunc(f.Sites, about) })
}

// isAt reports whether another site is about the same aspect of the same place.
func (s Site) isAt(other Site) bool {
	return s.Operation == other.Operation && s.Place == other.Place && s.Aspect == other.Aspect
}

// IsAbout reports whether another finding is about the place of this one or of its edits, including a new name.
func (f *Finding) IsAbout(other *Finding) bool {
	about := func(operation string, place facts.Place, aspect facts.Aspect) bool {
		return slices.ContainsFunc(other.Sites, Site{Operation: operation, Place: place, Aspect: aspect}.isAt)
	}
	return slices.ContainsFunc(f.Sites, func(at Site) bool { return at.Aspect != "" && about(at.Operation, at.Place, at.Aspect) }) ||
		slices.ContainsFunc(f.Edits, func(e Edit) bool {
			return e.Rename != "" && about(e.Operation, e.Place.Renamed(e.Rename), e.Aspect) || e.MoveTo != "" && about(e.Operation, e.MoveTo, e.Aspect)
		})
}

// Operations lists the operations that a finding occurs in.
func (f *Finding) Operations() []string {
	var out []string
	for _, site := range f.Sites {
		if site.Operation != "" && !slices.Contains(out, site.Operation) {
			out = append(out, site.Operation)
		}
	}
	slices.Sort(out)
	return out
}

// identify sets the id of a finding.
func (f *Finding) identify() {
	place := ""
	if len(f.Sites) > 0 {
		place = string(f.Sites[0].Place)
	}
	f.ID = f.Kind + "|" + strings.Join(f.Operations(), ",") + "|" + place
}

// version returns the first API version that a finding occurs in.
func (f *Finding) version() string {
	if len(f.Sites) == 0 {
		return ""
	}
	return f.Sites[0].Version
}

package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Severity is how much a finding matters to who uses the client.
type Severity string

// The severities. A note does not count as drift.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Verdict is what a check comes to; its value is the exit code.
type Verdict int

// The verdicts.
const (
	Clean       Verdict = 0
	Drift       Verdict = 1
	CannotJudge Verdict = 2
)

// Side is what one document says about a finding's place.
type Side struct {
	Says string // "" where it says nothing
	Pos  facts.Pos
}

// Site is one place where a finding shows. A root cause can show in several operations.
type Site struct {
	Operation string
	Version   string // of the API; "" where it is not known
	Place     facts.Place
	Aspect    facts.Aspect
	Page      *Side // the page as it is now; nil where no page was given
	Docs      *Side // the record
	Spec      *Side
}

// Finding is one root cause of one or more differences.
type Finding struct {
	// ID is stable from run to run: kind|operations|place.
	ID       string
	Kind     string
	Severity Severity
	// Unjudgeable findings are about a document that could not be understood.
	Unjudgeable bool
	Message     string
	Sites       []Site
	Wire        string // what it does to calls
	Go          string // what it does to programs
	Fix         string // what to do
	Why         string // of a difference on purpose, the ledger's reason
	Settled     string // the id of the ledger's entry that is no longer needed anywhere
	Edits       []Edit // the same as edits of the spec, one for each site that needs one; sites can share what is edited

	detail string   // distinguishes it from another finding of its kind at its place
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
	// Bare: of a place that is added, what is inside it comes by other edits.
	Bare bool
	// MoveTo is the place that the place moves to, with all that is inside it.
	MoveTo facts.Place
	Pos    facts.Pos // where in the spec
}

// Report is the outcome of a check.
type Report struct {
	Findings []*Finding
	// OnPurpose are findings that the ledger explains.
	OnPurpose []*Finding
	// Versions are those of the API whose records were compared.
	Versions []string
	// Pages, Operations and Facts count what was compared.
	Pages, Operations, Facts int
	// Remarks are worth saying and change nothing.
	Remarks []string
}

// Verdict sums a report up.
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

// Find looks a finding up by its id, also among those on purpose.
func (r *Report) Find(id string) *Finding {
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Matching lists the findings, also those on purpose, that a text means: the one with that id, else those whose ids begin with it,
// else those whose ids contain it.
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

// IsAmong reports whether other findings speak of everything that this one does.
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

// IsAbout reports whether another finding is about what this one or its edits are about, also under a new name.
func (f *Finding) IsAbout(other *Finding) bool {
	about := func(operation string, place facts.Place, aspect facts.Aspect) bool {
		return slices.ContainsFunc(other.Sites, Site{Operation: operation, Place: place, Aspect: aspect}.isAt)
	}
	return slices.ContainsFunc(f.Sites, func(at Site) bool { return at.Aspect != "" && about(at.Operation, at.Place, at.Aspect) }) ||
		slices.ContainsFunc(f.Edits, func(e Edit) bool {
			return e.Rename != "" && about(e.Operation, e.Place.Renamed(e.Rename), e.Aspect) || e.MoveTo != "" && about(e.Operation, e.MoveTo, e.Aspect)
		})
}

// Operations lists the operations that a finding shows in.
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

// identify gives a finding its id.
func (f *Finding) identify() {
	place := ""
	if len(f.Sites) > 0 {
		place = string(f.Sites[0].Place)
	}
	f.ID = f.Kind + "|" + strings.Join(f.Operations(), ",") + "|" + place
}

// version is the API version in which a finding shows first.
func (f *Finding) version() string {
	if len(f.Sites) == 0 {
		return ""
	}
	return f.Sites[0].Version
}

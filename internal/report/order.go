package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// label is the class of a finding, and how the formats show it.
type label struct {
	name   string
	class  string // class name in HTML
	filter string // the filter that shows only these
	colour string // color on a terminal
	level  string // level in SARIF
}

// The labels.
var (
	cannotJudge = &label{"cannot judge", "unjudged", "Cannot judge", "1;35", "error"}
	isError     = &label{"error", "error", "Errors", "1;31", "error"}
	isWarning   = &label{"warning", "warning", "Warnings", "1;33", "warning"}
	isNote      = &label{"note", "note", "Notes", "1;36", "note"}
)

// labels are in the order in which a report shows them.
var labels = []*label{cannotJudge, isError, isWarning, isNote}

// labelOf returns the label of a finding. A finding of unknown severity counts as an error, so that it is not lost.
func labelOf(f *drift.Finding) *label {
	switch {
	case f.Unjudgeable:
		return cannotJudge
	case f.Severity == drift.Warning:
		return isWarning
	case f.Severity == drift.Note:
		return isNote
	}
	return isError
}

// inOrder sorts findings by the order of their labels.
func inOrder(findings []*drift.Finding) []*drift.Finding {
	return slices.SortedStableFunc(slices.Values(findings), func(a, b *drift.Finding) int {
		return slices.Index(labels, labelOf(a)) - slices.Index(labels, labelOf(b))
	})
}

// counts returns how many findings have each label.
func counts(findings []*drift.Finding) map[*label]int {
	out := map[*label]int{}
	for _, f := range findings {
		out[labelOf(f)]++
	}
	return out
}

// namedSide is a side of a site, with its name.
type namedSide struct {
	name string
	*drift.Side
}

// sides returns the sides of a site: the page, the record, the spec.
func sides(s drift.Site) []namedSide {
	var out []namedSide
	for _, side := range []namedSide{{"page", s.Page}, {"docs", s.Docs}, {"spec", s.Spec}} {
		if side.Side != nil {
			out = append(out, side)
		}
	}
	return out
}

// where returns the one place to show a finding at: the page, otherwise the record, otherwise the spec. A place with a line
// is preferred. It is the zero value if the finding has no place.
func where(f *drift.Finding) (at namedSide) {
	for _, name := range []string{"page", "docs", "spec"} {
		for _, site := range f.Sites {
			for _, side := range sides(site) {
				if side.name != name || side.Pos.File == "" {
					continue
				}
				if side.Pos.Line > 0 {
					return side
				}
				if at.Side == nil {
					at = side
				}
			}
		}
	}
	return at
}

// fingerprint returns a hash of the id of a finding, which is valid in every format.
func fingerprint(f *drift.Finding) string {
	sum := sha256.Sum256([]byte(f.ID))
	return hex.EncodeToString(sum[:16])
}

// kindText returns a kind as text: enum-value-missing becomes "enum value missing".
func kindText(kind string) string { return strings.ReplaceAll(kind, "-", " ") }

// operations returns the names of the operations of a finding, at most most of them.
func operations(f *drift.Finding, most int) string {
	list := f.Operations()
	if len(list) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
	}
	return orNone(strings.Join(list, ", "))
}

// orNone returns the name of the operation of a site.
func orNone(operation string) string {
	return cmp.Or(operation, "(no operation)")
}

// siteName returns the operation of a site with the API version.
func siteName(site drift.Site) string {
	if site.Version == "" {
		return orNone(site.Operation)
	}
	return orNone(site.Operation) + " (" + site.Version + ")"
}

// counted returns a number with its noun: 1 error, 2 errors.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

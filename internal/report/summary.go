package report

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// verdicts are the names of verdicts in machine-readable reports.
var verdicts = map[drift.Verdict]string{drift.Clean: "clean", drift.Drift: "drift", drift.CannotJudge: "cannot-judge"}

// verdictText returns the name of a verdict for people.
func verdictText(r *drift.Report) string { return strings.ReplaceAll(verdicts[r.Verdict()], "-", " ") }

// compared describes how much was compared.
func compared(r *drift.Report) string {
	out := counted(r.Operations, "operation")
	if len(r.Versions) > 1 {
		out += " of " + counted(len(r.Versions), "API version")
	}
	if r.Pages > 0 {
		out += " and " + counted(r.Pages, "page")
	}
	return out + ", " + counted(r.Facts, "fact") + " compared"
}

// tally counts the findings of each label.
func tally(r *drift.Report) string {
	count := counts(r.Findings)
	var out []string
	if n := count[cannotJudge]; n > 0 {
		out = append(out, counted(n, "finding")+" that cannot be judged")
	}
	for _, l := range labels[1:] {
		if n := count[l]; n > 0 {
			out = append(out, counted(n, l.name))
		}
	}
	if len(out) == 0 {
		return "no findings"
	}
	return strings.Join(out, ", ")
}

// onPurpose counts the differences that the ledger explains.
func onPurpose(r *drift.Report) string {
	return counted(len(r.OnPurpose), "difference") + " on purpose"
}

// summary returns a report in one line.
func summary(r *drift.Report) string {
	return verdictText(r) + ": " + compared(r) + "; " + tally(r) + "; " + onPurpose(r)
}

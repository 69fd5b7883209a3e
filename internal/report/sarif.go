package report

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
)

// SARIF writes a report in the Static Analysis Results Interchange Format, version 2.1.0. The rules are the kinds of
// findings. Differences that the ledger explains are suppressed results.
func SARIF(w io.Writer, r *drift.Report) error {
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "specdrift", InformationURI: "https://github.com/highlevel-go/snapshots", Rules: sarifRules(r)}
	invocation := sarifInvocation{Successful: r.Verdict() != drift.CannotJudge, ExitCode: int(r.Verdict())}
	for _, remark := range r.Remarks {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{Level: "note", Message: sarifText(remark)})
	}
	run.Invocations = []sarifInvocation{invocation}
	for _, f := range r.Findings {
		run.Results = append(run.Results, sarifResultOf(f, run.Tool.Driver.Rules))
	}
	for _, f := range r.OnPurpose {
		result := sarifResultOf(f, run.Tool.Driver.Rules)
		result.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted",
			Justification: justification(f)}}
		run.Results = append(run.Results, result)
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func sarifRules(r *drift.Report) []sarifRule {
	rules := []sarifRule{}
	for _, f := range slices.Concat(r.Findings, r.OnPurpose) {
		if !slices.ContainsFunc(rules, func(rule sarifRule) bool { return rule.ID == f.Kind }) {
			rules = append(rules, sarifRule{ID: f.Kind, Short: sarifText(kindText(f.Kind)),
				Help: sarifText("Run specdrift explain with the result's id to see all that is known about it.")})
		}
	}
	slices.SortFunc(rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

func sarifResultOf(f *drift.Finding, rules []sarifRule) sarifResult {
	print := fingerprint(f)
	result := sarifResult{
		RuleID:    f.Kind,
		RuleIndex: slices.IndexFunc(rules, func(rule sarifRule) bool { return rule.ID == f.Kind }),
		Level:     labelOf(f).level,
		Message:   sarifText(f.Message + sarifWords(f) + ". On the wire: " + f.Wire + ". In Go: " + f.Go + ". To resolve: " + f.Fix),
		Locations: []sarifLocation{},
		// With the second name, code scanning tracks a finding by its id even if its line moves.
		Fingerprints: map[string]string{"findingId/v1": print, "primaryLocationLineHash": print},
		Properties:   map[string]any{"id": f.ID, "unjudgeable": f.Unjudgeable},
	}
	primary := where(f)
	for _, site := range f.Sites {
		for _, side := range sides(site) {
			if side.Pos.File == "" {
				continue
			}
			location := sarifLocation{Physical: sarifPhysicalOf(side), Logical: sarifLogicalOf(site)}
			if side.Side == primary.Side {
				result.Locations = append(result.Locations, location)
				continue
			}
			says := cmp.Or(oneLine(side.Says, 200), "nothing here")
			id, message := len(result.Related)+1, sarifText(orNone(site.Operation)+": the "+side.name+" says "+says)
			location.ID, location.Message = &id, &message
			result.Related = append(result.Related, location)
		}
	}
	return result
}

// sarifWords continues a message with the changed words of a text. If the same text changed at several places, it shows one
// of them.
func sarifWords(f *drift.Finding) string {
	for _, site := range f.Sites {
		if words, known, _ := changedWords(site); known {
			return ": " + oneLine(words, 2000)
		}
	}
	return ""
}

func sarifPhysicalOf(side namedSide) sarifPhysical {
	out := sarifPhysical{Region: sarifRegion{StartLine: max(side.Pos.Line, 1)}}
	out.Artifact.URI, out.Artifact.BaseID = artifactURI(side.Pos.File)
	return out
}

func sarifLogicalOf(site drift.Site) []sarifLogical {
	name := strings.Trim(site.Operation+"/"+string(site.Place), "/")
	if name == "" {
		return nil
	}
	return []sarifLogical{{Name: name}}
}

// sarifText returns a plain text message. In a message, braces are placeholders and [text](target) is a link, unless
// escaped.
func sarifText(s string) sarifMessage {
	return sarifMessage{strings.NewReplacer("{", "{{", "}", "}}", "](", `\](`).Replace(visible(s, "\n\t"))}
}

// justification returns the ledger's reason for an intended difference.
func justification(f *drift.Finding) string {
	return "a difference on purpose: " + cmp.Or(f.Why, "the ledger of deviations gives the reason")
}

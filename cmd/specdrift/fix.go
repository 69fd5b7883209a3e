package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

func fixCommand(s *sources) *cobra.Command {
	var ids []string
	var dryRun bool
	var pick pick
	cmd := &cobra.Command{
		Use:   "fix [PAGES]",
		Short: "Apply the edits proposed by the findings to the spec",
		Long: `Runs a check and applies the edits proposed by its findings to the spec, preserving its comments, order and style. Each edit is read back;
an edit that would change anything else is refused and reported. Entries of the ledger move with their places, and entries that are no
longer needed are removed, together with their marks in the spec. The spec follows what changed on a page; accept the page afterwards.

Exit codes: 0 all findings with an edit were resolved, 1 something is left to do by hand, 2 cannot judge, 3 wrong usage.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := s.gather(cmd, args, pick)
			if err != nil {
				return err
			}
			r := drift.Check(in)
			if r.Verdict() == drift.CannotJudge {
				notJudged(cmd.ErrOrStderr(), r)
				return exitCannotJudge
			}
			wanted := r.Findings
			if len(ids) > 0 {
				wanted = nil
			}
			for _, id := range ids {
				f, err := findOne(r, id)
				if err != nil {
					return err
				}
				if slices.Contains(r.OnPurpose, f) {
					return usageError{fmt.Errorf("%s is on purpose (%s); there is nothing to fix", f.ID, f.Why)}
				}
				if !slices.Contains(wanted, f) {
					wanted = append(wanted, f)
				}
			}
			return s.fix(cmd, in, wanted, drift.Sources(in), len(ids) == 0, dryRun)
		},
	}
	cmd.Flags().StringArrayVar(&ids, "id", nil, "resolve only this finding, by its id or a unique part of it; can be given several times")
	pick.versionFlag(cmd)
	pick.completeFlag(cmd)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show the changes as a patch, without making them")
	return cmd
}

// notJudged writes the first findings about what could not be judged.
func notJudged(w io.Writer, r *drift.Report) {
	const most = 3
	fmt.Fprintln(w, "specdrift: nothing was changed, because not everything could be judged:")
	found := slices.DeleteFunc(slices.Clone(r.Findings), func(f *drift.Finding) bool { return !f.Unjudgeable })
	for _, f := range found[:min(most, len(found))] {
		at := ""
		if site := f.Sites[0]; site.Page != nil {
			at = site.Page.Pos.String() + ": "
		}
		fmt.Fprintf(w, "%s%s\n         %s\n", at, strings.TrimPrefix(f.Message, at), f.Fix)
	}
	if more := len(found) - most; more > 0 {
		fmt.Fprintf(w, "%d more are listed by specdrift check\n", more)
	}
}

// fix applies the edits of findings. A finding is resolved if a check of the written files, with the pages accepted, no
// longer reports it. Anything else that such a check would report is reported too, unless only some findings were to be
// resolved.
func (s *sources) fix(cmd *cobra.Command, in drift.Input, findings []*drift.Finding, source specedit.Source, all, dryRun bool) error {
	out := cmd.OutOrStdout()
	data, after, outcomes, err := s.edited(findings, source)
	if err != nil {
		return err
	}
	l := ledgerFix{sources: s, in: in, all: all, findings: findings}
	future, after, err := l.follow(after, outcomes)
	for rounds := 0; err == nil && all && rounds < 3; rounds++ { // findings that edits reveal, such as about an example that had to be removed, are resolved as well
		var more []specedit.Outcome
		if after, more, err = s.editedAgain(after, future, l.findings, source); err != nil || len(more) == 0 {
			break
		}
		outcomes = append(outcomes, more...)
		for _, outcome := range more {
			l.findings = append(l.findings, outcome.Finding)
		}
		future, after, err = l.follow(after, outcomes)
	}
	if err != nil {
		return err
	}
	findings = l.findings
	resolved, more := l.resolved, len(l.done)-len(l.resolved) // entries that the edits settle are not findings yet
	for _, outcome := range outcomes {
		f := outcome.Finding
		if i := slices.IndexFunc(future, f.IsAbout); outcome.Err == nil && i >= 0 {
			outcome.Err = fmt.Errorf("the edit alone does not resolve it: %s", future[i].Message)
		}
		if outcome.Err != nil {
			fmt.Fprintf(out, "by hand: %s\n         %v\n", f.Message, outcome.Err)
			continue
		}
		resolved[f] = true
		fmt.Fprintf(out, "resolved: %s\n", f.Message)
		for _, note := range outcome.Notes {
			fmt.Fprintf(out, "          %s\n", note)
		}
	}
	var left []*drift.Finding
	for _, f := range findings {
		if !resolved[f] && f.Severity != drift.Note {
			left = append(left, f)
			if len(f.Edits) == 0 {
				fmt.Fprintf(out, "by hand: %s\n         %s\n", f.Message, f.Fix)
			}
		}
	}
	for _, f := range future {
		if all && !f.IsAmong(left) {
			left = append(left, f)
			fmt.Fprintf(out, "by hand, once the pages are accepted: %s\n         %s\n", f.Message, f.Fix)
		}
	}
	for _, line := range l.done {
		fmt.Fprintf(out, "resolved: %s\n", line)
	}
	if !dryRun && len(resolved)+more > 0 {
		if err := fileio.Replace(s.spec, after); err != nil {
			return err
		}
		if err := l.write(); err != nil {
			return err
		}
	}
	verb := "resolved"
	if dryRun {
		verb = "could be resolved"
		patch := append(difference(s.spec, data, after), difference(s.ledger, l.before, l.after)...)
		if _, err := out.Write(patch); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%d findings %s in %s, %d left\n", len(resolved)+more, verb, s.spec, len(left))
	if len(left) > 0 {
		return exit(drift.Drift)
	}
	return nil
}

// editedAgain returns the spec after the proposed edits of the findings that have not been tried yet, as far as they can be
// made.
func (s *sources) editedAgain(before []byte, future, tried []*drift.Finding, source specedit.Source) (after []byte, outcomes []specedit.Outcome, err error) {
	fresh := slices.DeleteFunc(slices.Clone(future), func(f *drift.Finding) bool {
		return len(f.Edits) == 0 || f.IsAmong(tried) || slices.ContainsFunc(tried, func(t *drift.Finding) bool { return t.IsAbout(f) })
	})
	if len(fresh) == 0 {
		return before, nil, nil
	}
	after, outcomes, err = specedit.Apply(s.spec, before, fresh, source, specedit.StaysValid(s.spec, before))
	outcomes = slices.DeleteFunc(outcomes, func(o specedit.Outcome) bool { return o.Err != nil })
	return after, outcomes, err
}

// edited returns the spec before and after the proposed edits of the findings.
func (s *sources) edited(findings []*drift.Finding, source specedit.Source) (before, after []byte, outcomes []specedit.Outcome, err error) {
	if before, err = fileio.Read(s.spec); err != nil {
		return nil, nil, nil, err
	}
	after, outcomes, err = specedit.Apply(s.spec, before, findings, source, specedit.StaysValid(s.spec, before))
	return before, after, outcomes, err
}

// difference returns the changes of an edit as a patch; it is empty if nothing changes.
func difference(file string, before, after []byte) []byte {
	text := diff.Diff(file, before, file, after)
	_, hunks, _ := bytes.Cut(text, []byte("\n")) // the first line is a command
	return hunks
}

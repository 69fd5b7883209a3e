package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/report"
)

func explainCommand(s *sources) *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID [PAGES]",
		Short: "Show all about one finding, also one that the ledger explains",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, source, err := s.gather(args[1:], "")
			if err != nil {
				return err
			}
			r := drift.Check(in)
			f := r.Find(args[0])
			if f == nil {
				return usageError{fmt.Errorf("there is no finding %q now; specdrift check lists those that are", args[0])}
			}
			excused := slices.Contains(r.OnPurpose, f)
			if err := report.Explain(cmd.OutOrStdout(), f, excused, isTerminal(cmd.OutOrStdout())); err != nil || excused {
				return err
			}
			return s.explainEdit(cmd, f, source)
		},
	}
}

// explainEdit shows the edit that fix would make.
func (s *sources) explainEdit(cmd *cobra.Command, f *drift.Finding, source func(string) *facts.Operation) error {
	before, after, outcomes, err := s.edited([]*drift.Finding{f}, source)
	if err != nil || len(outcomes) == 0 {
		return err
	}
	if outcomes[0].Err != nil {
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "\nby hand: %v\n", outcomes[0].Err)
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "\nspecdrift fix --id would make this edit:\n%s", difference(s.spec, before, after))
	return err
}

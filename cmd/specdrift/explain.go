package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/report"
	"github.com/highlevel-go/snapshots/internal/specedit"
)

func explainCommand(s *sources) *cobra.Command {
	var pick pick
	cmd := &cobra.Command{
		Use:   "explain ID [PAGES]",
		Short: "Show everything about one finding, even if the ledger explains it",
		Long: `Shows everything about one finding, including findings that the ledger explains. ID is its id, or a beginning or part of it that no
other finding has.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := s.gather(cmd, args[1:], pick)
			if err != nil {
				return err
			}
			r := drift.Check(in)
			f, err := findOne(r, args[0])
			if err != nil {
				return err
			}
			excused := slices.Contains(r.OnPurpose, f)
			if err := report.Explain(cmd.OutOrStdout(), f, excused, isTerminal(cmd.OutOrStdout())); err != nil || excused {
				return err
			}
			return s.explainEdit(cmd, f, drift.Sources(in))
		},
	}
	pick.versionFlag(cmd)
	pick.completeFlag(cmd)
	return cmd
}

// explainEdit prints the edit that fix would make.
func (s *sources) explainEdit(cmd *cobra.Command, f *drift.Finding, source specedit.Source) error {
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

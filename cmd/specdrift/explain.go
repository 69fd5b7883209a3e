package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/report"
)

func explainCommand(s *sources) *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID [PAGES]",
		Short: "Tell all about one finding, also one that the ledger explains",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := s.check(args[1:], "", false)
			if err != nil {
				return err
			}
			f := r.Find(args[0])
			if f == nil {
				return usageError{fmt.Errorf("there is no finding %q now; specdrift check lists those that are", args[0])}
			}
			return report.Explain(cmd.OutOrStdout(), f, slices.Contains(r.Excused, f), isTerminal(cmd.OutOrStdout()))
		},
	}
}

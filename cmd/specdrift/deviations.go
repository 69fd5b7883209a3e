package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func deviationsCommand(s *sources) *cobra.Command {
	return &cobra.Command{
		Use:   "deviations",
		Short: "List the intended differences between spec and documentation, and why",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := s.input()
			if err != nil {
				return err
			}
			for _, e := range in.Ledger.Entries {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  (%s)\n    %s in %s\n    why:      %s\n    evidence: %s\n    wire:     %s\n    since %s, review by %s\n\n",
					e.ID, e.Pos, e.Place, strings.Join(e.Pages, ", "), oneLine(e.Why), oneLine(e.Evidence), oneLine(e.Wire),
					e.Since.Format(time.DateOnly), e.ReviewBy.Format(time.DateOnly))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d deviations\n", len(in.Ledger.Entries))
			return nil
		},
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

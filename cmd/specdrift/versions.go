package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/report"
)

func versionsCommand(s *sources) *cobra.Command {
	var pick pick
	cmd := &cobra.Command{
		Use:   "versions [PAGES]",
		Short: "Show the differences between the API versions of the documentation",
		Long: `Compares the records of the documentation with each other, each API version with the next, and reports the differences. Pages (files,
directories or URLs), if given, are used instead of the records of their versions, including a version that has no record yet.

Exit codes: 0 the versions were compared, 2 a page could not be judged, 3 wrong usage.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := s.gather(cmd, args, pick)
			if err != nil {
				return err
			}
			for _, f := range drift.Check(in).Findings {
				if f.Unjudgeable {
					return fmt.Errorf("%s: %s; see specdrift check", f.Sites[0].Page.Pos, f.Message)
				}
			}
			return report.Versions(cmd.OutOrStdout(), drift.CompareVersions(in), isTerminal(cmd.OutOrStdout()))
		},
	}
	pick.versionFlag(cmd)
	return cmd
}

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/version"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of this command",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), version.Line("specdrift"))
			return err
		},
	}
}

package main

import (
	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func listCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the agency's snapshots",
		Example: "  snapshots list --sandbox\n  snapshots list -o csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := a.client()
			if err != nil {
				return err
			}
			list, err := client.Snapshots(cmd.Context(), api.SnapshotsRequest{})
			if err != nil {
				return err
			}
			return writeList(a, []output.Column[api.Snapshot]{
				{Name: "id", Value: func(s api.Snapshot) any { return s.ID }},
				{Name: "name", Value: func(s api.Snapshot) any { return s.Name }},
				{Name: "type", Value: func(s api.Snapshot) any { return s.Type }},
			}, output.All(list.Snapshots), "The agency has no snapshots.")
		},
	}
}

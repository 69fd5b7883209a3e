package main

import (
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func pushesCommand(a *app) *cobra.Command {
	var from, to, location string
	var failed bool
	var limit uint
	cmd := &cobra.Command{
		Use:     "pushes SNAPSHOT",
		Short:   "List the pushes of a snapshot in a period",
		Long:    "List the pushes of a snapshot, given by its id or name, in a period.\n\nA time is " + dates.Forms + ".",
		Example: "  snapshots pushes Onboarding --from -30d --failed --sandbox\n  snapshots pushes Onboarding --from 2025-10-01 --to 2025-10-31 -o csv",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			now := time.Now()
			begin, end, err := dates.Period(from, to, now)
			if err != nil {
				return &usageError{err}
			}
			client, err := a.client()
			if err != nil {
				return err
			}
			snapshot, err := operations.FindSnapshot(cmd.Context(), client, args[0])
			if err != nil {
				return err
			}
			if location != "" {
				if location, err = operations.LocationID(cmd.Context(), client, location); err != nil {
					return err
				}
			}
			a.say("Pushes of %s from %s to %s, times in %s", nameAndID(snapshot), dates.Show(begin.Local()), dates.Show(end.Local()), now.Format("MST (-07:00)"))
			pushes := client.Pushes(cmd.Context(), api.PushesRequest{SnapshotID: snapshot.ID, From: begin, To: end})
			pushes = filter(pushes, func(p api.Push) bool {
				return (location == "" || p.LocationID == location) && (!failed || pushFailed(p.Status))
			})
			return writeList(a, pushColumns, first(pushes, limit), "There were none.")
		},
	}
	cmd.Flags().StringVar(&from, "from", "-7d", "start of the period")
	cmd.Flags().StringVar(&to, "to", "now", "end of the period; for a date, its end")
	cmd.Flags().StringVar(&location, "location", "", "only pushes to this sub-account (id, name or email address)")
	cmd.Flags().UintVar(&limit, "limit", 0, "list at most so many; 0 lists all")
	cmd.Flags().BoolVar(&failed, "failed", false, "only pushes that have failed")
	return cmd
}

var pushColumns = []output.Column[api.Push]{
	{Name: "id", Value: func(p api.Push) any { return p.ID }},
	{Name: "location", Value: func(p api.Push) any { return p.LocationID }},
	{Name: "status", Value: func(p api.Push) any { return p.Status }, Color: statusColor},
	{Name: "added", Value: func(p api.Push) any { return moment(p.DateAdded) }},
}

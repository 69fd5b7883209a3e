package main

import (
	"errors"
	"fmt"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func statusCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "status SNAPSHOT LOCATION",
		Short: "Show the progress of the latest push of a snapshot to a sub-account",
		Long: `Show the progress of the latest push of a snapshot (its id or name) to a sub-account (its id, name or email address). A push that
has just begun may not be listed yet.`,
		Example: "  snapshots status Onboarding 'Mark Shoes' --sandbox",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.client()
			if err != nil {
				return err
			}
			snapshot, location, err := operations.FindPair(cmd.Context(), client, args[0], args[1])
			if err != nil {
				return err
			}
			latest, err := client.LatestPush(cmd.Context(), api.LatestPushRequest{SnapshotID: snapshot.ID, LocationID: location})
			if err != nil {
				if errors.Is(err, api.ErrNotFound) && !errors.Is(err, api.ErrNoRoute) && !errors.Is(err, api.ErrTokenSource) {
					return fmt.Errorf("%w; either nothing has loaded %s into that sub-account, or a push has just begun and is not known yet: snapshots wait keeps polling", err, args[0])
				}
				return err
			}
			return output.One(a.writer(), statusColumns, latest.Data)
		},
	}
}

var statusColumns = []output.Column[api.PushStatus]{
	{Name: "id", Value: func(s api.PushStatus) any { return s.ID }},
	{Name: "location", Value: func(s api.PushStatus) any { return s.LocationID }},
	{Name: "status", Value: func(s api.PushStatus) any { return s.Status }, Color: statusColor},
	{Name: "completed", Value: func(s api.PushStatus) any { return s.Completed.Values }},
	{Name: "pending", Value: func(s api.PushStatus) any { return s.Pending.Values }},
}

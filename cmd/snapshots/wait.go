package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func waitCommand(a *app) *cobra.Command {
	var wait api.Wait
	cmd := &cobra.Command{
		Use:   "wait SNAPSHOT LOCATION",
		Short: "Wait until the latest push of a snapshot to a sub-account has ended",
		Long: `Wait until the latest push of a snapshot (its id or name) to a sub-account (its id, name or email address) has ended, and print its
last status. The exit code is 0 only if it was completed, not if it failed or did not end in time.`,
		Example: "  snapshots wait 'Partner basics' 'Riverside Gym' --sandbox --pause 100ms",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if wait.Limit <= 0 || wait.First <= 0 {
				return &usageError{errors.New("--limit and --pause must be more than 0")}
			}
			client, err := a.client()
			if err != nil {
				return err
			}
			snapshot, location, err := operations.FindPair(cmd.Context(), client, args[0], args[1])
			if err != nil {
				return err
			}
			wait.Progress = a.showProgress()
			status, err := client.WaitForPush(cmd.Context(), api.LatestPushRequest{SnapshotID: snapshot.ID, LocationID: location}, wait)
			if waited, ok := errors.AsType[*api.WaitError](err); ok {
				status = waited.Status
			}
			if status != nil {
				err = errors.Join(output.One(a.writer(), statusColumns, *status), err)
			}
			return err
		},
	}
	cmd.Flags().DurationVar(&wait.Limit, "limit", time.Hour, "how long to wait")
	cmd.Flags().DurationVar(&wait.First, "pause", 2*time.Second, "first pause between polls; it grows up to 30s")
	return cmd
}

// showProgress returns a function that prints the progress of a push when it changes.
func (a *app) showProgress() func(*api.PushStatus) {
	last := ""
	return func(s *api.PushStatus) {
		if now := progressOf(s); now != last {
			a.say("%s %s", time.Now().Format("15:04:05"), now)
			last = now
		}
	}
}

// progressOf formats the progress of a push.
func progressOf(s *api.PushStatus) string {
	if s == nil {
		return "the service does not know the push yet"
	}
	done, left := len(s.Completed.Values), s.Pending.Values
	if len(left) == 0 {
		return s.Status
	}
	return fmt.Sprintf("%s: %d of %d kinds of assets loaded, to come: %s", s.Status, done, done+len(left), strings.Join(left, ", "))
}

package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

// loadFlags are the flags of load.
type loadFlags struct {
	override, wait, yes, dryRun, again bool
	limit, pause                       time.Duration
}

func loadCommand(a *app) *cobra.Command {
	var flags loadFlags
	cmd := &cobra.Command{
		Use:   "load SNAPSHOT LOCATION",
		Short: "Load a snapshot into a sub-account",
		Long: `Load a snapshot (its id or name) into a sub-account (its id, name or email address).

With --override, existing assets are replaced. On a terminal the command asks first; otherwise it needs --yes.

A load that was killed, or whose response is not clear, may have been done: the same command then reports that and sends nothing
(exit code 5) without --again.`,
		Example: "  snapshots load Onboarding 'Mark Shoes' --wait --pause 100ms --sandbox",
		Args:    cobra.ExactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.load(cmd, args, flags) },
	}
	f := cmd.Flags()
	f.BoolVar(&flags.override, "override", false, "replace existing assets")
	f.BoolVar(&flags.wait, "wait", false, "wait until the load is done")
	f.DurationVar(&flags.limit, "limit", time.Hour, "how long to wait")
	f.DurationVar(&flags.pause, "pause", 2*time.Second, "first pause between polls; it grows up to 30s")
	f.BoolVar(&flags.yes, "yes", false, "do not ask")
	f.BoolVar(&flags.again, "again", false, "load although an earlier load may have been done")
	f.BoolVar(&flags.dryRun, "dry-run", false, "print the request without sending it (names are still looked up)")
	return cmd
}

func (a *app) load(cmd *cobra.Command, args []string, flags loadFlags) error {
	if flags.limit <= 0 || flags.pause <= 0 {
		return &usageError{errors.New("--limit and --pause must be more than 0")}
	}
	c, client, err := a.connectClient()
	if err != nil {
		return err
	}
	snapshot, location, err := operations.FindPair(cmd.Context(), client, args[0], args[1])
	if err != nil {
		return err
	}
	request := api.LoadSnapshotRequest{SnapshotID: snapshot.ID, LocationID: location, Override: flags.override}
	if flags.dryRun {
		return a.plan(c, func(client *api.Client) error {
			_, err := client.LoadSnapshot(cmd.Context(), request)
			return err
		})
	}
	begun := operations.NewBegun(c.Records, fmt.Sprintf("to load %s into sub-account %s", nameAndID(snapshot), location), c.Service, c.Company, "load", snapshot.ID, location)
	if err := refuseBegun(begun, flags.again, fmt.Sprintf("snapshots status id:%s id:%s shows its outcome", snapshot.ID, location)); err != nil {
		return err
	}
	what := fmt.Sprintf("Loading %s replaces assets that sub-account %s has already.", nameAndID(snapshot), location)
	if err := a.confirm(flags.yes || !flags.override, what, "Load it?"); err != nil {
		return err
	}
	if flags.wait {
		request.Wait = &api.Wait{First: flags.pause, Limit: flags.limit, Progress: a.showProgress()}
	}
	var loaded *api.LoadedSnapshot
	if err := a.recorded(begun, func() error {
		loaded, err = operations.Load(cmd.Context(), client, request, begun.End)
		return err
	}); err != nil {
		return err
	}
	status := "accepted"
	if loaded.Push != nil {
		status = loaded.Push.Status
	}
	columns := []output.Column[*api.LoadedSnapshot]{
		{Name: "snapshot_id", Value: func(*api.LoadedSnapshot) any { return snapshot.ID }},
		{Name: "snapshot", Value: func(*api.LoadedSnapshot) any { return snapshot.Name }},
		{Name: "location", Value: func(*api.LoadedSnapshot) any { return location }},
		{Name: "location_name", Value: func(l *api.LoadedSnapshot) any { return l.Location.Name }},
		{Name: "status", Value: func(*api.LoadedSnapshot) any { return status }, Color: statusColor},
	}
	return writeMade("the load was "+status, func() error { return output.One(a.writer(), columns, loaded) })
}

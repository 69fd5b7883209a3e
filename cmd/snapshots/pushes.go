package main

import (
	"fmt"
	"iter"
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
	cmd := &cobra.Command{
		Use:     "pushes SNAPSHOT",
		Short:   "List the pushes of a snapshot between two moments",
		Long:    "List the pushes of a snapshot, named by its id or name, between two moments.\n\nA moment is written as " + dates.Forms + ".",
		Example: "  snapshots pushes Onboarding --from -30d --failed --sandbox\n  snapshots pushes Onboarding --from 2025-10-01 --to 2025-10-31 -o csv",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			now := time.Now()
			begin, err := dates.Start(from, now)
			if err != nil {
				return &usageError{fmt.Errorf("--from: %w", err)}
			}
			end, err := dates.End(to, now)
			if err != nil {
				return &usageError{fmt.Errorf("--to: %w", err)}
			}
			if begin.After(end) {
				return &usageError{fmt.Errorf("--from %s is later than --to %s", dates.Show(begin), dates.Show(end))}
			}
			client, err := a.client()
			if err != nil {
				return err
			}
			finder := operations.Finder{Client: client}
			snapshot, err := finder.Snapshot(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if location != "" {
				if location, err = operations.LocationID(cmd.Context(), client, location); err != nil {
					return err
				}
			}
			a.say("Pushes of %s from %s to %s, times in %s", show(snapshot), dates.Show(begin.Local()), dates.Show(end.Local()), zone(now))
			pushes := client.Pushes(cmd.Context(), api.PushesRequest{SnapshotID: snapshot.ID, From: begin, To: end})
			seen := 0
			err = output.Rows(a.writer(), pushColumns, counted(&seen, filter(pushes, func(p api.Push) bool {
				return (location == "" || p.LocationID == location) && (!failed || pushFailed(p.Status))
			})))
			if err == nil && seen == 0 {
				a.say("There were none.")
			}
			return err
		},
	}
	cmd.Flags().StringVar(&from, "from", "-7d", "moment from which on pushes are listed")
	cmd.Flags().StringVar(&to, "to", "now", "moment up to which pushes are listed; of a date, its end")
	cmd.Flags().StringVar(&location, "location", "", "only pushes to this sub-account, by its id, name or email address")
	cmd.Flags().BoolVar(&failed, "failed", false, "only pushes that have failed")
	return cmd
}

var pushColumns = []output.Column[api.Push]{
	{Name: "id", Value: func(p api.Push) any { return p.ID }},
	{Name: "location", Value: func(p api.Push) any { return p.LocationID }},
	{Name: "status", Value: func(p api.Push) any { return p.Status }, Color: func(p api.Push) output.Color { return statusColor(p.Status) }},
	{Name: "added", Value: func(p api.Push) any { return moment(p.DateAdded) }},
}

// moment returns a moment of the service, or its text where its form is not known.
func moment(t api.Time) any {
	if t.IsZero() {
		return t.Raw
	}
	return t.Time
}

// show names a snapshot for a person.
func show(s api.Snapshot) string {
	if s.Name == "" {
		return s.ID
	}
	return fmt.Sprintf("%s (%s)", s.Name, s.ID)
}

func pushFailed(status string) bool { return api.PushFailed(api.PushStatus{Status: status}) }

func statusColor(status string) output.Color {
	switch {
	case status == api.PushCompleted:
		return output.Green
	case pushFailed(status):
		return output.Red
	}
	return output.Yellow
}

// filter yields what keep accepts, and every error.
func filter[T any](items iter.Seq2[T, error], keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item, err := range items {
			if (err != nil || keep(item)) && !yield(item, err) {
				return
			}
		}
	}
}

// counted counts the items that are yielded.
func counted[T any](n *int, items iter.Seq2[T, error]) iter.Seq2[T, error] {
	return filter(items, func(T) bool { *n++; return true })
}

package main

import (
	"iter"
	"strings"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func locationsCommand(a *app) *cobra.Command {
	var email string
	var limit uint
	cmd := &cobra.Command{
		Use:     "locations [TEXT]",
		Short:   "Find sub-accounts by a part of their id, name or email address, or list all",
		Example: "  snapshots locations dental --sandbox\n  snapshots locations --email owner@example.com\n  snapshots locations --limit 20 -o csv",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.client()
			if err != nil {
				return err
			}
			var found iter.Seq2[locations.FoundLocation, error] = client.Locations().Search(cmd.Context(), locations.SearchRequest{Email: email, Limit: 100})
			if len(args) > 0 {
				text := strings.ToLower(args[0])
				found = filter(found, func(l locations.FoundLocation) bool {
					return strings.Contains(strings.ToLower(l.ID+"\n"+l.Name+"\n"+l.Email), text)
				})
			}
			return writeList(a, []output.Column[locations.FoundLocation]{
				{Name: "id", Value: func(l locations.FoundLocation) any { return l.ID }},
				{Name: "name", Value: func(l locations.FoundLocation) any { return l.Name }},
				{Name: "email", Value: func(l locations.FoundLocation) any { return l.Email }},
			}, first(found, limit), "There was none.")
		},
	}
	cmd.Flags().StringVar(&email, "email", "", "only the sub-accounts with this email address, searched by the service")
	cmd.Flags().UintVar(&limit, "limit", 0, "list at most so many; 0 lists all")
	return cmd
}

package main

import (
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

func tokenCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "token",
		Short: "Show what is known about the token: its kind, level, agency, scopes and expiry",
		Long: `Show what is known about the token, but not the token itself, without sending a request. A private integration token contains no
information; snapshots doctor checks it. The signature of a token is not verified.`,
		Example: "  snapshots token --sandbox\n  snapshots token --token-file - < token.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.connect()
			if err != nil {
				return err
			}
			info, err := c.TokenInfo(cmd.Context())
			if err != nil {
				return err
			}
			return output.One(a.writer(), tokenColumns(c.From), info)
		},
	}
}

// tokenColumns returns the columns of a token. Unknown values are empty.
func tokenColumns(from string) []output.Column[rest.TokenInfo] {
	return []output.Column[rest.TokenInfo]{
		{Name: "from", Value: func(rest.TokenInfo) any { return from }},
		{Name: "kind", Value: func(i rest.TokenInfo) any { return i.Kind }},
		{Name: "level", Value: func(i rest.TokenInfo) any { return i.Type }},
		{Name: "company", Value: func(i rest.TokenInfo) any { return i.CompanyID }},
		{Name: "location", Value: func(i rest.TokenInfo) any { return i.LocationID }},
		{Name: "scopes", Value: func(i rest.TokenInfo) any { return i.Scopes }},
		{Name: "expires", Value: func(i rest.TokenInfo) any { return i.Expires }, Color: func(end any) output.Color {
			if t, ok := end.(time.Time); ok && time.Now().After(t) {
				return output.Red
			}
			return output.Plain
		}},
	}
}

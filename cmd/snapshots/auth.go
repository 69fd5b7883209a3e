package main

import (
	"errors"
	"fmt"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
	"github.com/spf13/cobra"
)

func authCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Store the token of an account, and show what is stored",
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error { // replaces that of the root command
			if a.sandbox {
				return &usageError{fmt.Errorf("%s is about the accounts of this machine, and the built-in sandbox has its own token: leave --sandbox out; snapshots sandbox, as a process, can be logged in to", cmd.CommandPath())}
			}
			return a.check(cmd, args)
		},
	}
	cmd.AddCommand(loginCommand(a), authStatusCommand(a), logoutCommand(a))
	return cmd
}

func authStatusCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   "Show what is stored for the profile",
		Example: "  snapshots auth status\n  snapshots auth status --profile client-a",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.settings()
			if err != nil {
				return err
			}
			c, store, err := tokens.Load(tokens.SecretStores(s.Dir), s.Profile)
			if err != nil {
				return fmt.Errorf("%w: profile %s: %w", tokens.ErrNoToken, s.Profile, err)
			}
			info := rest.Token{Value: c.Token}.Info()
			if c.ClientID != "" {
				token, err := tokens.OAuthStore(store, s.Profile, s.Dir).Load(cmd.Context())
				if err != nil {
					return err
				}
				info = token.Info()
			}
			return output.One(a.writer(), []output.Column[rest.TokenInfo]{
				{Name: "profile", Value: func(rest.TokenInfo) any { return s.Profile }},
				{Name: "stored_in", Value: func(rest.TokenInfo) any { return store.String() }},
				{Name: "login", Value: func(rest.TokenInfo) any { return c.String() }},
				{Name: "company", Value: func(rest.TokenInfo) any { return c.Company }},
				{Name: "level", Value: func(i rest.TokenInfo) any { return i.Type }},
				{Name: "scopes", Value: func(i rest.TokenInfo) any { return i.Scopes }},
				{Name: "expires", Value: func(i rest.TokenInfo) any { return i.Expires }},
			}, info)
		},
	}
}

func logoutCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "logout",
		Short:   "Remove what is stored for the profile",
		Long:    `Remove what is stored for the profile. The service is not informed: to invalidate a token, revoke it there.`,
		Example: "  snapshots auth logout --profile client-a",
		Args:    cobra.NoArgs,
		RunE: func(_ *cobra.Command, _ []string) error {
			s, err := a.settings()
			if err != nil {
				return err
			}
			had := false
			var failed error
			for _, p := range tokens.SecretStores(s.Dir) {
				removed, err := tokens.Remove(p, s.Profile)
				if removed {
					a.say("Removed from %s.", p)
				}
				had, failed = had || removed, errors.Join(failed, err)
			}
			if !had {
				return errors.Join(fmt.Errorf("%w stored for profile %s", tokens.ErrNoToken, s.Profile), failed)
			}
			return nil
		},
	}
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a mistake in the arguments of a command.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// finish sets what a command and its subcommands have in common: wrong arguments are a usageError, and a command that only
// has subcommands prints its help.
func finish(cmd *cobra.Command) {
	if cmd.HasSubCommands() && !cmd.Runnable() {
		cmd.Args = cobra.NoArgs // otherwise cobra prints the help for any argument, without an error
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := check(cmd, args)
			if err == nil {
				return nil
			}
			if cmd.HasSubCommands() {
				cmd.SuggestionsMinimumDistance = 2 // how many letters may differ
				if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
					err = fmt.Errorf("%w; there is %s", err, strings.Join(near, ", "))
				}
			}
			return &usageError{err}
		}
	}
	for _, below := range cmd.Commands() {
		finish(below)
	}
}

package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// exit is an error that only carries an exit code; the command has already written its message.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// The exit codes; 0 and 1 come from a verdict.
const (
	exitCannotJudge exit = 2
	exitUsage       exit = 3
)

// usageError is a mistake in the arguments of the command.
type usageError struct{ error }

// asUsageError reports wrong arguments of a command as a usageError.
func asUsageError(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
}

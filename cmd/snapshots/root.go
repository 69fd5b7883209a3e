package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// run runs a command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(stderr, "snapshots: %v\n", err)
	if _, usage := errors.AsType[*usageError](err); usage {
		fmt.Fprintln(stderr, "Run snapshots help for the commands, and snapshots COMMAND --help for the flags of one.")
	}
	return exitCode(ctx, err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "snapshots",
		Short:         "Work with the snapshots of a HighLevel agency",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(mcpCommand(), sandboxCommand(), versionCommand())
	root.InitDefaultCompletionCmd()
	asUsageErrors(root)
	return root
}

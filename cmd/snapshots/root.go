package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/spf13/cobra"
)

// run runs a command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot(&app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	code := exitCode(ctx, err)
	fmt.Fprintf(stderr, "snapshots: %s\n", connect.Redact(err.Error(), ""))
	if next := nextStep(err, code); next != "" {
		fmt.Fprintln(stderr, next)
	}
	return code
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "snapshots",
		Short: "Work with the snapshots of a HighLevel agency",
		Long: `Work with the snapshots of a HighLevel agency: list them, make share links, and follow pushes into sub-accounts.

Everything can be tried without an account: add --sandbox to any command.`,
		Example: `  snapshots list --sandbox
  HIGHLEVEL_TOKEN=… HIGHLEVEL_COMPANY=… snapshots list
  snapshots share Onboarding --type permanent_link
  snapshots pushes Onboarding --from -7d -o csv`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		PersistentPreRunE: a.check,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	a.addFlags(root)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(
		listCommand(a), shareCommand(a), journalCommand(a), pushesCommand(a), statusCommand(a), waitCommand(a),
		loadCommand(a), auditCommand(a), locationsCommand(a),
		authCommand(a), tokenCommand(a), doctorCommand(a), mcpCommand(a), sandboxCommand(), versionCommand(),
	)
	root.AddCommand(helpTopics()...)
	root.InitDefaultCompletionCmd()
	asUsageErrors(root)
	return root
}

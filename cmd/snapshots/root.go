package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/spf13/cobra"
)

// run runs a command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	printed := &checkedWriter{to: stdout} // cobra does not report a help text that cannot be written
	root := newRoot(&app{stdin: &input{ctx, stdin}, stdout: stdout, stderr: stderr, getenv: os.Getenv}, printed)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetErr(stderr)
	err := errors.Join(root.ExecuteContext(ctx), printed.err)
	if err == nil {
		return exitOK
	}
	code := exitCode(ctx, err)
	fmt.Fprintf(stderr, "error: %s\n", connect.Redact(err.Error(), ""))
	if next := nextStep(err, code); next != "" {
		fmt.Fprintln(stderr, next)
	}
	return code
}

// newRoot returns the root command with all its subcommands. Help texts are written to help.
func newRoot(a *app, help io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "snapshots",
		Short: "Work with the snapshots of a HighLevel agency",
		Long: `Work with the snapshots of a HighLevel agency: list them, create share links, and follow pushes into sub-accounts.

To try any command without an account, add --sandbox.`,
		Example: `  snapshots list --sandbox
  HIGHLEVEL_TOKEN=… HIGHLEVEL_COMPANY=… snapshots list
  snapshots share Onboarding --type permanent_link
  snapshots pushes Onboarding --from -7d -o csv
  snapshots help settings`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: a.check,
	}
	root.SetOut(help) // before the completion command is created, which copies it
	a.addFlags(root)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(
		listCommand(a), shareCommand(a), journalCommand(a), pushesCommand(a), statusCommand(a), waitCommand(a),
		loadCommand(a), auditCommand(a), locationsCommand(a),
		authCommand(a), tokenCommand(a), doctorCommand(a), mcpCommand(a), sandboxCommand(), versionCommand(),
	)
	root.AddCommand(helpTopics()...)
	root.InitDefaultCompletionCmd()
	root.SetHelpCommand(helpCommand())
	finish(root)
	return root
}

// checkedWriter records the error of a failed write.
type checkedWriter struct {
	to  io.Writer
	err error
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

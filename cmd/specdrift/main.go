// Command specdrift compares rendered API documentation with an OpenAPI document.
//
//	specdrift check [PAGES]      compare the record with the spec, and pages with the record
//	specdrift accept PAGES       write what the pages say into the record
//	specdrift import PAGES       turn pages into an OpenAPI document
//	specdrift fetch URL… -o DIR  get pages from the documentation's site
//	specdrift explain ID         all about one finding
//	specdrift fix [PAGES]        change the spec as the findings propose
//	specdrift deviations         where the spec departs from the documentation on purpose
//
// Exit codes: 0 clean, 1 drift, 2 something could not be judged, 3 wrong usage.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// exit is an error that only carries an exit code; what there was to say is said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// The exit codes beside those of a verdict.
const (
	exitCannotJudge exit = 2
	exitUsage       exit = 3
)

// usageError is a mistake in the words of the command.
type usageError struct{ error }

func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(twoDashes(root, args))
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	var code exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, new(usageError)):
		fmt.Fprintf(stderr, "specdrift: %v\nRun specdrift help for the commands and their flags.\n", err)
		return int(exitUsage)
	}
	fmt.Fprintf(stderr, "specdrift: %v\n", err)
	return int(exitCannotJudge)
}

// sources are the files that a check compares.
type sources struct{ spec, docs, ledger string }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "specdrift",
		Short:         "Compare rendered API documentation with an OpenAPI document",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var s sources
	flags := root.PersistentFlags()
	flags.StringVar(&s.spec, "spec", "spec/snapshots.yaml", "the curated OpenAPI document")
	flags.StringVar(&s.docs, "docs", "spec/docs.yaml", "the record of what the pages said when they were last accepted")
	flags.StringVar(&s.ledger, "deviations", "spec/deviations.yaml", "the ledger of differences on purpose")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(checkCommand(&s), acceptCommand(&s), importCommand(), explainCommand(&s), fixCommand(&s), deviationsCommand(&s), fetchCommand())
	for _, cmd := range root.Commands() {
		wrapArgs(cmd)
	}
	wrapArgs(root)
	return root
}

// wrapArgs marks wrong arguments as wrong usage.
func wrapArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
}

// Command specdrift compares rendered API documentation with an OpenAPI document.
//
//	specdrift check [PAGES]      compare the records with the spec, and pages with the records
//	specdrift accept PAGES       write the facts of pages into the record of their API version
//	specdrift init SECTION PAGES start a section of the API: spec, record, ledger and test from its pages
//	specdrift import PAGES       turn pages into OpenAPI documents
//	specdrift fetch URL… -o DIR  download pages of the documentation into a directory
//	specdrift explain ID         show everything about one finding
//	specdrift fix [PAGES]        apply the edits proposed by the findings to the spec
//	specdrift versions [PAGES]   show the differences between the API versions of the documentation
//	specdrift deviations         list the intended differences between spec and documentation, and why
//	specdrift version            print the version of this command
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

func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(withDoubleDashes(root, args))
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
	s.flags(root)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(checkCommand(&s), acceptCommand(&s), initCommand(), importCommand(), explainCommand(&s), fixCommand(&s), deviationsCommand(&s), versionsCommand(&s), fetchCommand(), versionCommand())
	for _, cmd := range root.Commands() {
		asUsageError(cmd)
	}
	asUsageError(root)
	return root
}

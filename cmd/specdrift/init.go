package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/sectioninit"
)

func initCommand() *cobra.Command {
	var folder string
	var force bool
	var pick pick
	cmd := &cobra.Command{
		Use:   "init SECTION PAGES",
		Short: "Start a section of the API: spec, record, ledger and test from its pages",
		Long: `Starts the section SECTION from its pages (files, directories or URLs of pages or of OpenAPI documents). In the directory given by -o, which
must be in a Go module, it writes

  spec/SECTION.yaml              the first curated spec: without the words of the pages, which belong to their publisher
  spec/SECTION/docs              the record of the facts of the pages
  spec/SECTION/deviations.yaml   the ledger, with the contradictions in the pages
  spec/SECTION/conformance_test.go and fixtures    the test that checks the client against the spec
  spec/SECTION/REVIEW.md         what needs a person's review, with file and line

and the line for go generate: into generate.go, or if that does not exist into api/SECTION. After go generate, check --section SECTION and
the test pass. A page that cannot be read is skipped and reported; so are duplicate operations, and all API versions of an operation
except the newest. Existing files are not replaced, unless --force is set.

Exit codes: 0 everything was written, 1 something is left to do by hand, the rest was written, 2 nothing was written, 3 wrong usage.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := check.NewSectionFiles(specFolder, args[0]); err != nil {
				return usageError{err}
			}
			if err := sectioninit.CheckName(args[0]); err != nil {
				return usageError{err}
			}
			return initSection(cmd, args[0], args[1:], folder, force, pick)
		},
	}
	cmd.Flags().StringVarP(&folder, "out", "o", ".", "directory of the Go module for the section")
	cmd.Flags().BoolVar(&force, "force", false, "replace existing files")
	pick.versionFlag(cmd)
	return cmd
}

func initSection(cmd *cobra.Command, name string, paths []string, folder string, force bool, pick pick) error {
	pages, unreadable, err := readPages(cmd.ErrOrStderr(), paths)
	if err != nil {
		return err
	}
	pick.name(pages)
	bad := slices.DeleteFunc(slices.Clone(pages), func(p parsedPage) bool { return p.Judgeable() })
	failed := printProblems(cmd.ErrOrStderr(), unreadable, bad) // what the others leave open is in REVIEW.md
	pages = slices.DeleteFunc(pages, func(p parsedPage) bool { return !p.Judgeable() })
	best, twice, disagree := bestSources(cmd.ErrOrStderr(), pages)
	module, err := sectioninit.ReadModule(folder)
	if err != nil {
		return err
	}
	section, err := sectioninit.Plan(sectioninit.Input{Section: name, Folder: folder, Module: module, Pages: append(best, twice...), Today: time.Now()})
	if err != nil {
		return fmt.Errorf("%w; nothing was written", err)
	}
	if err := section.Write(force); err != nil {
		return err
	}
	printSection(cmd.OutOrStdout(), name, folder, section, module)
	for _, left := range section.Left {
		fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: by hand: %s\n", left)
	}
	if failed > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: left out: %s that could not be understood\n", counted(failed, "page"))
	}
	if failed+len(section.Left) > 0 || disagree != nil {
		return exit(drift.Drift)
	}
	return nil
}

// printSection prints what was written, and the next steps.
func printSection(out io.Writer, name, folder string, s *sectioninit.Section, module sectioninit.Module) {
	fmt.Fprintf(out, "%s written to %s; %s to look at in %s\nNext:\n", counted(s.Operations, "operation"), s.Where.Spec, counted(len(s.Review), "place"), s.ReviewFile)
	if filepath.Clean(folder) != "." {
		fmt.Fprintf(out, "  cd %s\n", folder)
	}
	for _, step := range sectioninit.NextSteps(name, module, checkout()) {
		fmt.Fprintf(out, "  %s\n", step)
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkout returns the root of the project's checkout if the command runs in one, or "".
func checkout() string {
	at, err := os.Getwd()
	for ; err == nil; at = filepath.Dir(at) {
		if module, err := sectioninit.ReadModule(at); err == nil && module.Path == sectioninit.Project {
			return at
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	return ""
}

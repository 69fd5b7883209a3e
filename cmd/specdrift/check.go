package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/report"
)

func checkCommand(s *sources) *cobra.Command {
	var format, output string
	var pick pick
	var schema bool
	cmd := &cobra.Command{
		Use:   "check [PAGES]",
		Short: "Compare the records with the spec, and pages with the records",
		Long: `Compares the records of the documentation, one for each API version, with the spec, in both directions and offline. Pages (files,
directories or URLs), if given, are also compared with the record of their API version. If there are pages of several formats about one
operation, such as its Markdown twin and its rendered page, they are compared with each other. Differences that the ledger of deviations
explains do not count.

Formats (--format):
  text      for people, in colour on a terminal unless NO_COLOR is set
  json      for programs; --schema prints its JSON Schema
  github    annotations of a GitHub workflow, at the lines they refer to
  sarif     SARIF 2.1.0, for code scanning
  junit     JUnit XML: errors are failures, a page that cannot be judged is an error, warnings and notes pass
  markdown  the body of an issue
  html      one page for a browser, with the page on the left and the spec on the right

Exit codes: 0 clean, 1 drift, 2 a page or document could not be judged, 3 wrong usage.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if schema {
				_, err := cmd.OutOrStdout().Write(report.Schema)
				return err
			}
			write, ok := formats[format]
			if !ok {
				return usageError{fmt.Errorf("there is no format %q; there are %s", format, formatNames())}
			}
			in, err := s.gather(cmd, args, pick)
			if err != nil {
				return err
			}
			r := drift.Check(in)
			if err := writeReport(output, cmd.OutOrStdout(), r, write); err != nil {
				return err
			}
			return verdict(r)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "how to write the report: "+formatNames())
	cmd.Flags().StringVarP(&output, "output", "o", "", "write the report to this file")
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of the json format, and check nothing")
	pick.versionFlag(cmd)
	cmd.Flags().StringVar(&pick.operation, "page", "", "refuse pages of other operations than this one")
	pick.completeFlag(cmd)
	return cmd
}

var formats = map[string]func(io.Writer, *drift.Report) error{
	"text":     func(w io.Writer, r *drift.Report) error { return report.Text(w, r, isTerminal(w)) },
	"json":     report.JSON,
	"github":   report.GitHub,
	"sarif":    report.SARIF,
	"junit":    report.JUnit,
	"markdown": report.Markdown,
	"html":     func(w io.Writer, r *drift.Report) error { return report.HTML(w, r, report.ReadSources(r)) },
}

func formatNames() string { return strings.Join(slices.Sorted(maps.Keys(formats)), ", ") }

// writeReport writes a report to standard output or to a file, which only a complete report replaces.
func writeReport(file string, stdout io.Writer, r *drift.Report, write func(io.Writer, *drift.Report) error) error {
	if file == "" {
		return write(stdout, r)
	}
	var out bytes.Buffer
	if err := write(&out, r); err != nil {
		return err
	}
	return fileio.Replace(file, out.Bytes())
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == ""
}

// verdict returns the exit code of a report as an error.
func verdict(r *drift.Report) error {
	if v := r.Verdict(); v != drift.Clean {
		return exit(v)
	}
	return nil
}

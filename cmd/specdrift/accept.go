package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

const recordComment = `What the documentation pages said when they were last accepted: facts only, no prose (x-text and x-summary are
fingerprints of it). Written by "specdrift accept PAGES"; do not edit.`

func acceptCommand(s *sources) *cobra.Command {
	var prune bool
	cmd := &cobra.Command{
		Use:   "accept PAGES",
		Short: "Write what the pages say into the record",
		Long: `Writes what the pages (files, directories or addresses) say into docs.yaml. Operations whose pages are not given stay as they were, unless --prune is set,
and so does what a page of its kind does not show: a script has no requirements, for example.
A page that could not be understood completely is refused, and nothing is written. Of the pages in a directory, those of
parts of the documentation that the record does not cover are left out.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, unreadable, err := readPages(args)
			if err != nil {
				return err
			}
			record, err := facts.ReadFile(s.docs)
			if errors.Is(err, fs.ErrNotExist) {
				record = &facts.Document{File: s.docs}
			} else if err != nil {
				return err
			}
			given := len(pages)
			pages = slices.DeleteFunc(pages, func(p parsedPage) bool { return !drift.Concerns(record, p.compared()) })
			failed := printProblems(cmd.ErrOrStderr(), unreadable, pages)
			if others := given - len(pages); others > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: left out, because they are of other parts of the documentation: %d pages; name the file of one to accept it\n", others)
			}
			if failed+len(pages) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "specdrift: nothing was written, because no page is left")
				return exitCannotJudge
			}
			if failed > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: nothing was written, because %d pages could not be judged\n", failed)
				return exitCannotJudge
			}
			var output strings.Builder
			from := map[*facts.Operation]string{}
			for _, page := range pages {
				op, updated := drift.Accept(record, page.compared())
				for other, file := range from {
					if other.ID == op.ID {
						return fmt.Errorf("%s: the page of %s was given before, as %s; nothing was written", page.Pos, op.ID, file)
					}
				}
				from[op] = page.File
				verb := "added"
				if updated {
					verb = "updated"
				}
				fmt.Fprintf(&output, "%s %s: %d facts from %s\n", verb, op.ID, len(page.Facts), page.File)
			}
			if prune {
				record.Operations = slices.DeleteFunc(record.Operations, func(op *facts.Operation) bool { return from[op] == "" })
			}
			if err := writeRecord(s.docs, record); err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), output.String())
			return err
		},
	}
	cmd.Flags().BoolVar(&prune, "prune", false, "drop operations whose pages are not given")
	return cmd
}

// writeRecord writes the record in a fixed order.
func writeRecord(file string, record *facts.Document) error {
	slices.SortFunc(record.Operations, func(a, b *facts.Operation) int {
		return cmp.Or(cmp.Compare(a.Value(facts.OperationPlace, facts.Path), b.Value(facts.OperationPlace, facts.Path)), cmp.Compare(a.ID, b.ID))
	})
	document, err := facts.Write(record.Operations, facts.WriteOptions{Title: "What the documentation says", Version: "1", Comment: recordComment})
	if err != nil {
		return err
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		return err
	}
	return fileio.Replace(file, data)
}

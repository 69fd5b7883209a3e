package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
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
A page that could not be understood from end to end is refused, and nothing is written.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, unreadable, err := readPages(args)
			if err != nil {
				return err
			}
			failed := tell(cmd.ErrOrStderr(), unreadable, pages)
			if failed > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: nothing was written, because %d pages could not be judged\n", failed)
				return exitCannotJudge
			}
			record := &facts.Document{File: s.docs}
			if !prune {
				if record, err = facts.ReadFile(s.docs); errors.Is(err, fs.ErrNotExist) {
					record = &facts.Document{File: s.docs}
				} else if err != nil {
					return err
				}
			}
			for _, page := range pages {
				say := "added"
				if drift.Accept(record, page.side()) {
					say = "updated"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s %s: %d facts from %s\n", say, page.ID, len(page.Facts), page.File)
			}
			return writeRecord(s.docs, record)
		},
	}
	cmd.Flags().BoolVar(&prune, "prune", false, "drop operations whose pages are not given")
	return cmd
}

// writeRecord writes the record in a fixed order, and only whole.
func writeRecord(file string, record *facts.Document) error {
	slices.SortFunc(record.Operations, func(a, b *facts.Operation) int {
		pathA, pathB := a.Value(facts.OperationPlace, facts.Path), b.Value(facts.OperationPlace, facts.Path)
		if c := strings.Compare(pathA, pathB); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	document, err := facts.Write(record.Operations, facts.WriteOptions{Title: "What the documentation says", Version: "1", Comment: recordComment})
	if err != nil {
		return err
	}
	data, err := facts.EncodeYAML(document)
	if err != nil {
		return err
	}
	return replaceFile(file, data)
}

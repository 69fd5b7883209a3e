package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

// The journal of a file of rows is next to it, with one of these suffixes.
const (
	journalEnding        = ".journal"
	sandboxJournalEnding = ".sandbox-journal" // what a sandbox made is gone with it
)

func journalCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "Show and settle the open rows of an interrupted share",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:     "show FILE",
			Short:   "List the rows of a journal",
			Example: "  snapshots journal show partners.csv.journal",
			Args:    cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error {
				return withJournal(args[0], func(j *api.Journal) error {
					return output.Rows(a.writer(), journalColumns, output.All(j.Entries()))
				})
			},
		},
		&cobra.Command{
			Use:     "settle FILE KEY URL",
			Short:   "Record the link of a row that may have been created",
			Example: "  snapshots journal settle partners.csv.journal acme/5DP4iH6HLkQsiKESj6rh/1eM2UgkfaECOYyUdCo9Pa/permanent_link https://…",
			Args:    cobra.ExactArgs(3),
			RunE: func(_ *cobra.Command, args []string) error {
				return withJournal(args[0], func(j *api.Journal) error {
					if err := isOpen(j, args[1]); err != nil {
						return err
					}
					return j.Settle(args[1], api.ShareLink{URL: args[2]})
				})
			},
		},
		&cobra.Command{
			Use:     "forget FILE KEY",
			Short:   "Record that the link of a row does not exist, so that the next run creates it",
			Example: "  snapshots journal forget partners.csv.journal acme/5DP4iH6HLkQsiKESj6rh/1eM2UgkfaECOYyUdCo9Pa/permanent_link",
			Args:    cobra.ExactArgs(2),
			RunE: func(_ *cobra.Command, args []string) error {
				return withJournal(args[0], func(j *api.Journal) error { return j.Forget(args[1]) })
			},
		},
	)
	return cmd
}

// withJournal opens an existing journal.
func withJournal(path string, fn func(*api.Journal) error) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		rows := strings.TrimSuffix(path, journalEnding)
		for _, other := range []string{rows + journalEnding, rows + sandboxJournalEnding} {
			if _, err := os.Stat(other); err == nil {
				return &usageError{fmt.Errorf("there is no journal %s, but there is %s", path, other)}
			}
		}
		return &usageError{fmt.Errorf("there is no journal %s", path)}
	}
	j, err := api.OpenJournal(path)
	if err != nil {
		return err
	}
	return errors.Join(fn(j), j.Close())
}

// isOpen returns an error for a key that is not in the journal, which is most likely a typing error.
func isOpen(j *api.Journal, key string) error {
	for _, e := range j.Entries() {
		if e.Key == key {
			return nil
		}
	}
	return &usageError{fmt.Errorf("the journal has no row with the key %q; snapshots journal show lists them", key)}
}

var journalColumns = []output.Column[api.JournalEntry]{
	{Name: "key", Value: func(e api.JournalEntry) any { return e.Key }},
	{Name: "state", Value: func(e api.JournalEntry) any { return string(e.State) }},
	{Name: "time", Value: func(e api.JournalEntry) any { return e.Time }},
	{Name: "result", Value: func(e api.JournalEntry) any { return string(e.Result) }},
	{Name: "error", Value: func(e api.JournalEntry) any { return e.Error }},
}

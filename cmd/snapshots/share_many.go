package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/spf13/cobra"
)

// shareMany makes the links of a file.
func (a *app) shareMany(cmd *cobra.Command, flags shareFlags) error {
	for _, name := range []string{"type", "relationship-number", "location"} {
		if cmd.Flags().Changed(name) {
			return &usageError{fmt.Errorf("--%s does not go with --file: the rows say it", name)}
		}
	}
	format, err := resultsFormat(flags.results)
	if err != nil {
		return &usageError{err}
	}
	journalPath := flags.journal
	switch {
	case journalPath != "":
	case flags.file == "-":
		return &usageError{errors.New("rows from standard input need --journal FILE, so that an interrupted run can go on")}
	case a.sandbox:
		journalPath = flags.file + ".sandbox-journal" // what a sandbox made is gone with it
	default:
		journalPath = flags.file + ".journal"
	}
	rows, err := a.readRows(flags.file)
	if err != nil {
		return err
	}
	var dryRun *connect.DryRun
	if flags.dryRun {
		dryRun = &connect.DryRun{}
	}
	c, err := a.connect(dryRun)
	if err != nil {
		return err
	}
	client, err := c.Snapshots()
	if err != nil {
		return err
	}
	how := operations.Linking{Company: c.Company, Repeats: flags.allowRepeats, Concurrent: flags.concurrent}
	planned, err := operations.Plan(cmd.Context(), &operations.Finder{Client: client}, flags.file, rows, how)
	if err != nil {
		if _, refused := errors.AsType[*operations.RowsError](err); refused {
			return &usageError{err}
		}
		return err
	}
	if dryRun != nil {
		for _, o := range planned {
			_, err := operations.MakeLink(cmd.Context(), client, o.Share())
			if !connect.IsDryRun(err) {
				return err
			}
		}
		return a.writePlanned(dryRun)
	}
	if err := a.confirm(flags.yes, fmt.Sprintf("Each of the %d links can end the one of its type that was handed out before.", len(planned)), "Make them?"); err != nil {
		return err
	}
	if how.Journal, err = api.OpenJournal(journalPath); err != nil {
		return err
	}
	defer how.Journal.Close()
	progress, end := a.bar()
	how.Progress = progress
	outcomes, err := operations.MakeLinks(cmd.Context(), client, planned, how)
	end()
	if outcomes == nil {
		return err
	}
	return a.reportLinks(outcomes, err, format, flags.results, journalPath)
}

func (a *app) readRows(path string) ([]operations.Row, error) {
	in := a.stdin
	switch {
	case path != "-":
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	case a.given.TokenFile == "-":
		return nil, &usageError{errors.New("standard input cannot hold both the token and the rows")}
	}
	rows, err := operations.ReadRows(path, in)
	if _, refused := errors.AsType[*operations.RowsError](err); refused {
		return nil, &usageError{err}
	}
	return rows, err
}

// resultsFormat returns the format that the name of the file of results ends with.
func resultsFormat(path string) (output.Format, error) {
	if path == "" {
		return "", nil
	}
	format := output.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."))
	switch format {
	case output.CSV, output.JSON, output.JSONL:
		return format, nil
	}
	return "", fmt.Errorf("--results: the name %q does not end with .csv, .json or .jsonl", path)
}

// reportLinks writes what became of the rows, to the file of results as well, and says what is left to do.
func (a *app) reportLinks(outcomes []operations.Outcome, failed error, format output.Format, results, journal string) error {
	err := output.Rows(a.writer(), linkColumns, output.All(outcomes))
	if results != "" {
		var b strings.Builder
		err = errors.Join(err, output.Rows(output.Writer{Out: &b, Format: format}, linkColumns, output.All(outcomes)), fileio.Replace(results, []byte(b.String())))
	}
	fmt.Fprintf(a.stderr, "%s; the journal is %s\n", operations.Summary(outcomes), journal)
	unsettled(a.stderr, journal, outcomes)
	return errors.Join(err, failed)
}

// unsettled lists the rows that are perhaps made.
func unsettled(w io.Writer, journal string, outcomes []operations.Outcome) {
	began := false
	for _, o := range outcomes {
		if !o.PerhapsMade() {
			continue
		}
		if !began {
			fmt.Fprintln(w, "Look at the service for each of these, and then tell the journal:")
			began = true
		}
		fmt.Fprintf(w, "  line %d: snapshots journal settle %q %q URL   or   snapshots journal forget %q %q\n", o.Row.Line, journal, o.Key, journal, o.Key)
	}
}

var linkColumns = []output.Column[operations.Outcome]{
	{Name: "line", Value: func(o operations.Outcome) any { return o.Row.Line }},
	{Name: "key", Value: func(o operations.Outcome) any { return o.Row.Key }},
	{Name: "snapshot_id", Value: func(o operations.Outcome) any { return o.Snapshot.ID }},
	{Name: "snapshot", Value: func(o operations.Outcome) any { return o.Snapshot.Name }},
	{Name: "type", Value: func(o operations.Outcome) any { return o.Row.Type }},
	{Name: "state", Value: func(o operations.Outcome) any { return o.State }, Color: func(o operations.Outcome) output.Color {
		switch {
		case o.Err == nil:
			return output.Green
		case o.PerhapsMade():
			return output.Yellow
		}
		return output.Red
	}},
	{Name: "url", Value: func(o operations.Outcome) any {
		if o.Link == nil {
			return nil
		}
		return o.Link.URL
	}},
	{Name: "error", Wrap: true, Value: func(o operations.Outcome) any {
		if o.Err == nil {
			return nil
		}
		return o.Err.Error()
	}},
}

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/connect"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/spf13/cobra"
)

// shareMany creates the links of a file.
func (a *app) shareMany(cmd *cobra.Command, flags shareFlags) error {
	for _, name := range []string{"type", "relationship-number", "location"} {
		if cmd.Flags().Changed(name) {
			return &usageError{fmt.Errorf("--%s cannot be combined with --file: the rows set it", name)}
		}
	}
	if flags.concurrent < 1 {
		return &usageError{errors.New("--concurrent must be more than 0")}
	}
	format, err := resultsFormat(flags.results)
	if err != nil {
		return &usageError{err}
	}
	journalPath := flags.journal
	switch {
	case journalPath != "":
	case flags.file == "-":
		return &usageError{errors.New("rows from standard input need --journal FILE, so that an interrupted run can continue")}
	case a.sandbox:
		journalPath = flags.file + sandboxJournalEnding
	default:
		journalPath = flags.file + journalEnding
	}
	rows, err := a.readRows(flags.file)
	if err != nil {
		return err
	}
	if err := checkFiles(flags.file, journalPath, flags.results); err != nil {
		return &usageError{err}
	}
	c, client, err := a.connectClient()
	if err != nil {
		return err
	}
	options := operations.LinkOptions{
		Company: c.Company, Repeats: flags.allowRepeats, Concurrent: flags.concurrent,
		Service: c.Service, Links: operations.NewLinkRecord(c.Links),
	}
	planned, err := operations.Plan(cmd.Context(), &operations.Finder{Client: client}, flags.file, rows, options)
	if err != nil {
		return err
	}
	if flags.dryRun {
		return a.plan(c, func(client *api.Client) (err error) {
			for _, o := range planned {
				if _, err = operations.MakeLink(cmd.Context(), client, o.Request()); !errors.Is(err, connect.ErrDryRun) {
					break
				}
			}
			return err
		})
	}
	if err := a.confirm(flags.yes, fmt.Sprintf("Each of the %d links can end the one of its type that was handed out before.", len(planned)), "Make them?"); err != nil {
		return err
	}
	if options.Journal, err = api.OpenJournal(journalPath); err != nil {
		return err
	}
	defer options.Journal.Close()
	progress, end := a.bar()
	options.Progress = progress
	outcomes, err := operations.MakeLinks(cmd.Context(), client, planned, options)
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
	return operations.ReadRows(path, in)
}

// checkFiles rejects file names that would overwrite the rows, the journal or the results, before anything is created.
func checkFiles(rows, journal, results string) error {
	if sameFile(rows, journal) {
		return fmt.Errorf("--journal: %s holds the rows", journal)
	}
	if results == "" {
		return nil
	}
	if sameFile(results, rows) || sameFile(results, journal) {
		return fmt.Errorf("--results: %s holds the rows or the journal, and would be overwritten", results)
	}
	info, err := os.Stat(results)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("--results: %s is a directory", results)
	case err == nil && !info.Mode().IsRegular():
		return nil
	}
	try, err := os.CreateTemp(filepath.Dir(results), ".results-")
	if err != nil {
		return fmt.Errorf("--results: %w", err)
	}
	return errors.Join(try.Close(), os.Remove(try.Name()))
}

// sameFile reports whether two names refer to the same file, even if it does not exist.
func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(infoA, infoB)
	}
	a, errA = filepath.Abs(a)
	b, errB = filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// resultsFormat returns the format for the extension of the results file.
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

// reportLinks writes the outcomes of the rows, to the results file as well, and says what is left to do.
func (a *app) reportLinks(outcomes []operations.Outcome, failed error, format output.Format, results, journal string) error {
	signal.Ignore(syscall.SIGPIPE) // a closed reader would end the command before everything is reported
	var err error
	if results != "" {
		var b strings.Builder
		err = errors.Join(output.Rows(output.Writer{Out: &b, Format: format}, linkColumns, output.All(outcomes)), fileio.Replace(results, []byte(b.String())))
	}
	err = errors.Join(err, output.Rows(a.writer(), linkColumns, output.All(outcomes)))
	fmt.Fprintf(a.stderr, "%s; the journal is %s\n", operations.Summary(outcomes), output.Visible(journal))
	unsettled(a.stderr, journal, outcomes)
	return errors.Join(err, failed)
}

// unsettled lists the rows whose links may have been created.
func unsettled(w io.Writer, journal string, outcomes []operations.Outcome) {
	began := false
	for _, o := range outcomes {
		if !o.PerhapsMade() {
			continue
		}
		if !began {
			fmt.Fprintln(w, "Look at the service for each of these, and then record what you have found:")
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
	{Name: "state", Value: func(o operations.Outcome) any { return o.State }, Color: func(state any) output.Color {
		switch state {
		case api.JournalDone:
			return output.Green
		case api.JournalPerhaps, api.JournalUnreadable:
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

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
	"github.com/highlevel-go/snapshots/internal/report"
)

func acceptCommand(s *sources) *cobra.Command {
	var prune bool
	var pick pick
	cmd := &cobra.Command{
		Use:   "accept PAGES",
		Short: "Write the facts of pages into the record of their API version",
		Long: `Writes the facts of the pages (files, directories or URLs) into the records, each page into the record of its API version: the one named
by its OpenAPI document, else by its URL, else by its Version header, else by --version. A version without a record gets one. An operation
of an OpenAPI document that does not name a version belongs to the version of the other operations of the document, if they agree, and
otherwise to the record unversioned.yaml.
Operations whose pages are not given are left unchanged, unless --prune is set, which only affects versions of which a page is given.
So are facts that a page of its kind cannot show: a script, for example, has no requirements.

A record contains no prose. The texts of the pages are stored beside it in the directory .pages, which git ignores, so that explain can
show the words that a page removes.

If a page cannot be understood completely, or two sources of one operation disagree, nothing is written. Pages in a directory are skipped
if they belong to parts of the documentation that the records do not cover.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, unreadable, err := readPages(cmd.ErrOrStderr(), args)
			if err != nil {
				return err
			}
			records, err := check.ReadRecords(s.docs)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			pick.name(pages)
			given := len(pages)
			pages = slices.DeleteFunc(pages, func(p parsedPage) bool {
				return len(records) > 0 && !slices.ContainsFunc(records, func(r *facts.Document) bool { return drift.Concerns(r, p.compared()) })
			})
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
			best, twice, err := bestSources(cmd.ErrOrStderr(), pages)
			if err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "specdrift: nothing was written")
				return err
			}
			return s.accept(cmd.OutOrStdout(), records, append(best, twice...), prune)
		},
	}
	cmd.Flags().BoolVar(&prune, "prune", false, "remove operations whose pages are not given, in the versions of which pages are given")
	pick.versionFlag(cmd)
	return cmd
}

// accept writes pages into the records of their versions.
func (s *sources) accept(stdout io.Writer, records []*facts.Document, pages []drift.Page, prune bool) error {
	var output strings.Builder
	known := slices.Clone(records) // the record of a page that names no version must not depend on the order of the pages
	type given struct {
		record *facts.Document
		id     string
	}
	from := map[given]string{} // the file that an operation of a record comes from
	for _, page := range pages {
		record, version, candidates := drift.RecordFor(known, page)
		if len(candidates) > 0 {
			return fmt.Errorf("%s: the page of %s names no API version; say which one it is of with --version; nothing was written", page.Pos, page.ID)
		}
		if i := slices.IndexFunc(records, func(r *facts.Document) bool { return r.Version == version }); record == nil && i >= 0 {
			record = records[i] // an earlier page has started it
		}
		if record == nil {
			var err error
			if record, err = check.NewRecord(s.docs, version); err != nil {
				return fmt.Errorf("%s: %w; nothing was written", page.Pos, err)
			}
			if slices.ContainsFunc(records, func(r *facts.Document) bool { return r.File == record.File }) {
				return fmt.Errorf("%s: the API version of the page is %s, that of %s is another one; name a directory with --docs; nothing was written", page.Pos, cmp.Or(version, check.Unversioned), record.File)
			}
			records = append(records, record)
		}
		op, updated := drift.Accept(record, page)
		if file, again := from[given{record, op.ID}]; again {
			return fmt.Errorf("%s: the page of %s was given before, as %s; nothing was written", page.Pos, op.ID, file)
		}
		from[given{record, op.ID}] = page.File
		verb := "added"
		if updated {
			verb = "updated"
		}
		fmt.Fprintf(&output, "%s %s: %d facts from %s to %s\n", verb, op.ID, len(page.Facts), page.File, record.File)
	}
	for _, record := range records {
		isMissing := func(op *facts.Operation) bool { return from[given{record, op.ID}] == "" }
		pruned := slices.DeleteFunc(slices.Clone(record.Operations), isMissing)
		if len(pruned) == 0 {
			continue
		}
		if prune {
			record.Operations = pruned
		}
		if err := writeRecord(record); err != nil {
			return err
		}
	}
	if err := check.SaveTexts(s.docs, records); err != nil {
		return err
	}
	_, err := io.WriteString(stdout, output.String())
	return err
}

// bestSources returns the best page of each operation when pages of several forms are given, such as a twin and a rendered
// page. If they disagree, it writes the differences and returns an exit code. It returns further pages of the same form in
// twice.
func bestSources(stderr io.Writer, pages []parsedPage) (best, twice []drift.Page, err error) {
	var compared []drift.Page
	for _, page := range pages {
		compared = append(compared, page.compared())
	}
	best, twice, disagreements := drift.CompareSources(compared)
	for _, f := range disagreements {
		if err := report.Explain(stderr, f, false, isTerminal(stderr)); err != nil {
			return nil, nil, err
		}
	}
	if len(disagreements) > 0 {
		err = exit(drift.Drift)
	}
	return best, twice, err
}

// writeRecord writes a record in a fixed order.
func writeRecord(record *facts.Document) error {
	data, err := check.EncodeRecord(record)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(record.File), 0o755); err != nil {
		return err
	}
	return fileio.Replace(record.File, data)
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

func importCommand() *cobra.Command {
	var out, list string
	var merge, complete bool
	cmd := &cobra.Command{
		Use:   "import PAGES -o OUT",
		Short: "Turn pages into OpenAPI documents",
		Long: `Turns pages (files, directories or URLs) into OpenAPI 3.0, with the prose of the pages as descriptions. OUT is a .json or .yaml file for
one document of all pages (like --merge), or a directory for one document per page. If a page does not show what is nested in what, the
most likely nesting is chosen, marked with x-uncertain, and reported.

For a page of a saved site, the operation in the site's scripts is preferred to the rendered page; --facts lists every fact with the
source, file and line that it came from.

A page may omit a parameter of its path, and two pages may use different names for the same one, which OpenAPI does not allow.
--complete adds and renames such parameters, and marks those it adds with x-uncertain.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usageError{fmt.Errorf("say where to write with -o FILE or -o DIRECTORY")}
			}
			if out == "-" {
				return usageError{fmt.Errorf("documents are not written to the terminal; name a file or directory after -o")}
			}
			pages, unreadable, err := readPages(cmd.ErrOrStderr(), args)
			if err != nil {
				return err
			}
			failed := printProblems(cmd.ErrOrStderr(), unreadable, pages)
			best, twice, disagree := bestSources(cmd.ErrOrStderr(), pages)
			var operations []*facts.Operation
			pages = slices.DeleteFunc(pages, func(p parsedPage) bool {
				return !slices.ContainsFunc(append(best, twice...), func(b drift.Page) bool { return b.Operation == p.Operation })
			})
			for _, page := range pages {
				operations = append(operations, page.Operation)
			}
			if len(operations) == 0 {
				return exitCannotJudge
			}
			if complete {
				operations = facts.Complete(operations)
			}
			extension := strings.ToLower(filepath.Ext(out))
			if extension == ".json" || extension == ".yaml" || extension == ".yml" {
				err = writeDocument(out, operations)
			} else if merge {
				err = usageError{fmt.Errorf("-merge needs a .json or .yaml file after -o")}
			} else {
				err = writeEach(out, pages, operations)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d operations from %d pages written to %s\n", len(operations), len(pages), out)
			if list != "" {
				if err := writeFacts(list, pages); err != nil {
					return err
				}
			}
			if failed > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "specdrift: %d pages could not be understood completely\n", failed)
				return exitCannotJudge
			}
			return disagree
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "file (.json, .yaml) or directory to write to")
	cmd.Flags().StringVar(&list, "facts", "", "also list every fact with its source in this file, tab-separated")
	cmd.Flags().BoolVar(&merge, "merge", false, "write one document for all pages")
	cmd.Flags().BoolVar(&complete, "complete", false, "add path parameters that no page describes, and use one name for the same parameter")
	return cmd
}

func writeEach(directory string, pages []parsedPage, operations []*facts.Operation) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	used := map[string]bool{}
	for i, page := range pages {
		name := page.ID
		if page.Section != "" {
			name = page.Section + "__" + name
		}
		name = strings.Map(fileRune, name)
		for used[name] {
			name += "_"
		}
		used[name] = true
		if err := writeDocument(filepath.Join(directory, name+".json"), []*facts.Operation{operations[i]}); err != nil {
			return err
		}
	}
	return nil
}

// fileRune prevents a page's name from becoming a path.
func fileRune(r rune) rune {
	if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
		return '-'
	}
	return r
}

func writeDocument(file string, operations []*facts.Operation) error {
	document, err := facts.Write(operations, facts.WriteOptions{Title: "Imported from documentation pages", Version: "1", Prose: true})
	if err != nil {
		return err
	}
	encode := facts.EncodeYAML
	if strings.EqualFold(filepath.Ext(file), ".json") {
		encode = facts.EncodeJSON
	}
	data, err := encode(document)
	if err != nil {
		return err
	}
	return fileio.Replace(file, data)
}

// writeFacts lists every fact with its source.
func writeFacts(file string, pages []parsedPage) error {
	var out strings.Builder
	out.WriteString("operation\tplace\taspect\tvalue\tsource\tfile\tline\n")
	cell := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for _, page := range pages {
		for _, f := range page.Facts {
			source := page.Source
			if f.Pos.File != page.File { // added from another source of the same page
				source = "rendered page"
			}
			fmt.Fprintf(&out, "%s\t%s\t%s\t%s\t%s\t%s\t%d\n", cell.Replace(page.ID), cell.Replace(string(f.Place)), f.Aspect, cell.Replace(f.Value), source, cell.Replace(f.Pos.File), f.Pos.Line)
		}
	}
	return fileio.Replace(file, []byte(out.String()))
}

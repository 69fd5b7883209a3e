package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/drift"
)

// sources are the files that a check compares.
type sources struct{ spec, docs, ledger string }

// flags adds the flags that name the files to all commands. --section sets all three. For a spec next to a folder of the
// same name, the records and the ledger in that folder are the default; --docs and --deviations override both.
func (s *sources) flags(root *cobra.Command) {
	var section string
	flags := root.PersistentFlags()
	flags.StringVar(&section, "section", "", "use the files of this section of the API: spec/SECTION.yaml, with docs and deviations.yaml in spec/SECTION")
	flags.StringVar(&s.spec, "spec", "spec/snapshots.yaml", "the curated OpenAPI document")
	flags.StringVar(&s.docs, "docs", "spec/docs", "the records of the pages as last accepted: a directory with a file for each API version, or one file")
	flags.StringVar(&s.ledger, "deviations", "spec/deviations.yaml", "the ledger of intended differences")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		files, known := check.FilesOf(s.spec)
		if section != "" {
			if flags.Changed("spec") {
				return usageError{errors.New("name a section with --section or a spec with --spec, not both")}
			}
			var err error
			if files, err = check.SectionFiles(specFolder, section); err != nil {
				return usageError{err}
			}
			known = true
		}
		if !known {
			return nil
		}
		s.spec = files.Spec
		if !flags.Changed("docs") {
			s.docs = files.Docs
		}
		if !flags.Changed("deviations") {
			s.ledger = files.Ledger
		}
		return nil
	}
}

// specFolder is the folder of the specs of the sections.
const specFolder = "spec"

// input reads the files that a check compares.
func (s *sources) input() (drift.Input, error) { return check.Read(s.spec, s.docs, s.ledger) }

// gather reads everything that is compared: what input reads, and the pages.
func (s *sources) gather(cmd *cobra.Command, paths []string, pick pick) (in drift.Input, err error) {
	if in, err = s.input(); err != nil {
		return in, err
	}
	in.Complete = pick.complete
	pages, unreadable, err := readPages(cmd.ErrOrStderr(), paths)
	if err != nil {
		return in, err
	}
	pick.name(pages)
	for _, page := range pages {
		if pick.operation != "" && page.ID != pick.operation {
			return in, fmt.Errorf("%s: this is the page of %s, not of %s", page.Pos, page.ID, pick.operation)
		}
		in.Pages = append(in.Pages, page.compared())
	}
	in.Unreadable = unreadable
	return in, nil
}

// pick contains the flags of a command about its pages.
type pick struct {
	operation string // that they are about; "" is any
	version   string // of the API, of the pages that name none
	complete  bool   // they are all there are
}

// name sets the API version of pages that name none, to that of the flag --version or otherwise to the version of the other
// operations in the same document. The publisher omits the Version header from operations that need none.
func (p pick) name(pages []parsedPage) {
	named := map[string][]string{} // the versions of each file
	for _, page := range pages {
		for _, version := range page.Versions() {
			if !slices.Contains(named[page.File], version) {
				named[page.File] = append(named[page.File], version)
			}
		}
	}
	for _, page := range pages {
		switch others := named[page.File]; {
		case len(page.Versions()) > 0:
		case p.version != "":
			page.Version = p.version
		case len(others) == 1:
			page.Version = others[0]
		}
	}
}

// versionFlag adds the flag --version to a command.
func (p *pick) versionFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.version, "version", "", "the API version of the pages that do not name one, such as 2021-07-28")
}

// completeFlag adds the flag --complete to a command.
func (p *pick) completeFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.complete, "complete", false, "the pages are complete: an operation without a page was removed")
}

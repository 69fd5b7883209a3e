package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/check"
	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// parsedPage is a page as it was read.
type parsedPage struct {
	*docpage.Page
	among bool // it was found in a directory, among others
}

// readPages reads pages from files, directories and URLs. It returns input that cannot be read as a page in unreadable, and
// a path that does not exist as err.
func readPages(stderr io.Writer, paths []string) (pages []parsedPage, unreadable []error, err error) {
	paths, addresses := splitAddresses(paths)
	files, err := docpage.Files(paths)
	if err != nil {
		return nil, nil, err
	}
	if len(addresses) > 0 {
		fetched, failed, err := getPages(stderr, addresses)
		if err != nil {
			return nil, nil, err
		}
		unreadable = failed
		for _, page := range fetched {
			pages = append(pages, parsedPage{page, false})
		}
	}
	origins := origins{}
	for _, file := range files {
		read, err := docpage.ReadFile(file.Path)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		for _, page := range read {
			origins.name(page)
			pages = append(pages, parsedPage{page, file.Among})
		}
	}
	reportFaultsOnce(pages)
	distinguishIDs(pages)
	return pages, unreadable, nil
}

// distinguishIDs changes the id of an operation that has the same id as another one, as happens in the publisher's pages, to
// its method and path, as for an operation without an id. Otherwise one would replace the other in a document or record.
func distinguishIDs(pages []parsedPage) {
	first := map[string]string{}
	for _, page := range pages {
		route := strings.ToLower(page.Value(facts.OperationPlace, facts.Method)) + " " + page.Value(facts.OperationPlace, facts.Path)
		switch known := first[page.ID]; {
		case known == "":
			first[page.ID] = route
		case known != route && page.Guessed:
			page.ID = route
		}
	}
}

// reportFaultsOnce keeps a fault that several files share only in the first of them.
func reportFaultsOnce(pages []parsedPage) {
	in := map[string][]string{} // the files of each fault
	isFault := func(issue docpage.Issue) bool { return issue.Kind == docpage.Fault }
	for _, page := range pages {
		for _, issue := range page.Issues {
			if isFault(issue) && !slices.Contains(in[issue.Message], issue.Pos.File) {
				in[issue.Message] = append(in[issue.Message], issue.Pos.File)
			}
		}
	}
	for _, page := range pages {
		page.Issues = slices.DeleteFunc(page.Issues, func(issue docpage.Issue) bool {
			return isFault(issue) && issue.Pos.File != in[issue.Message][0]
		})
		for i, issue := range page.Issues {
			if more := len(in[issue.Message]) - 1; isFault(issue) && more > 0 {
				files := "files"
				if more == 1 {
					files = "file"
				}
				page.Issues[i].Message = fmt.Sprintf("%s; and the same in %d more %s", issue.Message, more, files)
			}
		}
	}
}

// printProblems writes the unreadable input and the problems of the pages that were read. It returns how many pages cannot
// be judged.
func printProblems(stderr io.Writer, unreadable []error, pages []parsedPage) (failed int) {
	for _, err := range unreadable {
		fmt.Fprintf(stderr, "specdrift: %v\n", err)
	}
	failed = len(unreadable)
	for _, page := range pages {
		for _, issue := range page.Issues {
			fmt.Fprintf(stderr, "specdrift: %v\n", issue)
		}
		if !page.Judgeable() {
			failed++
		}
	}
	return failed
}

// compared returns the page as drift compares it.
func (p parsedPage) compared() drift.Page {
	out := check.Page(p.Page)
	out.Among = p.among
	return out
}

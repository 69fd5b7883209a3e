package sectioninit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// lookAtPages adds what the pages leave open: nesting that is not shown, contradictions, undescribed parameters.
func (s *Section) lookAtPages(pages []drift.Page) {
	var files []string // that were listed because they have no address
	for _, page := range pages {
		if page.Page == "" && !slices.Contains(files, page.Pos.File) { // once for all operations of a document
			files = append(files, page.Pos.File)
			s.addReview("Links", page.Pos.String(), "no address of a page is named here, so that the spec links to none")
		}
		for _, issue := range page.Issues {
			s.addReview("The page is not clear", issue.Pos.String(), "%s: %s", page.ID, issue.Message)
		}
		for _, f := range page.Facts {
			if f.Aspect == facts.Uncertain {
				s.addReview("The page is not clear", f.Pos.String(), "%s, %s: %s", page.ID, f.Place, f.Value)
			}
		}
	}
}

// reviewPage writes REVIEW.md.
func (s *Section) reviewPage(name string) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "# What to look at by hand: %s\n\nWritten by `specdrift init`. Take a line out when it is done; when the list is empty, remove this file.\n", name)
	if len(s.Left) > 0 {
		out.WriteString("\n## By hand\n\n")
		for _, left := range s.Left {
			fmt.Fprintf(&out, "- %s\n", left)
		}
	}
	fmt.Fprintf(&out, "\n## Words\n\n- `%s`: each operation (%d) has the description %q; write what it does, in your own words. `summary` was made from the id.\n", s.Where.Spec, s.Operations, toDescribe)
	var kinds []string
	for _, item := range s.Review {
		if !slices.Contains(kinds, item.Kind) {
			kinds = append(kinds, item.Kind)
		}
	}
	slices.SortFunc(kinds, cmp.Compare)
	for _, kind := range kinds {
		fmt.Fprintf(&out, "\n## %s\n\n", kind)
		for _, item := range s.Review {
			if item.Kind == kind {
				fmt.Fprintf(&out, "- %s: %s\n", item.Place, strings.Join(strings.Fields(item.Text), " "))
			}
		}
	}
	return []byte(out.String())
}

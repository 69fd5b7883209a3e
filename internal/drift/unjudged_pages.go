package drift

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/highlevel-go/snapshots/internal/facts"
)

var filePrefix = regexp.MustCompile(`^([^:]+)(?::(\d+))?: `)

// unreadablePages converts pages that could not be read into findings: a check that could not read a page is not clean.
func (c *checker) unreadablePages() {
	for _, err := range c.Unreadable {
		var pos facts.Pos
		message := err.Error()
		if m := filePrefix.FindStringSubmatch(message); m != nil {
			pos.File, message = m[1], message[len(m[0]):]
			pos.Line, _ = strconv.Atoi(m[2])
		}
		page := &Page{Operation: &facts.Operation{}, File: pos.File}
		c.cannotJudge(page, "unreadable-page", pos, pos.String()+": "+message, "give a page that can be read, or leave it out")
	}
}

// emptySchemas returns the bodies of a page whose schemas were not rendered. Each is a finding, and only these are not
// compared.
func (c *checker) emptySchemas(page *Page, g *pageGroup) (bodies []facts.Place) {
	for _, issue := range page.Issues {
		if !issue.isOfBody() {
			continue
		}
		c.add(unjudgeable(issue.Kind, fmt.Sprintf("%s: %s", issue.Place, issue.Message), "fetch the page again, and wait until the page is complete",
			Site{Operation: g.docs.ID, Version: g.edition.docs.Version, Place: issue.Place, Page: &Side{Pos: issue.Pos}, Docs: &Side{Pos: indexOf(g.docs).near(issue.Place, facts.Type)}}))
		bodies = append(bodies, issue.Place)
	}
	return bodies
}

// notUnderstood reports, also as one finding with all lines, whether a page could not be understood. Such a page is not
// compared: what it seems to lack would have the same cause.
func (c *checker) notUnderstood(page *Page) bool {
	var fatal []PageIssue
	for _, issue := range page.Issues {
		switch {
		case issue.isOfBody():
		case issue.Fatal && issue.Partial: // that the page is cut explains lines that were not understood
			fatal = slices.Insert(fatal, 0, issue)
		case issue.Fatal:
			fatal = append(fatal, issue)
		}
	}
	if len(fatal) == 0 {
		for _, issue := range page.Issues {
			if issue.Silent {
				c.remark("%s: %s", issue.Pos, issue.Message)
			}
		}
		return false
	}
	message := fatal[0].Message
	if more := len(fatal) - 1; more > 0 {
		message += fmt.Sprintf("; and %d more of this page", more)
	}
	f := c.cannotJudge(page, fatal[0].Kind, fatal[0].Pos, message, "look at that line; if the page is cut or unrendered, fetch it again")
	for _, issue := range fatal[1:] {
		f.Sites = append(f.Sites, Site{Operation: page.ID, Place: linePlace(issue.Pos), Page: &Side{issue.Message, issue.Pos}})
	}
	return true
}

package drift

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// pagesAndRecord compares the pages with the record.
func (c *checker) pagesAndRecord() {
	var changes []change
	var contradictions []contradiction
	given := map[string]*Page{}
	others := 0
	for i := range c.Pages {
		page := &c.Pages[i]
		docs := recordOf(c.Docs, page)
		if docs == nil {
			switch known := inKnownSection(c.Docs, page); {
			case known:
				ch := operationChange(page.ID, "added")
				ch.to, ch.toText, ch.toPos, ch.fromPos = page.ID, page.ID, page.Pos, c.Docs.Pos
				changes = append(changes, ch)
			case page.Among:
				others++
			default:
				c.cannotJudge(page, "unknown-page", page.Pos, fmt.Sprintf("the page is that of %s, which the record does not hold", page.ID),
					"give the page that was meant, or accept this one with: specdrift accept "+page.File)
			}
			continue
		}
		if first := given[docs.ID]; first != nil {
			c.cannotJudge(page, "page-twice", page.Pos, fmt.Sprintf("the page of %s was given before, as %s", docs.ID, first.File), "give each page once")
			continue
		}
		given[docs.ID] = page
		if page.ID != docs.ID && !page.Guessed {
			c.movedPage(page, docs)
		}
		c.report.Pages++
		c.report.Facts += len(page.Facts)
		if c.notUnderstood(page) || c.isSkeleton(page, docs) {
			continue
		}
		shown, why := withHidden(*page, docs)
		if len(why) > 0 {
			c.remark("%s: such a page does not show everything that the record holds; not compared: %s", page.File, strings.Join(why, "; "))
		}
		shown, more := withoutUnrecorded(shown, docs)
		if len(more) > 0 {
			c.remark("%s: the record was made of a page that does not show everything; not compared: %s", page.File, strings.Join(more, "; "))
		}
		from, to, as := indexOf(docs), indexOf(shown), againstRecord(page, docs)
		unjudged := c.emptySchemas(page, docs)
		found := slices.DeleteFunc(rootCauses(compare(from, to, as), from, to, as), func(ch change) bool {
			return slices.ContainsFunc(unjudged, ch.place.Under)
		})
		changes = append(changes, found...)
		contradictions = append(contradictions, c.contradictions(page, docs, found)...)
		if page.Renderer != docs.Renderer {
			c.oldThemes++
		}
	}
	if c.oldThemes > 0 {
		c.remark("another version of the documentation's theme rendered %s than when they were accepted; what is said there was read all the same", counted(c.oldThemes))
	}
	if others > 0 {
		c.remark("not compared: %s of other parts of the documentation", counted(others))
	}
	if c.Complete {
		for _, docs := range c.Docs.Operations {
			if given[docs.ID] == nil {
				ch := operationChange(docs.ID, "removed")
				ch.from, ch.fromText, ch.fromPos = docs.ID, docs.ID, docs.Pos
				changes = append(changes, ch)
			}
		}
	}
	maker := findingMaker{before: "the docs as accepted", after: "the page", effect: effectFor(secondIsReal), site: c.pageSite, propose: c.proposeForPage}
	changed := maker.findings(changes)
	for _, f := range changed {
		f.Fix += f.acceptance()
	}
	c.add(changed...)
	c.add(groupContradictions(contradictions)...)
}

// pageSite is where a change of a page shows, with what the spec says there.
func (c *checker) pageSite(ch change) Site {
	s := Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.fromText, ch.fromPos}, Page: &Side{ch.toText, ch.toPos}}
	if spec := c.Spec.Operation(ch.operation); spec != nil {
		in := indexOf(spec)
		place := in.placeOf(ch)
		s.Spec = &Side{readable(in.facts[key{place, ch.aspect}]), in.near(place, ch.aspect)}
	}
	return s
}

var filePrefix = regexp.MustCompile(`^([^:]+)(?::(\d+))?: `)

// unreadablePages turns pages that could not be read into findings: they must not pass for no drift.
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

// emptySchemas lists the bodies of a page whose schemas were not rendered, each of which is a finding. Only these are not compared.
func (c *checker) emptySchemas(page *Page, docs *facts.Operation) (bodies []facts.Place) {
	for _, issue := range page.Issues {
		if !issue.isOfBody() {
			continue
		}
		f := &Finding{Kind: issue.Kind, Severity: Error, Unjudgeable: true, Message: fmt.Sprintf("%s: %s", issue.Place, issue.Message), Wire: "unknown", Go: "unknown",
			Fix:   "fetch the page again, and wait until the page is complete",
			Sites: []Site{{Operation: docs.ID, Place: issue.Place, Page: &Side{Pos: issue.Pos}, Docs: &Side{Pos: indexOf(docs).near(issue.Place, facts.Type)}}}}
		f.identify()
		c.add(f)
		bodies = append(bodies, issue.Place)
	}
	return bodies
}

// notUnderstood reports, also as one finding with all its lines, whether a page could not be understood. Such a page is not
// compared: what it seems to lack would follow from the same cause.
func (c *checker) notUnderstood(page *Page) bool {
	var fatal []PageIssue
	for _, issue := range page.Issues {
		switch {
		case issue.isOfBody():
		case issue.Fatal && issue.Partial: // that the page is cut explains lines that were not understood
			fatal = slices.Insert(fatal, 0, issue)
		case issue.Fatal:
			fatal = append(fatal, issue)
		case issue.Silent:
			c.remark("%s: %s", issue.Pos, issue.Message)
		}
	}
	if len(fatal) == 0 {
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

// movedPage tells that the page has another address than the one that was accepted.
func (c *checker) movedPage(page *Page, docs *facts.Operation) {
	f := &Finding{Kind: "page-moved", Severity: Warning, Message: fmt.Sprintf("the page of %s calls itself %s now", docs.ID, page.ID),
		Wire: "none", Go: "the link in the documentation leads nowhere", Fix: "give the operation the new operationId and link in " + c.Spec.File + ", then accept the page",
		Sites: []Site{{Operation: docs.ID, Place: facts.OperationPlace, Page: &Side{page.ID, page.Pos}, Docs: &Side{docs.ID, docs.Pos}}}}
	f.identify()
	c.add(f)
}

func counted(pages int) string {
	if pages == 1 {
		return "1 page"
	}
	return fmt.Sprintf("%d pages", pages)
}

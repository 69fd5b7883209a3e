package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// pagesAndRecords compares each page with the record of its API version.
func (c *checker) pagesAndRecords() {
	var changes []change
	var contradictions []contradiction
	for _, g := range c.sortPages(&changes) {
		page := c.bestSource(g)
		if page == nil || c.isSkeleton(page, g.docs) {
			continue
		}
		shown, why := withHidden(*page, g.docs)
		if len(why) > 0 {
			c.remark("%s: such a page does not show everything that the record holds; not compared: %s", page.File, strings.Join(why, "; "))
		}
		shown, more := withoutUnrecorded(shown, g.docs)
		if len(more) > 0 {
			c.remark("%s: the record was made of a page that does not show everything; not compared: %s", page.File, strings.Join(more, "; "))
		}
		from, to, as := indexOf(g.docs), indexOf(shown), againstRecord(page, g.docs)
		unjudged := c.emptySchemas(page, g)
		found := slices.DeleteFunc(g.edition.own(differences(from, to, as)...), func(ch change) bool {
			return slices.ContainsFunc(unjudged, ch.place.Under)
		})
		found = c.incompleteSchemas(page, g, found)
		changes = append(changes, found...)
		contradictions = append(contradictions, c.contradictions(page, g, found)...)
		if page.Renderer != g.docs.Renderer {
			c.oldThemes++
		}
	}
	if c.oldThemes > 0 {
		c.remark("another version of the documentation's theme rendered %s than when they were accepted; they were read anyway", counted(c.oldThemes))
	}
	maker := findingMaker{before: "the docs as accepted", after: "the page", effect: effectFor(secondIsReal), site: pageSite, propose: proposeForPage}
	changed := maker.findings(changes)
	for _, f := range changed {
		f.Fix += f.acceptance()
	}
	c.add(changed...)
	c.add(groupContradictions(contradictions)...)
}

// pageGroup is the pages of one operation in one API version: one page, or several sources of it.
type pageGroup struct {
	edition *edition
	docs    *facts.Operation
	pages   []*Page
}

// sortPages groups the pages by the operation of the record that they are about. A page without such an operation is a
// change, or cannot be judged.
func (c *checker) sortPages(changes *[]change) []*pageGroup {
	records := c.records()
	at := map[*facts.Operation]*pageGroup{}
	given := map[*edition]bool{}
	var sorted []*pageGroup
	var ofNewVersions []newVersion
	others := 0
	for i := range c.Pages {
		page := &c.Pages[i]
		record, version, candidates := RecordFor(records, *page)
		known := slices.ContainsFunc(records, func(r *facts.Document) bool { return isKnown(r, page) })
		var docs *facts.Operation
		var e *edition
		if record != nil && isKnown(record, page) {
			docs, e = recordOf(record, page), c.editions[slices.Index(records, record)]
			given[e] = true
		}
		switch {
		case docs != nil:
			if at[docs] == nil {
				at[docs] = &pageGroup{edition: e, docs: docs}
				sorted = append(sorted, at[docs])
			}
			at[docs].pages = append(at[docs].pages, page)
		case e != nil:
			*changes = append(*changes, e.own(operationChange("added", "", c.idOf(page), record.Pos, page.Pos))...)
		case known && version != "":
			ofNewVersions = append(ofNewVersions, newVersion{version, page})
		case known && len(candidates) > 0:
			c.cannotJudge(page, "unknown-version", page.Pos, fmt.Sprintf("the page of %s names no API version, and there are records of %s", page.ID, versionNames(candidates)),
				"say which one it is of: --version "+candidates[0].Version)
		case page.Among:
			others++
		default:
			c.cannotJudge(page, "unknown-page", page.Pos, fmt.Sprintf("the page is that of %s, which the record does not hold", page.ID),
				"give the page that was meant, or accept this one with: specdrift accept "+page.File)
		}
	}
	if others > 0 {
		c.remark("not compared: %s of other parts of the documentation", counted(others))
	}
	c.newVersions(ofNewVersions)
	if c.Complete {
		*changes = append(*changes, c.missingPages(at, given)...)
	}
	return sorted
}

// idOf returns the id that a record of any version gives to a page's operation, otherwise the page's own id.
func (c *checker) idOf(page *Page) string {
	for _, record := range c.records() {
		if op := byRoute(record, page.Operation); op != nil && page.Guessed {
			return op.ID
		}
	}
	return page.ID
}

// records returns the records of the editions.
func (c *checker) records() (records []*facts.Document) {
	for _, e := range c.editions {
		records = append(records, e.docs)
	}
	return records
}

// bestSource counts the pages of an operation, compares different sources with one another, and returns the one to compare
// with the record; nil if none can be judged.
func (c *checker) bestSource(g *pageGroup) *Page {
	var understood []Page
	for _, page := range g.pages {
		c.report.Pages++
		c.report.Facts += len(page.Facts)
		if page.ID != g.docs.ID && !page.Guessed && g.docs.Page != "" && g.docs.Page != page.Page { // the names of operations in a document differ from those in pages
			c.movedPage(page, g)
		}
		if !c.notUnderstood(page) {
			understood = append(understood, *page)
		}
	}
	best, twice, disagreements := CompareSources(understood)
	for _, page := range twice {
		c.report.Pages--
		c.report.Facts -= len(page.Facts)
		first := g.pages[slices.IndexFunc(g.pages, func(p *Page) bool { return p.Source == page.Source })]
		c.cannotJudge(&page, "page-twice", page.Pos, fmt.Sprintf("the page of %s was given before, as %s", g.docs.ID, first.File), "give each page once")
	}
	c.add(disagreements...)
	if len(best) == 0 {
		return nil
	}
	return &best[0]
}

// pageSite returns the site of a change of a page, with what the spec says there.
func pageSite(ch change) Site {
	s := Site{Operation: ch.operation, Version: ch.edition.docs.Version, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.fromText, ch.fromPos}, Page: &Side{ch.toText, ch.toPos}}
	if spec := ch.edition.spec.Operation(ch.operation); spec != nil {
		in := indexOf(spec)
		place := in.placeOf(ch)
		s.Spec = in.side(place, ch.aspect)
	}
	return s
}

// movedPage reports a page whose URL differs from the accepted one.
func (c *checker) movedPage(page *Page, g *pageGroup) {
	docs, spec := g.docs, g.edition.spec
	f := &Finding{Kind: "page-moved", Severity: Warning, Message: fmt.Sprintf("the page of %s calls itself %s now", docs.ID, page.ID),
		Wire: "none", Go: "the link in the documentation leads nowhere", Fix: "give the operation the new operationId and link in " + spec.File + ", then accept the page",
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

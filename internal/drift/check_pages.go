package drift

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
		c.remark("another version of the documentation's theme rendered %s than when they were accepted; what is said there was read all the same", counted(c.oldThemes))
	}
	maker := findingMaker{before: "the docs as accepted", after: "the page", effect: effectFor(secondIsReal), site: pageSite, propose: proposeForPage}
	changed := maker.findings(changes)
	for _, f := range changed {
		f.Fix += f.acceptance()
	}
	c.add(changed...)
	c.add(groupContradictions(contradictions)...)
}

// pageGroup are the pages of one operation in one API version: one, or several sources of the same.
type pageGroup struct {
	edition *edition
	docs    *facts.Operation
	pages   []*Page
}

// sortPages groups the pages by the operation of the record that they are about. A page without such an operation is a change, or
// cannot be judged.
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

// idOf is the id that a record gives to a page's operation, in any version; else the page's own.
func (c *checker) idOf(page *Page) string {
	for _, record := range c.records() {
		if op := byRoute(record, page.Operation); op != nil && page.Guessed {
			return op.ID
		}
	}
	return page.ID
}

// records are those of the editions.
func (c *checker) records() (records []*facts.Document) {
	for _, e := range c.editions {
		records = append(records, e.docs)
	}
	return records
}

// newVersion is a page of an API version that no record is of.
type newVersion struct {
	version string
	page    *Page
}

// newVersions makes one finding of all pages of a version that no record is of.
func (c *checker) newVersions(pages []newVersion) {
	byVersion := map[string]*Finding{}
	for _, p := range pages {
		f := byVersion[p.version]
		if f == nil {
			f = &Finding{ID: "version-added||" + p.version, Kind: "version-added", Severity: Warning, Wire: "none: the client sends the versions that " + c.Spec.File + " lists",
				Message: fmt.Sprintf("the documentation has the API version %s; there are records of %s", p.version, versionNames(c.records())),
				Go:      "none until the version is wanted"}
			byVersion[p.version] = f
			c.add(f)
		}
		at, _ := p.page.Get(facts.VersionHeader, facts.Enum)
		if at.Pos.Line == 0 {
			at.Pos = p.page.Pos
		}
		f.Sites = append(f.Sites, Site{Operation: c.idOf(p.page), Version: p.version, Place: facts.VersionHeader, Aspect: facts.Enum, Page: &Side{p.version, at.Pos}})
		f.accept = append(f.accept, p.page.File)
	}
	for version, f := range byVersion {
		f.Fix = fmt.Sprintf("look at what differs (specdrift versions PAGES), %s; what specdrift check finds then goes into %s or the ledger, with version: %s", f.acceptance(), c.Spec.File, version)
	}
}

// missingPages lists the operations of the records that have no page, where all pages were given. An API version without any page is
// one finding.
func (c *checker) missingPages(at map[*facts.Operation]*pageGroup, given map[*edition]bool) (removed []change) {
	for _, e := range c.editions {
		if !given[e] && len(given) > 0 && e.docs.Version != "" {
			c.add(&Finding{ID: "version-removed||" + e.docs.Version, Kind: "version-removed", Severity: Error,
				Message: fmt.Sprintf("none of the pages is of the API version %s, of which there is a record", e.docs.Version),
				Wire:    "calls of that version may be refused", Go: "clients must send another version",
				Fix:   fmt.Sprintf("fetch its pages too (specdrift fetch --version %s); if the documentation has dropped it, take it out of %s and remove %s", e.docs.Version, c.Spec.File, e.docs.File),
				Sites: []Site{{Version: e.docs.Version, Place: facts.VersionHeader, Aspect: facts.Enum, Docs: &Side{e.docs.Version, facts.Pos{File: e.docs.File}}}}})
			continue
		}
		for _, docs := range e.docs.Operations {
			if at[docs] == nil {
				removed = append(removed, e.own(operationChange("removed", docs.ID, "", docs.Pos, facts.Pos{}))...)
			}
		}
	}
	return removed
}

// bestSource counts the pages of an operation, compares those that are different sources with one another, and returns the one to
// compare with the record; nil if none can be judged.
func (c *checker) bestSource(g *pageGroup) *Page {
	var understood []Page
	for _, page := range g.pages {
		c.report.Pages++
		c.report.Facts += len(page.Facts)
		if page.ID != g.docs.ID && !page.Guessed && g.docs.Page != "" && g.docs.Page != page.Page { // a document names its operations otherwise than pages do
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

// pageSite is where a change of a page shows, with what the spec says there.
func pageSite(ch change) Site {
	s := Site{Operation: ch.operation, Version: ch.edition.docs.Version, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.fromText, ch.fromPos}, Page: &Side{ch.toText, ch.toPos}}
	if spec := ch.edition.spec.Operation(ch.operation); spec != nil {
		in := indexOf(spec)
		place := in.placeOf(ch)
		s.Spec = in.side(place, ch.aspect)
	}
	return s
}

var filePrefix = regexp.MustCompile(`^([^:]+)(?::(\d+))?: `)

// unreadablePages turns pages that could not be read into findings: a check that could not read a page is not clean.
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

// movedPage reports that the page has another address than the one that was accepted.
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

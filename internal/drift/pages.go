package drift

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// pagesAndDocs compares the pages with the record.
func (c *checker) pagesAndDocs() {
	var changes []change
	var unclear []contradiction
	given := map[string]*Page{}
	others := 0
	for i := range c.Pages {
		page := &c.Pages[i]
		docs := recordOf(c.Docs, page)
		if docs == nil {
			if page.Among && !knownSection(c.Docs, page) {
				others++
				continue
			}
			if !knownSection(c.Docs, page) {
				c.cannotJudge(page, "unknown-page", page.Pos, fmt.Sprintf("the page is that of %s, which the record does not hold", page.ID),
					"give the page that was meant, or accept this one with: specdrift accept "+page.File)
				continue
			}
			changes = append(changes, change{operation: page.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "added",
				to: page.ID, toWords: page.ID, toPos: page.Pos, fromPos: c.Docs.Pos})
			continue
		}
		if first := given[docs.ID]; first != nil {
			c.cannotJudge(page, "page-twice", page.Pos, fmt.Sprintf("the page of %s was given before, as %s", docs.ID, first.File), "give each page once")
			continue
		}
		given[docs.ID] = page
		if page.ID != docs.ID && !page.Guessed {
			c.moved(page, docs)
		}
		c.report.Pages++
		c.report.Facts += len(page.Facts)
		if c.pageIssues(page) || c.hollow(page, docs) {
			continue
		}
		from, to := indexOf(docs), indexOf(page.Operation)
		found := causes(compare(from, to, pageAgainstDocs, page.Hides), from, to, pageAgainstDocs, page.Hides)
		changes = append(changes, found...)
		unclear = append(unclear, c.contradictions(page, docs, found)...)
		if page.Renderer != docs.Renderer {
			c.report.Remarks = append(c.report.Remarks, "renderer")
		}
	}
	c.rendererRemark()
	if others > 0 {
		c.report.Remarks = append(c.report.Remarks, fmt.Sprintf("not compared: %s of other parts of the documentation", counted(others)))
	}
	if c.Complete {
		for _, docs := range c.Docs.Operations {
			if given[docs.ID] == nil {
				changes = append(changes, change{operation: docs.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "removed",
					from: docs.ID, fromWords: docs.ID, fromPos: docs.Pos})
			}
		}
	}
	site := func(ch change) Site {
		s := Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.fromWords, ch.fromPos}, Page: &Side{ch.toWords, ch.toPos}}
		if spec := c.Spec.Operation(ch.operation); spec != nil {
			in := indexOf(spec)
			place := in.calls(ch)
			s.Spec = &Side{wordsOf(in.facts[key{place, ch.aspect}]), in.near(place, ch.aspect)}
		}
		return s
	}
	changed := group(changes, "the docs as accepted", "the page", judgedBy(toSide), site, c.advisePage)
	for _, f := range changed {
		f.Fix += f.acceptance()
	}
	c.report.Findings = append(c.report.Findings, changed...)
	c.report.Findings = append(c.report.Findings, groupContradictions(unclear)...)
}

var filePrefix = regexp.MustCompile(`^([^:]+)(?::(\d+))?: `)

// unreadable turns pages that are none into findings: what cannot be read must not pass for no drift.
func (c *checker) unreadable() {
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

// recordOf finds the record of a page: by its own name, else by method and path.
func recordOf(record *facts.Document, page *Page) *facts.Operation {
	docs := record.Operation(page.ID)
	if docs != nil && !page.Guessed {
		return docs
	}
	for _, op := range record.Operations {
		if op.Value(facts.OperationPlace, facts.Method) == page.Value(facts.OperationPlace, facts.Method) &&
			strings.TrimRight(op.Value(facts.OperationPlace, facts.Path), "/") == strings.TrimRight(page.Value(facts.OperationPlace, facts.Path), "/") {
			return op
		}
	}
	return docs
}

// knownSection: a new page in a section that the record covers is a new operation.
func knownSection(record *facts.Document, page *Page) bool {
	dir := func(address string) string {
		i := strings.LastIndexByte(address, '/')
		return address[:max(i, 0)]
	}
	return page.Page != "" && !page.Guessed && slices.ContainsFunc(record.Operations, func(op *facts.Operation) bool { return dir(op.Page) == dir(page.Page) })
}

// pageIssues turns what could not be read into findings. It reports whether comparing is of no use.
func (c *checker) pageIssues(page *Page) (partial bool) {
	for _, issue := range page.Issues {
		switch {
		case issue.Fatal:
			c.cannotJudge(page, issue.Kind, issue.Pos, issue.Message, "look at that line; if the page is cut or unrendered, fetch it again")
			partial = partial || issue.Partial
		case issue.Silent:
			c.report.Remarks = append(c.report.Remarks, issue.Pos.String()+": "+issue.Message)
		}
	}
	return partial
}

func (c *checker) cannotJudge(page *Page, kind string, pos facts.Pos, message, fix string) {
	f := &Finding{Kind: kind, Severity: Error, Unjudgeable: true, Message: message, Fix: fix, Wire: "unknown", Go: "unknown",
		Sites: []Site{{Operation: page.ID, Place: facts.Place(fmt.Sprintf("line %d", pos.Line)), Page: &Side{Pos: pos}}}}
	f.identify()
	if page.ID == "" {
		f.ID = kind + "|" + pos.File + "|" + string(f.Sites[0].Place)
	}
	if c.report.Find(f.ID) == nil {
		c.report.Findings = append(c.report.Findings, f)
	}
}

// moved: the page has another address than the one that was accepted.
func (c *checker) moved(page *Page, docs *facts.Operation) {
	f := &Finding{Kind: "page-moved", Severity: Warning, Message: fmt.Sprintf("the page of %s calls itself %s now", docs.ID, page.ID),
		Wire: "none", Go: "the link in the documentation leads nowhere", Fix: "give the operation the new operationId and link in " + c.Spec.File + ", then accept the page",
		Sites: []Site{{Operation: docs.ID, Place: facts.OperationPlace, Page: &Side{page.ID, page.Pos}, Docs: &Side{docs.ID, docs.Pos}}}}
	f.identify()
	c.report.Findings = append(c.report.Findings, f)
}

func counted(pages int) string {
	if pages == 1 {
		return "1 page"
	}
	return fmt.Sprintf("%d pages", pages)
}

// rendererRemark says once that the site is rendered by another version.
func (c *checker) rendererRemark() {
	count := 0
	c.report.Remarks = slices.DeleteFunc(c.report.Remarks, func(remark string) bool {
		if remark == "renderer" {
			count++
		}
		return remark == "renderer"
	})
	if count > 0 {
		c.report.Remarks = append(c.report.Remarks, fmt.Sprintf("another version of the documentation's theme rendered %s than when they were accepted; what is said there was read all the same", counted(count)))
	}
}

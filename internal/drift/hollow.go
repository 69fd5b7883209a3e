package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// hollow tells a page that lost all its schemas from one that changed. There is a moment in which a browser has taken the
// placeholders away and not yet put the content there; saved then, a page has its statuses and nothing in them. No change
// of an API takes every body, or every parameter together with the request body, out of an operation at once.
func (c *checker) hollow(page *Page, docs *facts.Operation) bool {
	before, now := countParts(docs), countParts(page.Operation)
	switch {
	case before.bodies > 1 && now.bodies == 0:
		c.cannotJudge(page, "hollow-page", page.Pos, fmt.Sprintf("the page shows no schema of any response, where it had %d: it was saved before they were rendered", before.bodies), "fetch it again, and wait until the page is complete")
	case before.inputs > 1 && now.inputs == 0:
		c.cannotJudge(page, "hollow-page", page.Pos, fmt.Sprintf("the page shows nothing of the request, where it had %d parameters and a body: it was saved before they were rendered", before.inputs), "fetch it again, and wait until the page is complete")
	default:
		return false
	}
	return true
}

type parts struct{ bodies, inputs int }

// countParts counts the responses with a body, and the parameters and request body.
func countParts(op *facts.Operation) parts {
	var p parts
	for _, f := range op.Facts {
		switch thing := thingOf(f.Place); {
		case f.Aspect == facts.MediaType && thing == "response":
			p.bodies++
		case f.Aspect == facts.Present && (thing == "parameter" || thing == "body"):
			p.inputs++
		}
	}
	return p
}

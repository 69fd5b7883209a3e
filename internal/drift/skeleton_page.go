package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// isSkeleton reports, also as a finding, whether a page lost all its schemas. For a short time, a browser has removed the
// placeholders and not yet inserted the content; a page saved then has its statuses and nothing in them. No change of an API
// removes every body, or every parameter together with the request body, at once.
func (c *checker) isSkeleton(page *Page, docs *facts.Operation) bool {
	lost := ""
	switch before, now := countParts(docs), countParts(page.Operation); {
	case before.bodies > 1 && now.bodies == 0:
		lost = fmt.Sprintf("the page shows no schema of any response, where it had %d", before.bodies)
	case before.inputs > 1 && now.inputs == 0:
		lost = fmt.Sprintf("the page shows nothing of the request, where it had %d parameters and a body", before.inputs)
	default:
		return false
	}
	c.cannotJudge(page, "hollow-page", page.Pos, lost+": it was saved before they were rendered", "fetch it again, and wait until the page is complete")
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

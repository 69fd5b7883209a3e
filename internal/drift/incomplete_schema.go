package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// incompleteSchemas replaces the changes of a body by one finding if the body's schema no longer lists fields that its
// printed JSON still has. Schema and JSON are generated from the same document, so the page has lost part of the schema. A
// single change is not replaced: it is more likely a change of the API.
func (c *checker) incompleteSchemas(page *Page, g *pageGroup, found []change) []change {
	before, now := indexOf(g.docs), indexOf(page.Operation)
	for _, body := range g.docs.Facts {
		if body.Aspect != facts.Sample {
			continue
		}
		isHere := func(place facts.Place) bool { return inBody(place, body.Place) }
		lost := slices.DeleteFunc(slices.Clone(page.Unlisted), func(place facts.Place) bool {
			return !isHere(place) || !before.says(place, facts.Present) || now.says(place, facts.Present)
		})
		isOfSchema := func(ch change) bool {
			return isHere(ch.place) && (ch.place != body.Place || ch.aspect == facts.Type || ch.aspect == facts.Union || ch.aspect == facts.Sample)
		}
		structural := 0
		for _, ch := range found {
			if isOfSchema(ch) && (ch.aspect == facts.Present || ch.aspect == facts.Type || ch.aspect == facts.Union) {
				structural++
			}
		}
		if len(lost) == 0 || structural < 2 {
			continue
		}
		found = slices.DeleteFunc(found, isOfSchema)
		names := make([]string, len(lost))
		sites := make([]Site, len(lost))
		for i, place := range lost {
			names[i] = strings.TrimPrefix(string(place), string(body.Place)+".")
			sites[i] = Site{Operation: g.docs.ID, Version: g.edition.docs.Version, Place: place,
				Page: &Side{Pos: now.near(place, facts.Present)}, Docs: &Side{Pos: before.near(place, facts.Present)}}
		}
		if more := len(names) - 3; more > 0 {
			names = append(names[:3], fmt.Sprintf("and %d more", more))
		}
		message := fmt.Sprintf("%s: the schema does not list %s, which its printed JSON still has: the page is incomplete", body.Place, strings.Join(names, ", "))
		c.add(unjudgeable("incomplete-schema", message,
			"fetch the page again; if the printed JSON is an example that was not updated, accept the page with: specdrift accept "+page.File, sites...))
	}
	return found
}

// inBody reports whether a place is in the schema of a body, and not in another media type or a header of it.
func inBody(place, body facts.Place) bool {
	return place == body || place.Under(body) && place[len(body)] != '@' && place[len(body)] != '#'
}

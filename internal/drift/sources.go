package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// sourceOrder lists the forms of a page, the most reliable first.
var sourceOrder = []string{"twin", "openapi", "payload", "html", "markdown"}

func rankOfSource(p Page) int {
	if i := slices.Index(sourceOrder, p.Source); i >= 0 {
		return i
	}
	return len(sourceOrder)
}

// sourceOf identifies the operation and API version that a page is a source of.
func (p Page) sourceOf() string {
	return strings.Join(p.Versions()[:min(1, len(p.Versions()))], "") + " " + routeOf(p.Operation)
}

// CompareSources returns the best source of each operation and API version among pages, and where other sources of the same
// disagree with it. A further page of the same form is returned in twice, since it is not known which one is meant.
func CompareSources(pages []Page) (best, twice []Page, disagreements []*Finding) {
	var changes []change
	at := map[string]int{}
	for _, page := range pages {
		same := page.sourceOf()
		i, again := at[same]
		switch {
		case !again || pathOf(page.Operation) == "":
			at[same] = len(best)
			best = append(best, page)
		case rankOfSource(best[i]) == rankOfSource(page):
			twice = append(twice, page)
		default:
			if rankOfSource(page) < rankOfSource(best[i]) {
				best[i], page = page, best[i]
			}
			changes = append(changes, sourceDifferences(&best[i], &page)...)
		}
	}
	maker := findingMaker{before: "one source", after: "the other", propose: func(*Finding, change) {},
		effect: func(change) effect {
			return effect{Warning, "unknown: two sources of one page say different things", "none until it is known which holds"}
		},
		site: func(ch change) Site { // the other side becomes a separate site below
			return Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect, Page: &Side{ch.fromText, ch.fromPos}, Docs: &Side{ch.toText, ch.toPos}}
		}}
	for _, f := range maker.findings(changes) {
		f.Kind, f.ID, f.Message = "sources-disagree", "sources-disagree|"+f.ID, "two sources of one page disagree: "+f.Message
		f.Fix = fmt.Sprintf("look at %s and %s, try the call, and leave out the source that is wrong", f.Sites[0].Page.Pos, f.Sites[0].Docs.Pos)
		var sites []Site
		for _, site := range f.Sites {
			other := site
			other.Page, other.Docs, site.Docs = site.Docs, nil, nil
			sites = append(sites, site, other)
		}
		f.Sites = sites
		disagreements = append(disagreements, f)
	}
	return best, twice, disagreements
}

// sourceDifferences returns the differences between two sources of a page, of which the second is less reliable. What its
// form cannot show, or where it is uncertain, is not a difference.
func sourceDifferences(sure, other *Page) []change {
	record := *sure.Operation
	record.Unseen = sure.Unseen
	shown, _ := withHidden(*other, &record)
	shown, _ = withoutUnrecorded(shown, &record)
	return slices.DeleteFunc(differences(indexOf(&record), indexOf(shown), againstRecord(other, &record)), func(c change) bool {
		return c.aspect == facts.Title || sure.isUncertain(c.place) || other.isUncertain(c.place) // a renderer derives titles from names
	})
}

// isUncertain reports whether a place, or one that contains it, may be wrong.
func (p *Page) isUncertain(place facts.Place) bool {
	for at := place; at != ""; at = at.Parent() {
		if p.Value(at, facts.Uncertain) != "" {
			return true
		}
	}
	return false
}

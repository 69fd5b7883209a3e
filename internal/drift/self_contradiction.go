package drift

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// contradiction is a place where a page contradicts itself.
type contradiction struct {
	PageIssue
	operation  string
	docs, spec *Side
}

// contradictions returns the contradictions of a page that no difference from the record explains.
func (c *checker) contradictions(page *Page, g *pageGroup, found []change) (out []contradiction) {
	for _, issue := range page.Issues {
		explained := issue.Place != "" && slices.ContainsFunc(found, func(ch change) bool { return ch.place == issue.Place || ch.newPlace == issue.Place })
		if !issue.isContradiction() || explained {
			continue
		}
		if slices.Contains(g.docs.Contradictions, issue.fingerprint()) {
			c.remark("%s: %s; it was so when the page was accepted", issue.Pos, issue.Message)
			continue
		}
		side := func(op *facts.Operation) *Side {
			if op == nil {
				return nil
			}
			return indexOf(op).side(issue.Place, issue.Aspect)
		}
		out = append(out, contradiction{issue, g.docs.ID, side(g.docs), side(g.edition.spec.Operation(g.docs.ID))})
	}
	return out
}

// groupContradictions creates one finding for the same contradiction on several pages, and for several contradictions of one
// page about one aspect of a place, such as several parts of a sample call that are not understood.
func groupContradictions(all []contradiction) []*Finding {
	type cause struct {
		key
		message string
	}
	type about struct {
		key
		id string
	}
	byCause := map[cause]*Finding{}
	var alike []*Finding
	for _, it := range all {
		same := cause{key{it.Place, it.Aspect}, it.Message}
		f := byCause[same]
		if f == nil {
			f = &Finding{Kind: "page-contradicts-itself", Severity: Warning, Message: it.Message,
				Wire: "unknown: the page says two things", Go: "none until it is known which holds", Fix: "look at both places of the page, and try the call"}
			byCause[same] = f
			alike = append(alike, f)
		}
		f.Sites = append(f.Sites, Site{Operation: it.operation, Place: it.Place, Aspect: it.Aspect, Page: &Side{it.Message, it.Pos}, Docs: it.docs, Spec: it.spec})
	}
	at, more := map[about]*Finding{}, map[*Finding]int{}
	var out []*Finding
	for _, f := range alike {
		f.identify()
		same := about{key{f.Sites[0].Place, f.Sites[0].Aspect}, f.ID}
		if first := at[same]; first != nil {
			more[first]++
			first.Sites = append(first.Sites, f.Sites...)
			continue
		}
		at[same] = f
		f.detail = string(f.Sites[0].Aspect)
		out = append(out, f)
	}
	for f, n := range more {
		f.Message = fmt.Sprintf("%s; and %d more about the same", f.Message, n)
	}
	makeDistinct(out)
	return out
}

package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// recordsAndSpec compares each record with the spec, operation by operation.
func (c *checker) recordsAndSpec(open []change) {
	var onPurpose []change
	var names []string
	for _, e := range c.editions {
		c.report.Versions = append(c.report.Versions, e.docs.Version)
		for _, docs := range e.docs.Operations {
			names = append(names, docs.ID)
			c.report.Facts += len(docs.Facts)
			spec := e.spec.Operation(docs.ID)
			if spec == nil {
				open = append(open, e.own(operationChange("missing", docs.ID, "", docs.Pos, e.spec.Pos))...)
				continue
			}
			c.externalDocs(docs, spec)
			from, to := indexOf(withRequiredPath(docs, spec)), indexOf(spec)
			as := recordAgainstSpec(docs)
			c.notCompared(docs, spec, as)
			found, explained := e.ledger.split(compare(from, to, as))
			found, more := e.ledger.split(rootCauses(found, from, to, as))
			open = append(open, e.own(found...)...)
			onPurpose = append(append(onPurpose, e.own(explained...)...), e.own(more...)...)
		}
	}
	for _, part := range c.Spec.Unread {
		c.remark("%s: not compared: %s of the spec", part.Pos, part.What)
	}
	slices.Sort(names)
	c.report.Operations = len(slices.Compact(names))
	open = append(open, c.extraOperations()...)
	maker := findingMaker{before: "the docs", after: "the spec", effect: effectFor(firstIsReal), propose: proposeForSpec, back: true, site: func(ch change) Site {
		return Site{Operation: ch.operation, Version: ch.edition.docs.Version, Place: ch.place, Aspect: ch.aspect,
			Docs: &Side{ch.fromText, ch.fromPos}, Spec: &Side{ch.toText, ch.toPos}}
	}}
	c.add(maker.findings(open)...)
	maker.effect = effectOfResolving
	c.report.OnPurpose = maker.findings(onPurpose)
	for _, f := range c.report.OnPurpose {
		f.Why, f.Fix, f.Edits = c.Ledger.reason(f), "nothing; the difference is on purpose", nil
	}
}

// extraOperations returns the operations of the spec that are in no record, and those missing from a version that their
// Version header lists.
func (c *checker) extraOperations() (extra []change) {
	for i, e := range c.editions {
		for _, spec := range e.spec.Operations {
			nowhere := !slices.ContainsFunc(c.editions, func(other *edition) bool {
				return byRoute(other.docs, spec) != nil || other.docs.Operation(spec.ID) != nil
			})
			if e.docs.Operation(spec.ID) == nil && (e.claims(spec) || nowhere && i == 0) {
				ch := operationChange("extra", "", spec.ID, e.docs.Pos, spec.Pos)
				if !nowhere {
					ch.toOp = spec
				}
				extra = append(extra, e.own(ch)...)
			}
		}
	}
	return extra
}

// notCompared adds a remark for each aspect of an operation that the spec states and that pages of the documentation cannot
// show.
func (c *checker) notCompared(docs, spec *facts.Operation, as comparison) {
	known := indexOf(docs)
	var hidden factGroups
	for _, f := range spec.Facts {
		if known.says(f.Place, f.Aspect) || as.skip(f.Place, f.Aspect) || !as.lacks(f.Place, f.Aspect) {
			continue
		}
		hidden.add(f, string(f.Aspect))
	}
	for _, aspect := range hidden.keys {
		first, more := hidden.facts[aspect][0], ""
		if n := len(hidden.facts[aspect]) - 1; n > 0 {
			more = fmt.Sprintf(", and of %d more places", n)
		}
		c.remark("%s: not compared, because the page of %s cannot show it: %s of %s%s", first.Pos, docs.ID, aspect, first.Place, more)
	}
}

// externalDocs checks that the documentation that the spec links to for an operation is the accepted page. A link is
// optional.
func (c *checker) externalDocs(docs, spec *facts.Operation) {
	plain := func(address string) string {
		return facts.WithoutVersion(strings.TrimRight(strings.TrimSuffix(address, "index.html"), "/"))
	}
	if docs.Page == "" || spec.Page == "" || plain(docs.Page) == plain(spec.Page) {
		return
	}
	f := &Finding{Kind: "link-differs", Severity: Warning, Message: fmt.Sprintf("the spec links to %s as the documentation of %s, which was read at %s", spec.Page, docs.ID, docs.Page),
		Wire: "none", Go: "the comment of the method leads to another page", Fix: fmt.Sprintf("%s: set url of externalDocs to %s, or accept the page that is linked to", spec.PagePos, docs.Page),
		Sites: []Site{{Operation: docs.ID, Place: facts.OperationPlace, Docs: &Side{docs.Page, docs.PagePos}, Spec: &Side{spec.Page, spec.PagePos}}}}
	f.identify()
	if c.report.Find(f.ID) == nil {
		c.add(f)
	}
}

package drift

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// matchByRoute gives an operation of the spec that has another id the one that the docs give to its method and path, so
// that a changed id is one finding and not a lost operation and a new one.
func (c *checker) matchByRoute() (renamed []change) {
	c.ownIDs = map[string]string{}
	spec := &facts.Document{File: c.Spec.File, Pos: c.Spec.Pos, Strays: c.Spec.Strays, Unread: c.Spec.Unread}
	for _, op := range c.Spec.Operations {
		for _, docs := range c.Docs.Operations {
			if routeOf(docs) != routeOf(op) || c.Docs.Operation(op.ID) != nil || c.Spec.Operation(docs.ID) != nil || c.ownIDs[docs.ID] != "" {
				continue
			}
			c.ownIDs[docs.ID] = op.ID
			ch := operationChange(docs.ID, "renamed")
			ch.from, ch.to, ch.fromText, ch.toText, ch.renamed = docs.ID, op.ID, docs.ID, op.ID, op.ID
			ch.newPlace, ch.fromPos, ch.toPos = facts.OperationPlace, docs.Pos, op.Pos
			renamed = append(renamed, ch)
			alias := *op
			alias.ID = docs.ID
			op = &alias
			break
		}
		spec.Operations = append(spec.Operations, op)
	}
	c.Spec = spec
	return renamed
}

// recordAndSpec compares the record with the spec, operation by operation.
func (c *checker) recordAndSpec(open []change) {
	var onPurpose []change
	for _, docs := range c.Docs.Operations {
		c.report.Operations++
		c.report.Facts += len(docs.Facts)
		spec := c.Spec.Operation(docs.ID)
		if spec == nil {
			ch := operationChange(docs.ID, "missing")
			ch.from, ch.fromText, ch.fromPos, ch.toPos = docs.ID, docs.ID, docs.Pos, c.Spec.Pos
			open = append(open, ch)
			continue
		}
		c.externalDocs(docs, spec)
		from, to := indexOf(docs), indexOf(spec)
		as := recordAgainstSpec(docs)
		c.notCompared(docs, spec, as)
		differences, explained := c.Ledger.split(compare(from, to, as))
		differences, more := c.Ledger.split(rootCauses(differences, from, to, as))
		open = append(open, differences...)
		onPurpose = append(append(onPurpose, explained...), more...)
	}
	for _, part := range c.Spec.Unread {
		c.remark("%s: not compared: %s of the spec", part.Pos, part.What)
	}
	for _, spec := range c.Spec.Operations {
		if c.Docs.Operation(spec.ID) == nil {
			ch := operationChange(spec.ID, "extra")
			ch.to, ch.toText, ch.fromPos, ch.toPos = spec.ID, spec.ID, c.Docs.Pos, spec.Pos
			open = append(open, ch)
		}
	}
	maker := findingMaker{before: "the docs", after: "the spec", effect: effectFor(firstIsReal), propose: c.proposeForSpec, site: func(ch change) Site {
		return Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect,
			Docs: &Side{ch.fromText, ch.fromPos}, Spec: &Side{ch.toText, ch.toPos}}
	}}
	c.add(maker.findings(open)...)
	maker.effect = effectOfResolving
	c.report.OnPurpose = maker.findings(onPurpose)
	for _, f := range c.report.OnPurpose {
		f.Why, f.Fix, f.Edits = c.Ledger.reason(f), "nothing; the difference is on purpose", nil
	}
}

// notCompared remarks, for each aspect of an operation, that the spec says it and that the documentation's pages cannot show it.
func (c *checker) notCompared(docs, spec *facts.Operation, as comparison) {
	known := indexOf(docs)
	var order []facts.Aspect
	places := map[facts.Aspect][]facts.Fact{}
	for _, f := range spec.Facts {
		if _, said := known.facts[key{f.Place, f.Aspect}]; said || as.skip(f.Place, f.Aspect) || !as.lacks(f.Place, f.Aspect) || !facts.OnlyInDocuments(f.Place, f.Aspect) {
			continue
		}
		if places[f.Aspect] == nil {
			order = append(order, f.Aspect)
		}
		places[f.Aspect] = append(places[f.Aspect], f)
	}
	for _, aspect := range order {
		first, more := places[aspect][0], ""
		if n := len(places[aspect]) - 1; n > 0 {
			more = fmt.Sprintf(", and of %d more places", n)
		}
		c.remark("%s: not compared, because the page of %s cannot show it: %s of %s%s", first.Pos, docs.ID, aspect, first.Place, more)
	}
}

// externalDocs checks that what a spec links to as an operation's documentation is the page that was accepted. It may link to
// nothing.
func (c *checker) externalDocs(docs, spec *facts.Operation) {
	plain := func(address string) string { return strings.TrimRight(strings.TrimSuffix(address, "index.html"), "/") }
	if docs.Page == "" || spec.Page == "" || plain(docs.Page) == plain(spec.Page) {
		return
	}
	f := &Finding{Kind: "link-differs", Severity: Warning, Message: fmt.Sprintf("the spec links to %s as the documentation of %s, which was read at %s", spec.Page, docs.ID, docs.Page),
		Wire: "none", Go: "the comment of the method leads to another page", Fix: fmt.Sprintf("%s: set url of externalDocs to %s, or accept the page that is linked to", spec.PagePos, docs.Page),
		Sites: []Site{{Operation: docs.ID, Place: facts.OperationPlace, Docs: &Side{docs.Page, docs.PagePos}, Spec: &Side{spec.Page, spec.PagePos}}}}
	f.identify()
	c.add(f)
}

package drift

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Input is what a check compares.
type Input struct {
	Docs, Spec *facts.Document
	Ledger     *Ledger
	Pages      []Page
	// Unreadable are pages that could not even be read: each is an error whose text begins with file and line.
	Unreadable []error
	// Complete means that the pages are all there are, so that a page that is missing is a removed operation.
	Complete bool
	// Today is compared with the ledger's review dates; zero leaves them alone.
	Today time.Time
}

// Page is a page as it is now, with what could not be made of it.
type Page struct {
	*facts.Operation
	File string
	// Guessed: no link of the page itself says which one it is.
	Guessed bool
	// Hides reports whether this kind of source does not show an aspect of a place, so that its absence says nothing. Nil
	// hides nothing.
	Hides  func(facts.Place, facts.Aspect) bool
	Issues []PageIssue
	// Among: the page was found in a directory, where pages of other parts of the site may lie too.
	Among bool
}

// PageIssue is something that is wrong with a page.
type PageIssue struct {
	Kind    string
	Place   facts.Place
	Aspect  facts.Aspect
	Message string
	Pos     facts.Pos
	// Fatal: the page could not be judged. Partial: not even what was read can be compared.
	Fatal, Partial bool
	// Silent issues, such as an undecidable nesting, are remarks.
	Silent bool
}

// Check compares the record with the spec, and the pages with the record.
func Check(in Input) *Report {
	c := &checker{Input: in, report: &Report{}}
	if c.Ledger == nil {
		c.Ledger = &Ledger{}
	}
	renamed := c.matchByRoute()
	c.unreadable()
	c.docsAndSpec(renamed)
	c.pagesAndDocs()
	c.report.Findings = append(c.report.Findings, c.Ledger.audit(c.Docs, c.Spec, c.Today, c.report.Findings)...)
	sort.SliceStable(c.report.Findings, func(i, j int) bool {
		a, b := c.report.Findings[i], c.report.Findings[j]
		if rank(a) != rank(b) {
			return rank(a) < rank(b)
		}
		return a.ID < b.ID
	})
	return c.report
}

func rank(f *Finding) int {
	switch {
	case f.Unjudgeable:
		return 0
	case f.Severity == Error:
		return 1
	case f.Severity == Warning:
		return 2
	}
	return 3
}

type checker struct {
	Input
	report *Report
	named  map[string]string // what the spec calls an operation that the docs call otherwise
}

// matchByRoute gives an operation of the spec that has another id the one that the docs give to its method and path, so
// that a changed id is one finding and not a lost operation and a new one.
func (c *checker) matchByRoute() (renamed []change) {
	c.named = map[string]string{}
	route := func(op *facts.Operation) string {
		return op.Value(facts.OperationPlace, facts.Method) + " " + strings.TrimRight(op.Value(facts.OperationPlace, facts.Path), "/")
	}
	spec := &facts.Document{File: c.Spec.File, Pos: c.Spec.Pos, Strays: c.Spec.Strays}
	for _, op := range c.Spec.Operations {
		for _, docs := range c.Docs.Operations {
			if route(docs) != route(op) || c.Docs.Operation(op.ID) != nil || c.Spec.Operation(docs.ID) != nil || c.named[docs.ID] != "" {
				continue
			}
			c.named[docs.ID] = op.ID
			renamed = append(renamed, change{operation: docs.ID, place: facts.OperationPlace, newPlace: facts.OperationPlace, aspect: facts.Present, thing: "operation",
				verb: "renamed", from: docs.ID, to: op.ID, fromWords: docs.ID, toWords: op.ID, renamed: op.ID, fromPos: docs.Pos, toPos: op.Pos})
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

// inSpec is the id of an operation in the spec.
func (c *checker) inSpec(id string) string {
	if own := c.named[id]; own != "" {
		return own
	}
	return id
}

// docsAndSpec compares the record with the spec, operation by operation.
func (c *checker) docsAndSpec(open []change) {
	var excused []change
	for _, docs := range c.Docs.Operations {
		c.report.Operations++
		c.report.Facts += len(docs.Facts)
		spec := c.Spec.Operation(docs.ID)
		if spec == nil {
			open = append(open, change{operation: docs.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "missing",
				from: docs.ID, fromWords: docs.ID, fromPos: docs.Pos, toPos: c.Spec.Pos})
			continue
		}
		c.link(docs, spec)
		from, to := indexOf(docs), indexOf(spec)
		differences, explained := c.Ledger.excuse(compare(from, to, specAgainstDocs, nil))
		differences, more := c.Ledger.excuse(causes(differences, from, to, specAgainstDocs, nil))
		open = append(open, differences...)
		excused = append(append(excused, explained...), more...)
	}
	for _, spec := range c.Spec.Operations {
		if c.Docs.Operation(spec.ID) == nil {
			open = append(open, change{operation: spec.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "extra",
				to: spec.ID, toWords: spec.ID, fromPos: c.Docs.Pos, toPos: spec.Pos})
		}
	}
	site := func(ch change) Site {
		return Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect,
			Docs: &Side{ch.fromWords, ch.fromPos}, Spec: &Side{ch.toWords, ch.toPos}}
	}
	c.report.Findings = append(c.report.Findings, group(open, "the docs", "the spec", judgedBy(fromSide), site, c.adviseSpec)...)
	c.report.Excused = group(excused, "the docs", "the spec", effectOf, site, c.adviseSpec)
	for _, f := range c.report.Excused {
		f.Why = c.Ledger.reason(f)
	}
}

// link: what a spec links to as an operation's documentation is the page that was accepted. It may link to nothing.
func (c *checker) link(docs, spec *facts.Operation) {
	plain := func(address string) string { return strings.TrimRight(strings.TrimSuffix(address, "index.html"), "/") }
	if docs.Page == "" || spec.Page == "" || plain(docs.Page) == plain(spec.Page) {
		return
	}
	f := &Finding{Kind: "link-differs", Severity: Warning, Message: fmt.Sprintf("the spec links to %s as the documentation of %s, which was read at %s", spec.Page, docs.ID, docs.Page),
		Wire: "none", Go: "the comment of the method leads to another page", Fix: fmt.Sprintf("%s: set url of externalDocs to %s, or accept the page that is linked to", spec.PagePos, docs.Page),
		Sites: []Site{{Operation: docs.ID, Place: facts.OperationPlace, Docs: &Side{docs.Page, docs.PagePos}, Spec: &Side{spec.Page, spec.PagePos}}}}
	f.identify()
	c.report.Findings = append(c.report.Findings, f)
}

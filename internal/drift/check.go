package drift

import (
	"fmt"
	"slices"
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
	// Hidden are aspects that this kind of source never shows.
	Hidden []facts.Aspect
	Issues []PageIssue
	// Among: the page was found in a directory, where pages of other parts of the site may lie too.
	Among bool
}

// PageIssue is something that is wrong with a page.
type PageIssue struct {
	Kind    string
	Place   facts.Place
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
	c.docsAndSpec()
	c.pagesAndDocs()
	c.report.Findings = append(c.report.Findings, c.Ledger.audit(in.Docs, in.Spec, in.Today)...)
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
}

// docsAndSpec compares the record with the spec, operation by operation.
func (c *checker) docsAndSpec() {
	var open, excused []change
	for _, docs := range c.Docs.Operations {
		c.report.Operations++
		c.report.Facts += len(docs.Facts)
		spec := c.Spec.Operation(docs.ID)
		if spec == nil {
			open = append(open, change{operation: docs.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "missing",
				from: docs.ID, fromPos: docs.Pos, toPos: facts.Pos{File: c.Spec.File}})
			continue
		}
		from, to := indexOf(docs), indexOf(spec)
		differences, explained := c.Ledger.excuse(compare(from, to, specAgainstDocs, nil))
		open = append(open, causes(differences, from, to, specAgainstDocs)...)
		excused = append(excused, explained...)
	}
	for _, spec := range c.Spec.Operations {
		if c.Docs.Operation(spec.ID) == nil {
			open = append(open, change{operation: spec.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "extra",
				to: spec.ID, fromPos: facts.Pos{File: c.Docs.File}, toPos: spec.Pos})
		}
	}
	site := func(ch change) Site {
		return Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect,
			Docs: &Side{ch.from, ch.fromPos}, Spec: &Side{ch.to, ch.toPos}}
	}
	c.report.Findings = append(c.report.Findings, group(open, "the docs", "the spec", site, c.adviseSpec)...)
	c.report.Excused = group(excused, "the docs", "the spec", site, c.adviseSpec)
}

// adviseSpec: docs and spec differ, so the spec follows, or the ledger gets a reason.
func (c *checker) adviseSpec(f *Finding, first change) {
	e := Edit{Operation: first.operation, Place: first.place, Aspect: first.aspect, From: first.to, To: first.from, Pos: first.toPos}
	if first.renamed != "" {
		e.Place, e.Rename = first.newPlace, lastName(first.place)
	}
	f.Edits = []Edit{e}
	f.Fix = fmt.Sprintf("%s: %s; or, if the spec is right, write an entry in %s and name it there with x-deviation", first.toPos, e.words(), orDefault(c.Ledger.File, "deviations.yaml"))
}

func orDefault(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// words says an edit as an instruction.
func (e Edit) words() string {
	switch {
	case e.Rename != "":
		return fmt.Sprintf("rename %s to %s", e.Place, e.Rename)
	case e.Aspect == facts.Present && e.To == "":
		return fmt.Sprintf("remove %s", e.Place)
	case e.Aspect == facts.Present:
		return fmt.Sprintf("add %s", e.Place)
	case e.To == "":
		return fmt.Sprintf("remove %s of %s", e.Aspect, e.Place)
	}
	return fmt.Sprintf("set %s of %s to %s", e.Aspect, e.Place, show(e.To))
}

// pagesAndDocs compares the pages with the record.
func (c *checker) pagesAndDocs() {
	var changes []change
	given := map[string]*Page{}
	others := 0
	for i := range c.Pages {
		page := &c.Pages[i]
		docs := c.recordOf(page)
		if docs == nil {
			if page.Among && !c.knownSection(page) {
				others++
				continue
			}
			if !c.knownSection(page) {
				c.cannotJudge(page, "unknown-page", page.Pos, fmt.Sprintf("the page is that of %s, which the record does not hold", page.ID),
					"give the page that was meant, or accept this one with: specdrift accept "+page.File)
				continue
			}
			changes = append(changes, change{operation: page.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "added",
				to: page.ID, toPos: page.Pos, fromPos: facts.Pos{File: c.Docs.File}})
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
		if c.pageIssues(page, docs) {
			continue
		}
		from, to := indexOf(docs), indexOf(page.Operation)
		found := causes(compare(from, to, pageAgainstDocs, page.Hidden), from, to, pageAgainstDocs)
		changes = append(changes, found...)
		c.contradictions(page, docs, found)
		if page.Renderer != docs.Renderer {
			c.report.Remarks = append(c.report.Remarks, "renderer")
		}
	}
	c.rendererRemark()
	if others > 0 {
		c.report.Remarks = append(c.report.Remarks, fmt.Sprintf("%d pages belong to other parts of the documentation and were not compared", others))
	}
	if c.Complete {
		for _, docs := range c.Docs.Operations {
			if given[docs.ID] == nil {
				changes = append(changes, change{operation: docs.ID, place: facts.OperationPlace, aspect: facts.Present, thing: "operation", verb: "removed",
					from: docs.ID, fromPos: docs.Pos})
			}
		}
	}
	site := func(ch change) Site {
		s := Site{Operation: ch.operation, Place: ch.place, Aspect: ch.aspect, Docs: &Side{ch.from, ch.fromPos}, Page: &Side{ch.to, ch.toPos}}
		if spec := c.Spec.Operation(ch.operation); spec != nil {
			in := indexOf(spec)
			says := in.facts[key{ch.place, ch.aspect}].Value
			s.Spec = &Side{says, in.near(ch.place, ch.aspect)}
		}
		return s
	}
	c.report.Findings = append(c.report.Findings, group(changes, "the docs as accepted", "the page", site, c.advisePage)...)
}

// recordOf finds the record of a page: by its own name, else by method and path.
func (c *checker) recordOf(page *Page) *facts.Operation {
	docs := c.Docs.Operation(page.ID)
	if docs != nil && !page.Guessed {
		return docs
	}
	for _, op := range c.Docs.Operations {
		if op.Value(facts.OperationPlace, facts.Method) == page.Value(facts.OperationPlace, facts.Method) &&
			strings.TrimRight(op.Value(facts.OperationPlace, facts.Path), "/") == strings.TrimRight(page.Value(facts.OperationPlace, facts.Path), "/") {
			return op
		}
	}
	return docs
}

// knownSection: a new page in a section that the record covers is a new operation.
func (c *checker) knownSection(page *Page) bool {
	dir := func(address string) string {
		i := strings.LastIndexByte(address, '/')
		return address[:max(i, 0)]
	}
	return page.Page != "" && !page.Guessed && slices.ContainsFunc(c.Docs.Operations, func(op *facts.Operation) bool { return dir(op.Page) == dir(page.Page) })
}

// pageIssues turns what could not be read into findings. It reports whether comparing is of no use.
func (c *checker) pageIssues(page *Page, docs *facts.Operation) (partial bool) {
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
	if c.report.Find(f.ID) == nil {
		c.report.Findings = append(c.report.Findings, f)
	}
}

// contradictions are reported where no difference explains them.
func (c *checker) contradictions(page *Page, docs *facts.Operation, found []change) {
	for _, issue := range page.Issues {
		if issue.Fatal || issue.Silent {
			continue
		}
		explained := slices.ContainsFunc(found, func(ch change) bool {
			return ch.place == issue.Place || ch.newPlace == issue.Place || issue.Place == ""
		})
		if explained && issue.Place != "" {
			continue
		}
		f := &Finding{Kind: "page-contradicts-itself", Severity: Warning, Message: issue.Message,
			Wire: "unknown: the page says two things", Go: "none until it is known which holds", Fix: "look at both places of the page, and try the call",
			Sites: []Site{{Operation: docs.ID, Place: issue.Place, Page: &Side{Pos: issue.Pos}, Docs: &Side{Pos: indexOf(docs).near(issue.Place, "")}}}}
		f.identify()
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
		c.report.Remarks = append(c.report.Remarks, fmt.Sprintf("%d pages were rendered by another version of the documentation's theme than when they were accepted; what they say was read all the same", count))
	}
}

// advisePage: the page changed, so the spec follows unless it is there already, and the page is accepted.
func (c *checker) advisePage(f *Finding, first change) {
	accept := "then accept the page: specdrift accept " + first.toPos.File
	spec := c.Spec.Operation(first.operation)
	if spec == nil {
		f.Fix = "write the operation in " + c.Spec.File + ", " + accept
		return
	}
	in := indexOf(spec)
	has := in.facts[key{first.place, first.aspect}]
	e := Edit{Operation: first.operation, Place: first.place, Aspect: first.aspect, From: has.Value, To: first.to, Pos: in.near(first.place, first.aspect)}
	if first.renamed != "" {
		e.Rename, e.To = first.renamed, ""
		if _, done := in.facts[key{first.newPlace, facts.Present}]; done {
			f.Fix = "the spec has the new name already; " + accept
			return
		}
	}
	switch {
	case first.aspect.IsText() || first.aspect == facts.Sample || first.aspect == facts.Title:
		f.Fix = "read what changed, put into the spec what matters, " + accept
	case has.Value == first.to && first.renamed == "":
		f.Fix = "the spec says so already; " + accept
	default:
		f.Edits = []Edit{e}
		f.Fix = fmt.Sprintf("%s: %s, %s", e.Pos, e.words(), accept)
	}
}

// group puts the same change in several operations together: they have one root cause.
func group(changes []change, before, after string, site func(change) Site, advise func(*Finding, change)) []*Finding {
	var out []*Finding
	at := map[string]*Finding{}
	for _, c := range mergeValues(changes) {
		cause := strings.Join([]string{kindOf(c), string(c.place), string(c.aspect), c.from, c.to, c.value, c.became, string(c.newPlace)}, "\x00")
		if c.thing == "operation" && c.aspect == facts.Present {
			cause += c.operation
		}
		f := at[cause]
		if f == nil {
			e := effectOf(c)
			f = &Finding{Kind: kindOf(c), Severity: e.severity, Wire: e.wire, Go: e.program, Message: describe(c, before, after)}
			if c.thing == "operation" && c.aspect == facts.Present {
				f.Message = describe(change{place: facts.Place(c.operation), aspect: c.aspect, from: c.from, to: c.to}, before, after)
			}
			at[cause] = f
			out = append(out, f)
			advise(f, c)
		}
		f.Sites = append(f.Sites, site(c))
	}
	for _, f := range out {
		f.identify()
	}
	disambiguate(out)
	return out
}

// mergeValues makes one change of a value that left an enum and one that came in its place.
func mergeValues(changes []change) []change {
	type at struct {
		operation string
		place     facts.Place
	}
	counts := map[at][]int{}
	for i, c := range changes {
		if c.aspect == facts.Enum && c.value != "" {
			counts[at{c.operation, c.place}] = append(counts[at{c.operation, c.place}], i)
		}
	}
	drop := map[int]bool{}
	out := slices.Clone(changes)
	for _, list := range counts {
		if len(list) == 2 && out[list[0]].verb != out[list[1]].verb {
			c := &out[list[0]]
			c.verb, c.became = "changed", out[list[1]].value
			drop[list[1]] = true
		}
	}
	kept := out[:0]
	for i, c := range out {
		if !drop[i] {
			kept = append(kept, c)
		}
	}
	return kept
}

// disambiguate: several changes of one kind at one place, such as two new enum values, get the value into their id.
func disambiguate(findings []*Finding) {
	count := map[string]int{}
	for _, f := range findings {
		count[f.ID]++
	}
	for _, f := range findings {
		if count[f.ID] > 1 {
			s := f.Sites[0]
			for _, side := range []*Side{s.Page, s.Spec, s.Docs} {
				if side != nil && side.Says != "" {
					f.ID += "|" + facts.TextHash(f.Message)
					break
				}
			}
		}
	}
}

package drift

import (
	"regexp"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// Page is a current page, with what could not be read on it.
type Page struct {
	*facts.Operation
	File string
	// Source is the form that was read: twin, openapi, payload, html or markdown.
	Source string
	// Guessed means that the page has no link to itself, so its ID was derived from something else.
	Guessed bool
	// Hides returns why a page of this kind can differ from the operation that it shows, which has the fact f; ok is false
	// if the difference counts. Nil hides nothing.
	Hides func(operation *facts.Operation, f facts.Fact, is string) (why string, ok bool)
	// Unlisted are the fields in the page's printed JSON that the schema above it does not list.
	Unlisted []facts.Place
	// Unseen are the aspects that this kind of source never shows.
	Unseen []facts.Aspect
	Issues []PageIssue
	// Among means that the page was found in a directory, which may contain pages of other parts of the site.
	Among bool
}

// PageIssue is a problem of a page.
type PageIssue struct {
	Kind    string
	Place   facts.Place
	Aspect  facts.Aspect
	Message string
	Pos     facts.Pos
	// Fatal means that the page could not be judged, Partial that not even what was read can be compared.
	Fatal, Partial bool
	// Silent issues, such as undecidable nesting, are remarks.
	Silent bool
}

// isOfBody reports whether only one body of the page could not be read, so that everything else can be compared.
func (i PageIssue) isOfBody() bool { return i.Partial && i.Place != "" }

// isContradiction reports whether the page was understood and contradicts itself.
func (i PageIssue) isContradiction() bool { return !i.Fatal && !i.Silent }

var lineNumber = regexp.MustCompile(`\bline \d+`)

// fingerprint identifies a contradiction on a page even if lines move, without storing the page's text.
func (i PageIssue) fingerprint() string {
	return facts.TextHash(string(i.Place) + " " + string(i.Aspect) + " " + lineNumber.ReplaceAllString(i.Message, "line"))
}

// recordOf returns the record of a page's operation: by the page's own name, otherwise by method and path.
func recordOf(record *facts.Document, page *Page) *facts.Operation {
	docs := record.Operation(page.ID)
	if docs != nil && !page.Guessed {
		return docs
	}
	for _, op := range record.Operations {
		if routeOf(op) == routeOf(page.Operation) {
			return op
		}
	}
	return docs
}

// routeOf returns an operation's method and path.
func routeOf(op *facts.Operation) string {
	return op.Value(facts.OperationPlace, facts.Method) + " " + strings.TrimRight(pathOf(op), "/")
}

// inKnownSection reports whether a page belongs to a section that the record covers, where a new page is a new operation.
func inKnownSection(record *facts.Document, page *Page) bool {
	dir := func(address string) string {
		i := strings.LastIndexByte(address, '/')
		return address[:max(i, 0)]
	}
	return slices.ContainsFunc(record.Operations, func(op *facts.Operation) bool {
		if page.Page == "" || page.Guessed { // a page without a URL is recognized by the path of its operation
			return page.Page == "" && firstStep(op) != "" && firstStep(op) == firstStep(page.Operation)
		}
		return op.Page != "" && dir(facts.WithoutVersion(op.Page)) == dir(facts.WithoutVersion(page.Page))
	})
}

// firstStep returns the server and the first step of the path of an operation; "" if that is a parameter.
func firstStep(op *facts.Operation) string {
	step, _, _ := strings.Cut(strings.TrimPrefix(pathOf(op), "/"), "/")
	if step == "" || strings.Contains(step, "{") {
		return ""
	}
	return op.Value(facts.OperationPlace, facts.Server) + "/" + step
}

// isKnown reports whether a record contains the operation of a page, or covers its section.
func isKnown(record *facts.Document, page *Page) bool {
	return recordOf(record, page) != nil || inKnownSection(record, page)
}

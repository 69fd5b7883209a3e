package docpage

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// isDocument reports whether text is an OpenAPI document, of any version: JSON or YAML with the key openapi at the top. A
// truncated document counts, too: its reader reports that.
func isDocument(data []byte) bool {
	text := bytes.TrimSpace(data)
	switch {
	case !bytes.Contains(text, []byte("openapi")):
		return false
	case openAPIFirst.Match(text):
		return true
	case text[0] == '{':
		var top map[string]json.RawMessage
		if json.Unmarshal(text, &top) == nil {
			return top["openapi"] != nil
		}
		return openAPIInJSON.Match(text)
	case !yamlStart.Match(text):
		return false
	}
	at := openAPIInYAML.FindIndex(text)
	return at != nil && !fenceInText.Match(text[:at[0]]) // Markdown can begin like YAML, and contain YAML
}

const beforeYAML = `(?:[%#][^\n]*\n|---[^\n]*\n|\s)*`

var (
	openAPIFirst  = regexp.MustCompile(`^(?:\{\s*"openapi"|` + beforeYAML + `["']?openapi["']?)\s*:\s*["']?\d`)
	openAPIInJSON = regexp.MustCompile(`[{,\s]"?openapi"?\s*:\s*["']?\d`)
	openAPIInYAML = regexp.MustCompile(`(?m)^["']?openapi["']?\s*:\s*["']?\d`)
	yamlStart     = regexp.MustCompile(`^` + beforeYAML + `["']?[A-Za-z_][\w.$-]*["']?\s*:(?:\s|$)`)
	fenceInText   = regexp.MustCompile("(?m)^(?:```|~~~)")
)

// documentPages returns the operations of an OpenAPI document, one page for each.
func documentPages(docs *oas.Documents, source string) ([]*page.Page, error) {
	if key, version := oas.Entry(docs.Root(), "openapi"); version != nil && !strings.HasPrefix(oas.Text(version), "3.") {
		return nil, docs.ErrorAt(key, "openapi: %q is not a version of OpenAPI 3", oas.Text(version))
	}
	document, err := facts.ReadDocuments(docs.AsPublished())
	if err != nil {
		return nil, err
	}
	operations, err := docs.Operations()
	if err != nil {
		return nil, err
	}
	faults := docs.Faults(operations)
	var pages []*page.Page
	for i, op := range document.Operations {
		op.FromDocument = true
		p := &page.Page{Operation: op, File: docs.File(), Source: source, Guessed: true, Hidden: []facts.Aspect{facts.Sample}}
		nameOwnExamples(op)
		readTokens(p, requirements(docs, operations[i]))
		for _, fault := range faults[i] {
			kind := page.Fault
			if fault.Hides {
				kind = page.Truncated
			}
			p.Issues = append(p.Issues, page.Issue{Kind: kind, Pos: facts.Pos{File: fault.File, Line: fault.Line}, Message: fault.Text})
		}
		pages = append(pages, p)
	}
	for _, part := range document.Unread {
		if len(pages) > 0 {
			pages[0].Report(page.Uncertain, part.Pos.Line, "not compared: %s of the document", part.What)
		}
	}
	if len(pages) == 0 {
		return nil, docs.ErrorAt(oas.Child(docs.Root(), "paths"), "the OpenAPI document has no operation")
	}
	return pages, nil
}

// requirement is a way to authorize: a security scheme, and the scopes that it requires.
type requirement struct {
	scheme string
	scopes []string
	line   int
}

// requirements returns the ways to authorize an operation.
func requirements(docs *oas.Documents, operation oas.Operation) (list []requirement) {
	security := oas.Child(operation.Node, "security")
	if security == nil {
		security = oas.Child(docs.Root(), "security")
	}
	if security == nil {
		return nil
	}
	for _, alternative := range security.Content {
		for _, scheme := range oas.Keys(alternative) {
			name, scopes := oas.Entry(alternative, scheme)
			list = append(list, requirement{scheme, oas.Texts(scopes), name.Line})
		}
	}
	return list
}

// securityOf returns the ways to authorize the only operation of a document.
func securityOf(docs *oas.Documents) []requirement {
	operations, err := docs.Operations()
	if err != nil || len(operations) != 1 {
		return nil
	}
	return requirements(docs, operations[0])
}

// tokenOf returns the type of token that a security scheme of the publisher is named after; "" for any other name.
func tokenOf(scheme string) string {
	switch {
	case strings.HasPrefix(scheme, "Agency-"):
		return "Agency Token"
	case strings.HasPrefix(scheme, "Location-"):
		return "Sub-Account Token"
	}
	return ""
}

// readTokens adds the types of tokens and the methods that security schemes are named after, as pages write them.
func readTokens(p *page.Page, security []requirement) {
	var kinds, methods []string
	line := 0
	for _, r := range security {
		kind := tokenOf(r.scheme)
		if kind == "" {
			continue
		}
		kinds, methods = appendNew(kinds, kind), appendNew(methods, "OAuth Access Token")
		if !strings.HasSuffix(r.scheme, "-Only") {
			methods = appendNew(methods, "Private Integration Token")
		}
		if line == 0 {
			line = r.line
		}
	}
	if len(kinds) == 0 {
		p.Hidden = append(p.Hidden, facts.TokenTypes, facts.AuthMethods)
		return
	}
	if p.Value(facts.AuthPlace, facts.TokenTypes) == "" { // not given by x-token-types
		setList(p, facts.TokenTypes, kinds, line)
	}
	if p.Value(facts.AuthPlace, facts.AuthMethods) == "" {
		setList(p, facts.AuthMethods, methods, line)
	}
}

package docpage

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// readMarkdown reads a page as a scraper wrote it.
func readMarkdown(file string, data []byte) (*Page, error) {
	meta, tokens := markdownTokens(string(data))
	page := &Page{File: file, Source: "markdown"}
	return page, read(page, meta, tokens, 0)
}

// readHTML reads a page as a browser shows it. What Markdown loses is kept: which fields are inside which.
func readHTML(file string, data []byte) (*Page, error) {
	document, err := htmlTokens(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	page := &Page{File: file, Source: "html"}
	if err := read(page, nil, document.tokens, document.skeletons); err != nil {
		return page, err
	}
	page.NoParamExamples = !slices.ContainsFunc(page.Facts, func(f facts.Fact) bool {
		return f.Place.IsParam() && (f.Aspect == facts.Example || f.Aspect == facts.Examples)
	})
	if document.tooDeep > 0 {
		page.Report(Unread, document.tooDeep, "what is here is nested deeper than %d elements", maxHTMLDepth)
	}
	if document.cut > 0 {
		page.Report(Truncated, document.cut, "the page ends inside its HTML: <%s> is never closed", document.cutElement)
	}
	return page, nil
}

// read takes the tokens of a page, Markdown or HTML, to facts.
func read(p *Page, meta map[string]string, tokens []token, skeletons int) error {
	if len(tokens) == 0 {
		return fmt.Errorf("%s:1: the page has no content; fetch it again", p.File)
	}
	if len(tokens) > maxTokens {
		return fmt.Errorf("%s:1: the page has %d lines and blocks, more than the %d of the largest page that is read", p.File, len(tokens), maxTokens)
	}
	s, err := split(p, tokens)
	if err != nil {
		return err
	}
	p.Operation = &facts.Operation{Pos: p.At(s.method.line)}
	identify(p, meta, tokens, s)
	panel := readPanel(s.panel)
	readHead(p, s, panel)
	known := shapes{}
	request := readRequest(p, s.request, panel, known)
	responses := readResponses(p, s.response, known)
	emitAll(p, request, responses, known)
	doubtPath(p, s)
	readAuthorization(p, s, panel)
	checkTruncation(p, s, request, responses, panel, skeletons)
	checkPanel(p, s, panel)
	return nil
}

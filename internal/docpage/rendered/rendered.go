package rendered

import (
	"fmt"
	"slices"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/emit"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/fromhtml"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/frommarkdown"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/message"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// ReadMarkdown reads a page written by a scraper.
func ReadMarkdown(file string, data []byte) (*page.Page, error) {
	meta, tokens := frommarkdown.Tokens(string(data))
	p := &page.Page{File: file, Source: "markdown"}
	return p, read(p, meta, tokens, 0)
}

// ReadHTML reads a page as a browser shows it. It preserves what Markdown loses: which fields are inside which.
func ReadHTML(file string, data []byte) (*page.Page, error) {
	document, err := fromhtml.Tokens(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p := &page.Page{File: file, Source: "html"}
	if err := read(p, nil, document.Tokens, document.Skeletons); err != nil {
		return p, err
	}
	p.NoParamExamples = !slices.ContainsFunc(p.Facts, func(f facts.Fact) bool {
		return f.Place.IsParam() && (f.Aspect == facts.Example || f.Aspect == facts.Examples)
	})
	if document.TooDeep > 0 {
		p.Report(page.Unread, document.TooDeep, "what is here is nested deeper than %d elements", fromhtml.MaxHTMLDepth)
	}
	if document.Cut > 0 {
		p.Report(page.Truncated, document.Cut, "the page ends inside its HTML: <%s> is never closed", document.CutElement)
	}
	return p, nil
}

// read converts the tokens of a page, Markdown or HTML, to facts.
func read(p *page.Page, meta map[string]string, tokens []token.Token, skeletons int) error {
	if len(tokens) == 0 {
		return fmt.Errorf("%s:1: the page has no content; fetch it again", p.File)
	}
	if len(tokens) > token.Max {
		return fmt.Errorf("%s:1: the page has %d lines and blocks, more than the %d of the largest page that is read", p.File, len(tokens), token.Max)
	}
	s, err := sections.Split(p, tokens)
	if err != nil {
		return err
	}
	p.Operation = &facts.Operation{Pos: p.At(s.Method.Line)}
	identify(p, meta, tokens, s)
	panel := sidepanel.Read(s.Panel)
	readHead(p, s, panel)
	known := jsonsample.Shapes{}
	request := message.ReadRequest(p, s.Request, panel, known)
	responses := message.ReadResponses(p, s.Response, known)
	emit.Facts(p, request, responses, known)
	doubtPath(p, s)
	readAuthorization(p, s, panel)
	checkTruncation(p, s, request, responses, panel, skeletons)
	checkLanguage(p, s)
	checkTypes(p)
	checkPanel(p, s, panel)
	return nil
}

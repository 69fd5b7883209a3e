package sections

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
)

// Sections are the parts of a page, as ranges of its tokens.
type Sections struct {
	Title   token.Token
	Method  token.Token
	Verb    string
	Address string
	Before  []token.Token // between the method and the first of the parts below: the description
	Require []token.Token // ### Requirements
	// NoRequirements reports whether their headings were not recognized, which is an issue.
	NoRequirements bool
	Request        []token.Token // ## Request
	Response       []token.Token // ## Responses
	Panel          []token.Token // what is next to the documentation: authorization, sample code, the request form
	hasPanel       bool
	End            int // line of the last token
}

var (
	errorTitle = regexp.MustCompile(`(?i)\b(404|403|429|50[0-4]|page not found|not found|access denied|forbidden|just a moment|attention required|bad gateway|service unavailable|too many requests|error)\b`)
)

// Split finds the parts of a page. A page without a method and address is not that of an operation.
func Split(p *page.Page, tokens []token.Token) (*Sections, error) {
	s := &Sections{End: tokens[len(tokens)-1].Line}
	at := -1
	var block token.Token // the first block of code, which should contain the method and address
	for i, tok := range tokens {
		if tok.Kind == token.Code && block.Kind == 0 {
			block = tok
		}
		if tok.Kind == token.Heading && token.Plain(tok.Text) != "" && (s.Title.Kind == 0 || tok.Level == 1 && (s.Title.Level > 1 || isTitleOf(token.Plain(tok.Text), token.Plain(s.Title.Text)))) {
			s.Title = tok
		}
		if verb, address, used, ok := grammar.Endpoint(tokens, i); ok {
			s.Method, s.Verb, s.Address, at = tok, verb, address, i+used
			break
		}
		if isTitle := s.Title.Kind != 0 && s.Title.Line == tok.Line; tok.Kind == token.Heading && !isTitle && grammar.SectionHeading(tok.Text) {
			break
		}
	}
	if at < 0 {
		title := token.Plain(s.Title.Text)
		if errorTitle.MatchString(title) || title == "" && len(tokens) < 20 && errorTitle.MatchString(tokens[0].Text) {
			return nil, fmt.Errorf("%s:%d: this is an error page (%q), not documentation; fetch it again", p.File, max(s.Title.Line, tokens[0].Line), strings.TrimSpace(title+" "+page.FirstWords(tokens[0].Text)))
		}
		if block.Kind == token.Code && s.Title.Kind != 0 && len(block.Lines) > 0 {
			return nil, fmt.Errorf("%s:%d: %q is not a method and an address such as GET https://…; if the page was cut, fetch it again", p.File, block.Line+1, page.FirstWords(strings.Join(block.Lines, " ")))
		}
		return nil, fmt.Errorf("%s:%d: not a page of an operation: it has no block with a method and an address, such as GET https://…; if the page was cut, fetch it again", p.File, max(s.Title.Line, 1))
	}
	readAbove(p, tokens, s)
	if s.Title.Kind == 0 { // the heading may be below
		s.Title = token.Token{Line: s.Method.Line}
	}
	part := &s.Before
	responses := responsesAt(tokens)
	isMarked := responses >= 0 && tokens[responses].Role == token.Structure
	isLinked := responses >= 0 && grammar.SectionLink.MatchString(tokens[responses].Text)
	for i, tok := range tokens[at:] {
		if tok.Kind == token.Heading && tok.Role != token.Prose {
			switch w := strings.ToLower(token.Plain(tok.Text)); {
			case w == "requirements" && part == &s.Before && namesRequirement(tokens[at+i+1:]):
				part = &s.Require
			case part == &s.Before && listsValues(tokens[at+i+1:]) && (grammar.Requirement(tok.Text) != "" || i > 0 && tokens[at+i-1].Kind == token.Heading):
				p.Report(page.Unread, tok.Line, "a list of requirements whose headings were not understood: %q", token.Plain(tok.Text))
				part, s.NoRequirements = &s.Require, true
			case isMarked && tok.Role != token.Structure && grammar.SectionHeading(tok.Text): // an author's
			case isLinked && tok.Level <= 2 && !grammar.SectionLink.MatchString(tok.Text) && (w == "request" || w == "responses"): // an author's
			case w == "request" && tok.Level <= 2 && part != &s.Response && part != &s.Panel:
				s.Before, s.Request, part = append(s.Before, s.Request...), nil, &s.Request // an earlier one belonged to the description
			case w == "responses" && tok.Level <= 2 && (responses < 0 || at+i == responses || part == &s.Response):
				part = &s.Response
			case w == "responses" && tok.Level <= 2: // belongs to the description, since the list of statuses is below another
			case w == "share your feedback":
				part, s.hasPanel = &s.Panel, true
			case grammar.SectionHeading(tok.Text) && (part == &s.Before || part == &s.Require) && !strings.HasPrefix(w, "request") && !grammar.StartsPanel(tokens[at+i:]):
				part = &s.Request // its heading was lost
			}
		}
		if grammar.StartsPanel(tokens[at+i:]) && len(s.Response) > 0 {
			part, s.hasPanel = &s.Panel, true
		}
		*part = append(*part, tok)
	}
	return s, nil
}

// isTitleOf reports whether title, that of an HTML document, is a heading followed by the name of the site.
func isTitleOf(heading, title string) bool {
	rest, ok := strings.CutPrefix(title, heading)
	return ok && (strings.HasPrefix(rest, " | ") || strings.HasPrefix(rest, " - "))
}

// responsesAt returns the index of the heading above the list of statuses; -1 if there is none. A description can have the
// same heading.
func responsesAt(tokens []token.Token) int {
	found := -1
	for i, tok := range tokens {
		if tok.Kind != token.Heading || tok.Level > 2 || tok.Role == token.Prose || !strings.EqualFold(token.Plain(tok.Text), "responses") {
			continue
		}
		next := i + 1
		for next < len(tokens) && grammar.IsButton(tokens[next].Text) {
			next++
		}
		if next < len(tokens) && (tokens[next].Kind == token.NextStatus || tokens[next].Kind == token.Item && grammar.StatusCode.MatchString(token.Plain(tokens[next].Text))) {
			found = i
		}
	}
	return found
}

// readAbove reports unexpected lines above the method. Nothing is printed between a page's title and its method, and nothing
// of the documentation above its title.
func readAbove(p *page.Page, tokens []token.Token, s *Sections) {
	below := false
	title := token.Plain(s.Title.Text)
	for _, tok := range tokens {
		switch {
		case tok.Line == s.Method.Line:
			return
		case s.Title.Kind != 0 && tok.Line == s.Title.Line:
			below = true
		case grammar.IsDocumentation(tok), below && tok.Kind == token.Heading && token.Plain(tok.Text) != "" && token.Plain(tok.Text) != title, below && tok.Kind == token.Item:
			p.Report(page.Unread, tok.Line, "a line above the method that was not understood: %q", page.FirstWords(tok.Words()))
		case below && tok.Kind == token.ParagraphLine && !grammar.IsButton(tok.Text):
			p.Report(page.Uncertain, tok.Line, "a line between the title and the method that was not understood: %q", page.FirstWords(tok.Text))
		}
	}
}

// listsValues reports whether the next line contains only values in code.
func listsValues(tokens []token.Token) bool {
	if len(tokens) == 0 || tokens[0].Kind != token.ParagraphLine {
		return false
	}
	values, beside := token.Spans(tokens[0].Text)
	return len(values) > 0 && beside == ""
}

// namesRequirement reports whether a list of requirements follows, rather than text of an author about them.
func namesRequirement(tokens []token.Token) bool {
	for i, tok := range tokens {
		if i == 8 {
			break
		}
		if tok.Kind == token.Heading && grammar.Requirement(tok.Text) != "" {
			return true
		}
	}
	return false
}

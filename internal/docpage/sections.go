package docpage

import (
	"fmt"
	"regexp"
	"strings"
)

// sections are the parts of a page, as ranges of its tokens.
type sections struct {
	title    token
	method   token
	verb     string
	address  string
	before   []token // between the method and the first of the parts below: the description
	require  []token // ### Requirements
	request  []token // ## Request
	response []token // ## Responses
	panel    []token // what stands beside the documentation: authorization, sample code, the request form
	hasPanel bool
	end      int // line of the last token
}

var (
	errorTitle = regexp.MustCompile(`(?i)\b(404|403|429|50[0-4]|page not found|not found|access denied|forbidden|just a moment|attention required|bad gateway|service unavailable|too many requests|error)\b`)
)

// split finds the parts of a page. A page without a method and address is not one of an operation.
func split(p *Page, tokens []token) (*sections, error) {
	s := &sections{end: tokens[len(tokens)-1].line}
	at := -1
	var odd token // the block that should hold the method and address, and does not
	for i, tok := range tokens {
		if tok.kind == code && odd.kind == 0 {
			odd = tok
		}
		if tok.kind == heading && words(tok.text) != "" && (s.title.kind == 0 || tok.level == 1 && (s.title.level > 1 || isTitleOf(words(tok.text), words(s.title.text)))) {
			s.title = tok
		}
		if verb, address, used, ok := readEndpoint(tokens, i); ok {
			s.method, s.verb, s.address, at = tok, verb, address, i+used
			break
		}
		if isTitle := s.title.kind != 0 && s.title.line == tok.line; tok.kind == heading && !isTitle && sectionHeading(tok.text) {
			break
		}
	}
	if at < 0 {
		title := words(s.title.text)
		if errorTitle.MatchString(title) || title == "" && len(tokens) < 20 && errorTitle.MatchString(tokens[0].text) {
			return nil, fmt.Errorf("%s:%d: this is an error page (%q), not documentation; fetch it again", p.File, max(s.title.line, tokens[0].line), strings.TrimSpace(title+" "+firstWords(tokens[0].text)))
		}
		if odd.kind == code && s.title.kind != 0 && len(odd.lines) > 0 {
			return nil, fmt.Errorf("%s:%d: %q is no method and address such as GET https://…; if the page was cut, fetch it again", p.File, odd.line+1, firstWords(strings.Join(odd.lines, " ")))
		}
		return nil, fmt.Errorf("%s:%d: not a page of an operation: it has no block with a method and an address, such as GET https://…; if the page was cut, fetch it again", p.File, max(s.title.line, 1))
	}
	readAbove(p, tokens, s)
	if s.title.kind == 0 { // the heading may stand below
		s.title = token{line: s.method.line}
	}
	part := &s.before
	responses := responsesAt(tokens)
	isMarked := responses >= 0 && tokens[responses].role == structure
	isLinked := responses >= 0 && sectionLink.MatchString(tokens[responses].text)
	for i, tok := range tokens[at:] {
		if tok.kind == heading && tok.role != prose {
			switch w := strings.ToLower(words(tok.text)); {
			case w == "requirements" && part == &s.before && namesRequirement(tokens[at+i+1:]):
				part = &s.require
			case isMarked && tok.role != structure && sectionHeading(tok.text): // an author's
			case isLinked && tok.level <= 2 && !sectionLink.MatchString(tok.text) && (w == "request" || w == "responses"): // an author's
			case w == "request" && tok.level <= 2 && part != &s.response && part != &s.panel:
				s.before, s.request, part = append(s.before, s.request...), nil, &s.request // an earlier one was the description's
			case w == "responses" && tok.level <= 2 && (responses < 0 || at+i == responses || part == &s.response):
				part = &s.response
			case w == "responses" && tok.level <= 2: // the description's, since the list of statuses stands below another
			case w == "share your feedback":
				part, s.hasPanel = &s.panel, true
			case sectionHeading(tok.text) && (part == &s.before || part == &s.require) && !strings.HasPrefix(w, "request") && !startsPanel(tokens[at+i:]):
				part = &s.request // its heading was lost
			}
		}
		if startsPanel(tokens[at+i:]) && len(s.response) > 0 {
			part, s.hasPanel = &s.panel, true
		}
		*part = append(*part, tok)
	}
	return s, nil
}

// isTitleOf: the title of a document names its page and then the site.
func isTitleOf(heading, title string) bool {
	behind, ok := strings.CutPrefix(title, heading)
	return ok && (strings.HasPrefix(behind, " | ") || strings.HasPrefix(behind, " - "))
}

// responsesAt is the place of the heading below which the statuses are listed; -1 where there is none. A description can have
// the same heading.
func responsesAt(tokens []token) int {
	found := -1
	for i, tok := range tokens {
		if tok.kind != heading || tok.level > 2 || tok.role == prose || !strings.EqualFold(words(tok.text), "responses") {
			continue
		}
		next := i + 1
		for next < len(tokens) && isButton(tokens[next].text) {
			next++
		}
		if next < len(tokens) && (tokens[next].kind == nextStatus || tokens[next].kind == item && statusCode.MatchString(words(tokens[next].text))) {
			found = i
		}
	}
	return found
}

// readAbove: between a page's title and its method nothing is printed, and above its title nothing of the documentation.
func readAbove(p *Page, tokens []token, s *sections) {
	below := false
	title := words(s.title.text)
	for _, tok := range tokens {
		switch {
		case tok.line == s.method.line:
			return
		case s.title.kind != 0 && tok.line == s.title.line:
			below = true
		case isStray(tok), below && tok.kind == heading && words(tok.text) != "" && words(tok.text) != title, below && tok.kind == item:
			p.Report(Unread, tok.line, "a line above the method that was not understood: %q", firstWords(tok.words()))
		case below && tok.kind == paragraphLine && !isButton(tok.text):
			p.Report(Uncertain, tok.line, "a line between the title and the method that was not understood: %q", firstWords(tok.text))
		}
	}
}

// namesRequirement reports whether a list of requirements follows, and not an author's words on them.
func namesRequirement(tokens []token) bool {
	for i, tok := range tokens {
		if i == 8 {
			break
		}
		if tok.kind == heading && requirement(tok.text) != "" {
			return true
		}
	}
	return false
}

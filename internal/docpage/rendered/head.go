package rendered

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sections"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/sidepanel"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/token"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// doubtPath warns about a parameter in the path that is not in any table.
func doubtPath(p *page.Page, s *sections.Sections) {
	for _, name := range p.PathParams() {
		if place := facts.Param("path", name); p.Value(place, facts.Present) == "" {
			p.Doubt(facts.OperationPlace, s.Method.FirstLine(), "the path has the parameter "+name+", the tables do not; OpenAPI requires it")
		}
	}
}

// readHead emits the facts in the head of the page.
func readHead(p *page.Page, s *sections.Sections, panel sidepanel.Panel) {
	server, path := panel.SplitAddress(s.Address)
	line := s.Method.FirstLine()
	p.Add(facts.OperationPlace, facts.Method, s.Verb, p.At(line))
	p.Add(facts.OperationPlace, facts.Path, path, p.At(line))
	if server != "" {
		p.Add(facts.OperationPlace, facts.Server, server, p.At(line))
	} else {
		p.Report(page.Skeleton, line, "the address has no host: the page was saved before it was rendered; fetch it again")
	}
	p.AddText(facts.OperationPlace, facts.Summary, token.Plain(s.Title.Text), p.At(s.Title.Line))
	before := slices.DeleteFunc(slices.Clone(s.Before), func(tok token.Token) bool {
		return tok.Kind == token.ParagraphLine && grammar.IsButton(tok.Text)
	})
	if len(before) > 0 && strings.EqualFold(token.Plain(before[0].Text), "deprecated") {
		p.Add(facts.OperationPlace, facts.Deprecated, "true", p.At(before[0].Line))
		before = before[1:]
		if len(before) > 0 && strings.Contains(before[0].Text, "endpoint has been deprecated") {
			before = before[1:]
		}
	}
	var prose []string
	for _, tok := range before {
		prose = append(prose, tok.Words())
	}
	if len(before) > 0 {
		p.AddText(facts.OperationPlace, facts.Text, strings.Join(prose, "\n"), p.At(before[0].Line))
	}
	if !s.NoRequirements {
		readRequirements(p, s.Require)
	}
}

// readRequirements reads the lists under ### Requirements.
func readRequirements(p *page.Page, tokens []token.Token) {
	var aspect facts.Aspect
	for _, tok := range tokens {
		if tok.Kind == token.Heading {
			aspect = grammar.Requirement(tok.Text)
			if w := token.Plain(tok.Text); aspect == "" && !strings.EqualFold(w, "requirements") {
				p.Report(page.Unread, tok.Line, "an unknown requirement: %q", w)
			}
			continue
		}
		values, beside := token.Spans(tok.Text)
		switch {
		case grammar.IsButton(tok.Text):
			continue
		case aspect == "" || len(values) == 0 || beside != "":
			p.Report(page.Unread, tok.Line, "a line under Requirements that is not a list of values: %q", page.FirstWords(tok.Text))
		case p.Value(facts.AuthPlace, aspect) != "":
			p.Report(page.Unread, tok.Line, "a second list below one heading of the requirements: the heading above %s is missing", page.Quote(tok.Text))
		case slices.ContainsFunc(values, func(value string) bool { return !grammar.CanRequire(aspect, value) }):
			p.Report(page.Unread, tok.Line, "%s cannot stand below this heading of the requirements: another heading is missing above it", page.Quote(tok.Text))
		default:
			p.Add(facts.AuthPlace, aspect, facts.CompactJSON(values), p.At(tok.Line))
		}
	}
	if len(tokens) == 0 && p.Source != "markdown" {
		p.Hidden = append(p.Hidden, facts.Scopes, facts.AuthMethods, facts.TokenTypes)
	}
}

// readAuthorization emits what only the panel says.
func readAuthorization(p *page.Page, s *sections.Sections, panel sidepanel.Panel) {
	if panel.Scheme == "" {
		return
	}
	p.Add(facts.AuthPlace, facts.Scheme, panel.Scheme, p.At(panel.SchemeAt))
	if len(s.Require) == 0 && len(panel.Scopes) > 0 {
		p.Add(facts.AuthPlace, facts.Scopes, facts.CompactJSON(panel.Scopes), p.At(panel.SchemeAt))
	}
}

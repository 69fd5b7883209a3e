package docpage

import (
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// doubtPath warns of a parameter that stands in the path and in no table.
func doubtPath(p *Page, s *sections) {
	for _, name := range p.PathParams() {
		if place := facts.Param("path", name); p.Value(place, facts.Present) == "" {
			p.Doubt(facts.OperationPlace, s.method.inside(), "the path has the parameter "+name+", the tables have not; OpenAPI asks for it")
		}
	}
}

// readHead emits what the head of the page says.
func readHead(p *Page, s *sections, panel panel) {
	server, path := panel.splitAddress(s.address)
	line := s.method.inside()
	p.Add(facts.OperationPlace, facts.Method, s.verb, p.At(line))
	p.Add(facts.OperationPlace, facts.Path, path, p.At(line))
	if server != "" {
		p.Add(facts.OperationPlace, facts.Server, server, p.At(line))
	} else {
		p.Report(Skeleton, line, "the address has no host: the page was saved before it was rendered; fetch it again")
	}
	p.AddText(facts.OperationPlace, facts.Summary, words(s.title.text), p.At(s.title.line))
	var prose []string
	at := 0
	before := s.before
	for len(before) > 0 && before[0].kind == paragraphLine && isButton(before[0].text) {
		before = before[1:]
	}
	if len(before) > 0 && strings.EqualFold(words(before[0].text), "deprecated") {
		p.Add(facts.OperationPlace, facts.Deprecated, "true", p.At(before[0].line))
		before = before[1:]
		if len(before) > 0 && strings.Contains(before[0].text, "endpoint has been deprecated") {
			before = before[1:]
		}
	}
	for _, tok := range before {
		if isButton(tok.text) && tok.kind == paragraphLine {
			continue
		}
		if at == 0 {
			at = tok.line
		}
		prose = append(prose, tok.text+strings.Join(tok.lines, "\n"))
	}
	p.AddText(facts.OperationPlace, facts.Text, strings.Join(prose, "\n"), p.At(at))
	readRequirements(p, s.require)
}

// readRequirements reads the lists under ### Requirements.
func readRequirements(p *Page, tokens []token) {
	var aspect facts.Aspect
	for _, tok := range tokens {
		if tok.kind == heading {
			aspect = requirement(tok.text)
			if w := words(tok.text); aspect == "" && !strings.EqualFold(w, "requirements") {
				p.Report(Unread, tok.line, "an unknown requirement: %q", w)
			}
			continue
		}
		values, beside := spans(tok.text)
		if aspect == "" || len(values) == 0 || beside != "" {
			if !isButton(tok.text) {
				p.Report(Unread, tok.line, "a line under Requirements that is no list of values: %q", firstWords(tok.text))
			}
			if len(values) == 0 {
				continue
			}
		}
		p.Add(facts.AuthPlace, aspect, facts.CompactJSON(values), p.At(tok.line))
	}
	if len(tokens) == 0 && p.Source != "markdown" {
		p.Hidden = append(p.Hidden, facts.Scopes, facts.AuthMethods, facts.TokenTypes)
	}
}

// readAuthorization emits what only the panel says.
func readAuthorization(p *Page, s *sections, panel panel) {
	if panel.scheme == "" {
		return
	}
	p.Add(facts.AuthPlace, facts.Scheme, panel.scheme, p.At(panel.schemeAt))
	if len(s.require) == 0 && len(panel.scopes) > 0 {
		p.Add(facts.AuthPlace, facts.Scopes, facts.CompactJSON(panel.scopes), p.At(panel.schemeAt))
	}
}

package docpage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/grammar"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// compareTwin compares what a twin says above its document with the document. A twin whose heading is that of another operation
// is an error; any other contradiction is an issue. What only the head says becomes facts.
func compareTwin(p *page.Page, h twinHead, docs *oas.Documents) error {
	server, path := p.Value(facts.OperationPlace, facts.Server), p.Value(facts.OperationPlace, facts.Path)
	called, verb := strings.TrimRight(server, "/")+path, p.Value(facts.OperationPlace, facts.Method)
	if address := templated(h.address); h.verb != verb || address != called && !(server == "" || strings.HasPrefix(address, "/")) || !strings.HasSuffix(address, path) {
		return fmt.Errorf("%s:%d: the page is about %s %s, its OpenAPI document about %s %s; fetch it again", p.File, h.method.line, h.verb, h.address, verb, called)
	}
	if title := p.Value(facts.OperationPlace, facts.Summary); title != "" && facts.TextHash(h.title.text) != title {
		p.Contradict(h.title.line, facts.OperationPlace, facts.Summary, "the heading %s is not the summary of the OpenAPI document", page.Quote(h.title.text))
	}
	if h.authAt > 0 {
		compareAuth(p, h, securityOf(docs))
	}
	if h.paramsAt > 0 {
		compareParams(p, h)
	}
	return nil
}

// templated writes parameters such as :id as OpenAPI does.
func templated(address string) string {
	server, path := grammar.SplitAddress(address)
	return server + path
}

// compareAuth takes the kinds of tokens and their scopes from the head, where it says them.
func compareAuth(p *page.Page, h twinHead, security []requirement) {
	var kinds, methods, scopes, asked, named []string
	for _, auth := range h.auth {
		if auth.kind != "" {
			kinds = appendNew(kinds, auth.kind)
		}
		methods = appendNew(methods, auth.methods...)
		scopes = appendNew(scopes, auth.scopes...)
	}
	line := h.authAt
	if len(h.auth) > 0 {
		line = h.auth[0].line
	}
	for _, r := range security {
		asked = appendNew(asked, r.scopes...)
		if kind := tokenOf(r.scheme); kind != "" {
			named = appendNew(named, kind)
		}
	}
	if len(h.auth) > 0 {
		if !sameSet(scopes, asked) {
			p.Contradict(line, facts.AuthPlace, facts.Scopes, "under Authentication stand the scopes %q, in the OpenAPI document %q", scopes, asked)
		}
		if len(kinds) > 0 && len(named) == len(security) && !sameSet(kinds, named) {
			p.Contradict(line, facts.AuthPlace, facts.TokenTypes, "under Authentication stands %q, in the OpenAPI document %q", kinds, named)
		}
		p.Facts = slices.DeleteFunc(p.Facts, func(f facts.Fact) bool { return f.Place == facts.AuthPlace && f.Aspect == facts.Scopes })
		setList(p, facts.Scopes, scopes, line)
	}
	setList(p, facts.TokenTypes, kinds, line)
	setList(p, facts.AuthMethods, methods, line)
}

// setList replaces a list of what a caller must present; an empty one leaves what is known.
func setList(p *page.Page, aspect facts.Aspect, values []string, line int) {
	if len(values) == 0 {
		return
	}
	p.Facts = slices.DeleteFunc(p.Facts, func(f facts.Fact) bool { return f.Place == facts.AuthPlace && f.Aspect == aspect })
	p.Add(facts.AuthPlace, aspect, facts.CompactJSON(values), p.At(line))
}

func appendNew(list []string, values ...string) []string {
	for _, value := range values {
		if !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	return list
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// compareParams compares the tables with the parameters of the document, cell by cell.
func compareParams(p *page.Page, h twinHead) {
	listed := map[facts.Place]bool{}
	for _, row := range h.params {
		place := facts.Param(row.in, row.name)
		switch {
		case listed[place]:
			p.Contradict(row.line, place, facts.Present, "the parameter %s is in the tables twice", row.name)
			continue
		case p.Value(place, facts.Present) == "" && !grammar.IgnoredHeader(row.name):
			p.Contradict(row.line, place, facts.Present, "the tables have the %s parameter %s, the OpenAPI document has not", row.in, row.name)
			continue
		}
		listed[place] = true
		kind, format := p.Value(place, facts.Type), p.Value(place, facts.Format)
		if kind != "" && row.kind != "" && !strings.Contains(row.kind, kind) && row.kind != format && !(kind == "array" && strings.HasSuffix(row.kind, "[]")) {
			p.Contradict(row.line, place, facts.Type, "the tables give the type of %s as %s, the OpenAPI document as %s", row.name, row.kind, kind)
		}
		required := p.Value(place, facts.Required) != ""
		if row.required == "yes" && !required || row.required == "no" && required {
			p.Contradict(row.line, place, facts.Required, "the tables and the OpenAPI document differ in whether %s is required", row.name)
		}
		if facts.TextHash(row.text) != p.Value(place, facts.Text) {
			p.Contradict(row.line, place, facts.Text, "the tables describe %s in other words than the OpenAPI document", row.name)
		}
	}
	for _, f := range p.Facts {
		if steps, err := f.Place.Steps(); f.Aspect == facts.Present && f.Place.IsParam() && err == nil && len(steps) == 2 && !listed[f.Place] {
			p.Contradict(f.Pos.Line, f.Place, facts.Present, "the OpenAPI document has the %s parameter %s, the tables have not", steps[0].Name, steps[1].Name)
		}
	}
}

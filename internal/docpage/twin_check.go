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

// compareTwin compares the head of a twin with its document. A twin whose heading is that of another operation is an error;
// any other contradiction is an issue. What is only in the head becomes facts.
func compareTwin(p *page.Page, h twinHead, docs *oas.Documents) error {
	server, path := p.Value(facts.OperationPlace, facts.Server), p.Value(facts.OperationPlace, facts.Path)
	if h.methodAt == 0 {
		p.Contradict(h.titleAt, facts.OperationPlace, facts.Method, "no line of the page is the method and address of its operation")
		h.verb, h.address = p.Value(facts.OperationPlace, facts.Method), path
	}
	called, verb := strings.TrimRight(server, "/")+path, p.Value(facts.OperationPlace, facts.Method)
	if address := templated(h.address); h.verb != verb || address != called && !(server == "" || strings.HasPrefix(address, "/")) || !strings.HasSuffix(address, path) {
		return fmt.Errorf("%s:%d: the page is about %s %s, its OpenAPI document about %s %s; fetch it again", p.File, h.methodAt, h.verb, h.address, verb, called)
	}
	if title, ok := p.Get(facts.OperationPlace, facts.Summary); ok && facts.TextHash(h.title) != title.Value {
		if deniesTitle(h.title, title.Prose) {
			return fmt.Errorf("%s:%d: the heading is %s, that of the operation in the OpenAPI document %s; fetch it again", p.File, h.titleAt, page.Quote(h.title), page.Quote(title.Prose))
		}
		p.Contradict(h.titleAt, facts.OperationPlace, facts.Summary, "the heading %s is not the summary of the OpenAPI document", page.Quote(h.title))
	}
	if h.authAt > 0 {
		compareAuth(p, h, securityOf(docs))
	}
	if h.paramsAt > 0 {
		compareParams(p, h)
	}
	return nil
}

// deniesTitle reports whether a heading is that of another operation, rather than another wording: most words differ, or it
// is about another action.
func deniesTitle(heading, title string) bool {
	a, b := strings.Fields(strings.ToLower(heading)), strings.Fields(strings.ToLower(title))
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	common := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			common++
		}
	}
	return 2*common < max(len(a), len(b)) || a[0] != b[0] && slices.Contains(actions, a[0]) && slices.Contains(actions, b[0])
}

var actions = []string{"create", "get", "list", "search", "update", "upsert", "delete", "remove", "enable", "disable", "pause"}

// templated rewrites parameters such as :id as OpenAPI writes them.
func templated(address string) string {
	server, path := grammar.SplitAddress(address)
	return server + path
}

// compareAuth reads the kinds of tokens and their scopes from the head, if it gives them.
func compareAuth(p *page.Page, h twinHead, security []requirement) {
	var kinds, methods, scopes, asked, named []string
	speaks := false // of scopes
	for _, auth := range h.auth {
		speaks = speaks || auth.free || len(auth.scopes) > 0
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
	if len(kinds) > 0 && len(named) == len(security) && !sameSet(kinds, named) {
		p.Contradict(line, facts.AuthPlace, facts.TokenTypes, "Authentication names %q, in the OpenAPI document %q", kinds, named)
	}
	if speaks {
		if !sameSet(scopes, asked) {
			p.Contradict(line, facts.AuthPlace, facts.Scopes, "Authentication names the scopes %q, in the OpenAPI document %q", scopes, asked)
		}
		p.Facts = slices.DeleteFunc(p.Facts, func(f facts.Fact) bool { return f.Place == facts.AuthPlace && f.Aspect == facts.Scopes })
		setList(p, facts.Scopes, scopes, line)
	}
	setList(p, facts.TokenTypes, kinds, line)
	setList(p, facts.AuthMethods, methods, line)
}

// setList replaces a list of what a caller must present; an empty one changes nothing.
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
	var strange []twinParam // rows without a parameter
	for _, row := range h.params {
		switch place := facts.Param(row.in, row.name); {
		case listed[place]:
			p.Contradict(row.line, place, facts.Present, "the parameter %s is in the tables twice", row.name)
		case p.Value(place, facts.Present) != "":
			listed[place] = true
			compareRow(p, row, place)
		case !grammar.IgnoredHeader(row.name):
			strange = append(strange, row)
		}
	}
	missing := slices.DeleteFunc(p.Params(), func(param page.Param) bool { return listed[param.Place] }) // those without a row
	for _, row := range strange {
		place := facts.Param(row.in, row.name)
		i := slices.IndexFunc(missing, func(param page.Param) bool { return param.Name == row.name })
		if i < 0 { // the next one of the same table has another name there
			i = slices.IndexFunc(missing, func(param page.Param) bool { return param.In == row.in })
		}
		if i < 0 {
			p.Contradict(row.line, place, facts.Present, "the tables have the %s parameter %s, the OpenAPI document does not", row.in, row.name)
			continue
		}
		p.Contradict(row.line, place, facts.Present, "the tables have the %s parameter %s, the OpenAPI document %s", row.in, row.name, missing[i].Place)
		missing = slices.Delete(missing, i, i+1)
	}
	for _, param := range missing {
		p.Contradict(param.Pos.Line, param.Place, facts.Present, "the OpenAPI document has the parameter %s, the tables do not", param.Place)
	}
}

// compareRow compares the cells of a row with the parameter that it describes.
func compareRow(p *page.Page, row twinParam, place facts.Place) {
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
